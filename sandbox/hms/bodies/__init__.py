"""What may be sent to the API, and what is refused."""
