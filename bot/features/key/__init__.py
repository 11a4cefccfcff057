"""Stream keys: what lets a studio send its picture into a room."""
