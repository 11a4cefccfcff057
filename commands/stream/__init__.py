"""Streams to other platforms: start and stop them, and see which there are."""
