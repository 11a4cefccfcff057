"""What 100ms reports: kept, put into envelopes, delivered and replayed."""
