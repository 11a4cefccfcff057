"""Policies: which command waits for whose yes in this workspace."""
