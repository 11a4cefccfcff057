"""An offline 100ms and an offline Slack, to try and to test the bot without accounts."""
