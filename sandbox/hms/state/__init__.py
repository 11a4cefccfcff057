"""The emulated world: what there is, and the verbs on it, refusing as the platform does."""
