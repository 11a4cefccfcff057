"""The web door: what is served over HTTP besides Slack's own address."""
