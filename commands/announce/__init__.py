"""Say something in a live session again and again."""
