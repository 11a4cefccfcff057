"""Cases: what was done to people and rooms, by whom, and why."""
