"""The name of a time zone."""

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Annotated

from bot.clock import known_zone
from bot.command.errors import Ambiguous
from bot.command.kinds.base import Kind, Pinned, Slot
from bot.command.matching import OFFERED, Spellings, Spelt
from bot.errors import UserError
from bot.reply import Code


class OfTheWorld:
    """Marks a text that is the name of a time zone."""


ZoneName = Annotated[str, OfTheWorld]


class ZoneKind(Kind):
    """A time zone by its name in the IANA database; what is near to one is offered."""

    mark, sample = OfTheWorld, "Europe/Rome"

    def read(self, words: str) -> str:
        """Keep the words until ``pin`` can offer what is near to them."""
        return words.strip()

    def blank(self, value: str | None) -> bool:
        """Spaces say nothing."""
        return not (value or "").strip()

    async def pin(self, value: str, slot: Slot) -> Pinned:
        """Write it as the database does."""
        if self.blank(value):
            return Pinned("")
        exact = zone_called(value)
        if exact:
            return Pinned(exact)
        near = zones_near(value)
        if not near:
            raise no_such_zone(value)
        buttons = [slot.button(zone, Pinned(zone)) for zone in near]
        raise Ambiguous("There is no time zone {zone}. Do you mean this one?", zone=value).offering(buttons)


def zone_called(words: str) -> str:
    """The zone of this name in any case, as it is written; empty where there is none.

    Only what the database lists: a machine's own folder also holds what are no zones, or count leap seconds.
    """
    named = _by_name().called(Spelt.of(words.replace(" ", "_")))
    return named[0] if named and known_zone(named[0]) else ""


def zones_near(words: str) -> Sequence[str]:
    """Zones that may be meant: of this city, or a slip of the finger away; the likeliest first."""
    name, city = Spelt.of(words.strip().replace(" ", "_")), Spelt.of(words.rpartition("/")[2].strip())
    cities = _by_city()
    found = (*cities.called(city), *_by_name().near(name), *cities.near(city))
    return tuple(dict.fromkeys(zone for zone in found if known_zone(zone)))[:OFFERED]


def no_such_zone(words: str) -> UserError:
    """What to say to somebody whose words are near to no zone."""
    return UserError(
        "There is no time zone {zone}. Write one such as {such}.", zone=words, such=Code("Europe/Berlin")
    )


@cache
def _listed() -> tuple[str, ...]:
    """Every name there is: one file, where ``zoneinfo.available_timezones`` opens six hundred."""
    return tuple(resources.files("tzdata").joinpath("zones").read_text(encoding="utf-8").split())


@cache
def _by_name() -> Spellings[str]:
    return Spellings((zone, zone) for zone in _listed())


@cache
def _by_city() -> Spellings[str]:
    """By the last part, as people write it."""
    places = (zone for zone in _listed() if "/" in zone and not zone.startswith(("Etc/", "US/")))
    return Spellings((zone.rpartition("/")[2].replace("_", " "), zone) for zone in places)
