"""Room codes: see, make, send and disable what lets people in."""
