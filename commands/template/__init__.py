"""Templates: which roles the rooms made with one have, and everything else they have in common."""
