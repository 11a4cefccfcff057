"""Recordings of a session."""
