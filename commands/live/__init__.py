"""Live streams: show a room to an audience, and what its players are told."""
