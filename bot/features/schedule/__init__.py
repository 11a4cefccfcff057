"""Schedules: when a room is open, and what is said and done by the clock."""
