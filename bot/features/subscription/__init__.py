"""Subscriptions: which channels follow which rooms, and what of them."""
