"""The destinations of a template: where streams and transcripts of its rooms go."""
