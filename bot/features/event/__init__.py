"""Events: what 100ms has not told by itself, and what says how well it tells."""
