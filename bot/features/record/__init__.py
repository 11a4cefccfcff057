"""Recordings: what starts, pauses and stops them, and the files that they leave."""
