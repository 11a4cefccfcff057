"""What happens in a room by the clock: its hours, and ends that were planned."""
