"""Sessions: what a session was as a whole, from the first who came to its files."""
