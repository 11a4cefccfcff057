"""Where a room may be streamed to: add, list and remove targets."""
