"""People: taking them out of a room, and keeping them quiet while that is being decided."""
