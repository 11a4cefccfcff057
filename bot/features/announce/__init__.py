"""Announcements: what is said in a live session again and again."""
