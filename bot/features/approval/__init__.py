"""Approvals: what waits for whose yes, and how a list of it reads."""
