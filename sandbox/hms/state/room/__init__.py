"""Rooms: who may come in, who is in, and what runs there."""
