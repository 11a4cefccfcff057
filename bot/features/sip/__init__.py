"""Telephones: the trunks through which they are called, and calls into rooms."""
