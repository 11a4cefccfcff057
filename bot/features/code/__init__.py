"""Room codes: what lets people into a room with a role."""
