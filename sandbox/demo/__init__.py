"""The demo: a small school on the emulated 100ms and Slack, and the bot between them."""
