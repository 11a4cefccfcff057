"""Health: what goes wrong in a session for many at once, said where the room is read, with what mends it."""
