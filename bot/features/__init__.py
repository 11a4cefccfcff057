"""What the bot knows how to do, a folder a noun."""
