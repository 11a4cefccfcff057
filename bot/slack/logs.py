"""Loggers for Slack's libraries, which log whole payloads when they log at all."""

import logging


def quiet(name: str) -> logging.Logger:
    """A logger that says only what is broken; without a level of its own every message is formatted."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.ERROR)
    return logger
