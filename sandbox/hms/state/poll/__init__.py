"""Polls, their runs and the votes."""
