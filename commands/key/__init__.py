"""Stream keys: see, make, change and disable what lets a studio stream into a room."""
