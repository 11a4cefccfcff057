"""Grants: giving and taking levels, with every admin told."""
