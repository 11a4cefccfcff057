"""The Slack door: what comes in, what goes out, and how it is drawn."""

DOOR = "slack"  # how an origin names this door
