"""Every line of the log is of one kind, whoever wrote it."""

import json
import logging
import sys
import warnings
from collections.abc import Iterator

import pytest
import structlog

from bot.shell import logs


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Give the log back: how it is set up holds for the whole process."""
    root, hook = logging.getLogger(), sys.excepthook
    before = root.handlers[:], root.level
    yield
    root.handlers[:], sys.excepthook = before[0], hook
    root.setLevel(before[1])
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_what_a_library_logs_is_json_with_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    error = ConnectionError("no\x1b[31m way")
    logging.getLogger("slack_sdk.socket_mode").error("failed to %s", "connect", exc_info=error)

    (line,) = lines(capsys)
    assert (line["level"], line["event"]) == ("error", "failed to connect")
    assert line["logger"] == "slack_sdk.socket_mode"
    assert line["exception"].endswith("ConnectionError: no[31m way")


def test_so_is_what_python_warns_of_and_what_the_process_dies_of(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up("json")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.captureWarnings(capture=True)
        warnings.warn("old", stacklevel=1)
    sys.excepthook(ZeroDivisionError, ZeroDivisionError("by nought"), None)

    warned, died = lines(capsys)
    assert "old" in warned["event"]
    assert (died["level"], died["event"]) == ("critical", "died")
    assert "by nought" in died["exception"]


@pytest.mark.parametrize("style", ["json", "console"])
def test_a_name_in_a_line_moves_nothing(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(style)
    structlog.get_logger().info("looked up", name="Gus\x1b[31m\x9b2J\u202e")
    logging.getLogger("library").warning("met %s", "Gus\x1b[31m\x9b2J\u202e")

    said = capsys.readouterr().err
    assert said.count("Gus[31m2J") == 2
    assert not set("\x9b\u202e") & set(said)
