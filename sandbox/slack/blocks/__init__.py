"""Block Kit as far as the bot uses it, as strict as Slack."""

from sandbox.slack.blocks.surfaces import checked_message, checked_options, checked_view, refuse_unknown

__all__ = ["checked_message", "checked_options", "checked_view", "refuse_unknown"]
