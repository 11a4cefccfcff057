"""Follow what goes on in a room."""
