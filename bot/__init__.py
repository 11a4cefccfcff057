"""A Slack bot that keeps live video sessions on 100ms in order."""
