"""Streams to other platforms, and the targets they go to."""
