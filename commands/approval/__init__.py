"""Decide what waits for a yes."""
