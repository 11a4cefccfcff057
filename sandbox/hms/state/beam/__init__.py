"""Jobs of the bot that joins a room, and the files they leave."""
