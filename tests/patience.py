"""How long the suite waits: one bound for everything, since a wait ends when what it waits for happened."""

PATIENCE = 40
