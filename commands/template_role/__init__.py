"""The roles of a template: what whoever has one may publish, see and do."""
