"""What happens in a room by the clock: the end of a session that was planned."""
