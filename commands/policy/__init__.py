"""Which command waits for whose yes."""
