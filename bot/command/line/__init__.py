"""From a line to a command and back."""
