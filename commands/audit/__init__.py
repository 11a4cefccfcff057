"""The log of everything that was asked."""
