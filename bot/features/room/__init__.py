"""Rooms: which channel speaks for which, their roles and zone, who closed them, and what is live."""
