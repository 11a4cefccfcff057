"""The Slack door: listeners in; messages, forms and Home out."""
