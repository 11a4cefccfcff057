"""What 100ms has kept of a room: how its events were delivered, tracks, errors, recordings."""
