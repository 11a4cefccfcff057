"""The settings of a template: where its rooms are, and what is told outside of who is there."""
