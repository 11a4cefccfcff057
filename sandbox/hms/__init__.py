"""The emulated 100ms: written from the API reference alone, so that it is a second opinion on the bot."""
