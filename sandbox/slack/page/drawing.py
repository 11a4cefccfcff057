"""Turning what the workspace holds into HTML: the templates, and what they may call."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from jinja2 import Environment, PackageLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sandbox.slack.page import dates
from sandbox.slack.page.charts import chart
from sandbox.slack.page.mrkdwn import mrkdwn, plain
from sandbox.slack.page.reader import Reader

Json = Mapping[str, Any]
AVATARS = 6


def draw(template: str, reader: Reader, **values: object) -> Markup:
    """Fill one template as this reader sees it; every value in it is escaped."""
    return Markup(_TEMPLATES.get_template(template).render(reader=reader, **values))  # noqa: S704 - autoescaped


def moment(ts: str) -> datetime:
    """Read when a message was sent from its ``ts``."""
    return datetime.fromtimestamp(float(ts), UTC)


@pass_context
def _text(context: Context, text: Json | None) -> Markup:
    """Draw a text object."""
    if not text:
        return Markup()
    return mrkdwn(text["text"], context["reader"]) if text["type"] == "mrkdwn" else plain(text["text"])


@pass_context
def _said(context: Context, text: str) -> Markup:
    return mrkdwn(text, context["reader"])


@pass_context
def _clock(context: Context, ts: str) -> str:
    return dates.clock(moment(ts), context["reader"])


@pass_context
def _in_full(context: Context, ts: str) -> str:
    return dates.in_full(moment(ts), context["reader"])


@pass_context
def _day(context: Context, ts: str) -> str:
    return dates.day(moment(ts), context["reader"])


@pass_context
def _local(context: Context, seconds: int) -> str:
    """Write unix seconds as a date-and-time input wants them."""
    at = datetime.fromtimestamp(seconds, UTC).astimezone(context["reader"].zone)
    return f"{at:%Y-%m-%dT%H:%M}"


def _colour(name: str) -> int:
    """Give the same person the same colour each time."""
    return sum(name.encode()) % AVATARS


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sandbox.slack.page"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "chart": chart,
        "clock": _clock,
        "colour": _colour,
        "day": _day,
        "in_full": _in_full,
        "local": _local,
        "plain": plain,
        "said": _said,
        "text": _text,
    }
    return environment


_TEMPLATES = _environment()
