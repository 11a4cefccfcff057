"""One line an event, for people on a terminal or as JSON for machines; no secret is ever handed to it."""

import logging
import sys
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

from bot.text import printable

log = structlog.get_logger()


def set_up(style: str | None) -> None:
    """Write logs to stderr: ``console``, ``json``, or what fits where they go.

    What libraries log, what Python warns of and what a process dies of come the same way.
    """
    chosen = style or ("console" if sys.stderr.isatty() else "json")
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        _printable,
    ]
    drawn: Processor = structlog.processors.JSONRenderer()
    if chosen == "console":
        drawn = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(
        processors=[*shared, drawn],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )
    _take_in([structlog.stdlib.add_logger_name, *shared], drawn)


def _take_in(shared: list[Processor], drawn: Processor) -> None:
    """Let the lines of libraries go through the same processors."""
    handler = logging.StreamHandler(sys.stderr)
    stripped = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(processors=[stripped, drawn], foreign_pre_chain=shared)
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = _last_words


def _last_words(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say in the log what ended the process."""
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
    else:
        log.critical("died", exc_info=(kind, error, trace))


def _printable(_: Any, __: str, event: EventDict) -> EventDict:
    """Leave nothing in a line that a terminal would obey: names and the words of others come by."""
    return {name: printable(value) if isinstance(value, str) else value for name, value in event.items()}
