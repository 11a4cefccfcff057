"""Polls: made, linked to rooms, changed, and what people answered."""
