"""Telephones in a room: call somebody, press keys, and keep the trunks to call through."""
