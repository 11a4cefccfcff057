"""Sessions: what has gone on in a room, when, for how long and with whom."""
