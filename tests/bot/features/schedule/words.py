"""Rules and instants as one writes them, and the moments of a rule."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.command import Days, Hours
from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.rule import MINUTE, Rule, Span, spans


@dataclass(frozen=True, slots=True)
class Edge:
    """One moment of a span: which it is, and when."""

    at: datetime
    which: Literal["ends", "opens", "starts"]
    span: Span


def rule(words: str, zone: str = "Europe/Rome", **more) -> Rule:
    days, _, hours = words.rpartition(" ")
    return Rule(days=Days.of(days), hours=Hours.of(hours), zone=zone, **more)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)


def edges(
    rule: Rule, exceptions: Exceptions, after: datetime, before: datetime | None = None
) -> Iterator[Edge]:
    """Every moment after the one and up to the other instant; of those at one instant the end comes first."""
    ahead = before + MINUTE if before else None
    for span in spans(rule, exceptions, after, ahead):
        for edge in _edges(span):
            if after < edge.at and (before is None or edge.at <= before):
                yield edge


def _edges(span: Span) -> Iterator[Edge]:
    yield Edge(span.opens, "opens", span)
    yield Edge(span.starts, "starts", span)
    if not span.held:
        yield Edge(span.ends, "ends", span)
