"""Templates: which roles a room has, what they may do, and where what goes on in it is sent."""
