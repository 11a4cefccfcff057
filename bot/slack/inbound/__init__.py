"""What Slack tells us: payloads, acks, and the transports that bring them."""
