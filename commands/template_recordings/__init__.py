"""How the rooms of a template are recorded."""
