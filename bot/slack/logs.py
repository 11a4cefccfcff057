"""Loggers for Slack's libraries, which log whole payloads and addresses when they log at all."""

import logging
import re

ADDRESS = re.compile(r"(\w+://[^\s?'\"]+)\?[^\s'\")]+")


def quiet(name: str) -> logging.Logger:
    """A logger that says only what is broken; without a level of its own every message is formatted."""
    logger = logging.getLogger(name)
    logger.setLevel(logging.ERROR)
    if discreet not in logger.filters:
        logger.addFilter(discreet)
    return logger


def discreet(record: logging.LogRecord) -> bool:
    """Leave out of a message what lets somebody in: a web socket's address carries its ticket."""
    record.msg, record.args = ADDRESS.sub(r"\1", record.getMessage()), ()
    if record.exc_info and ADDRESS.search(str(record.exc_info[1])):
        record.exc_info = None
    return True
