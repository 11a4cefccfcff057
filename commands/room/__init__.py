"""Rooms: which there are, open or closed, and the channel that speaks for one."""
