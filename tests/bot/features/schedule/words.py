"""Rules and instants as one writes them."""

from datetime import UTC, datetime

from bot.command import Days, Hours
from bot.features.schedule.rule import Rule


def rule(words: str, zone: str = "Europe/Rome", **more) -> Rule:
    days, _, hours = words.rpartition(" ")
    return Rule(days=Days.of(days), hours=Hours.of(hours), zone=zone, **more)


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=UTC)
