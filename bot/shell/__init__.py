"""The subcommands of ``hms-bot``."""
