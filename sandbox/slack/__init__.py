"""An emulated Slack: strict where the real one is, and closed to what the bot does not use."""
