"""Recordings: start, pause and stop them, and see which there are."""
