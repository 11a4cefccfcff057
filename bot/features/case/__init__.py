"""Cases: what was done to people and rooms, by whom and why, whether here or in 100ms's own apps."""
