"""How long the suite waits: one bound for everything, since a wait ends when what it waits for happened."""

PATIENCE = 300.0  # seconds: nothing here takes as long on any machine, so what does will never come
