"""Live streams: a room shown to many over HLS."""
