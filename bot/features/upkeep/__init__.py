"""Upkeep: what the bot does for itself, once a day."""
