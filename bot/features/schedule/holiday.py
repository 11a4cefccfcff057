"""Public holidays: which there are, and what they are called."""

import asyncio
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from itertools import product

from rapidfuzz import process

from bot.errors import UserError
from bot.reply import Code

LANGUAGE = "en_US"  # that of all sentences; where a calendar is not translated its own names count
YEARS = 4096  # of calendars that are known at once


def holiday(calendar: str, day: date) -> str | None:
    """What a day is called in a calendar such as ``IT`` or ``DE-BY``; None where it is no holiday."""
    return _year(calendar, day.year).get(day)


async def learn(calendars: Collection[str], now: datetime) -> None:
    """Make this year and those around it known beside the event loop.

    The first of a calendar takes a tenth of a second. Whoever keeps calendars learns them before they count.
    """
    if calendars:
        await asyncio.to_thread(_learn, calendars, (now.year - 1, now.year, now.year + 1))


async def calendar_called(words: str) -> str:
    """The calendar that somebody means, as it is kept: ``de-by`` is ``DE-BY``, ``Italy`` is ``IT``.

    Raises UserError when there is none, with what is near to it.
    """
    return await asyncio.to_thread(_called, words)


def _learn(calendars: Collection[str], years: Iterable[int]) -> None:
    for calendar, year in product(calendars, years):
        _year(calendar, year)


def _called(words: str) -> str:
    said = " ".join(words.replace("_", "-").split()).casefold()
    country, dash, part = said.partition("-")
    codes = _countries()
    code = codes.get(said) or codes.get(country)
    if code is None:
        near = process.extractOne(said, list(codes), score_cutoff=60)
        raise _no_calendar(words, *((codes[near[0]],) if near else ("IT", "DE-BY")))
    return f"{code}-{_part(words, code, part)}" if dash and said not in codes else code


def _part(words: str, code: str, part: str) -> str:
    import holidays  # noqa: PLC0415 -- a third of a second, for those who leave holidays out

    known = {each.casefold(): each for each in getattr(holidays, code).subdivisions}
    if part not in known:
        near = process.extractOne(part, list(known), score_cutoff=50)
        raise _no_calendar(words, code, *((f"{code}-{known[near[0]]}",) if near else ()))
    return str(known[part])


def _no_calendar(words: str, *such: str) -> UserError:
    return UserError(
        "I know no holidays of “{words}”. Write a country or a part of one, such as {such}.",
        words=words,
        such=tuple(map(Code, such)),
    )


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    """The code of every country by what it is called, without loading any."""
    from holidays.registry import COUNTRIES  # noqa: PLC0415 -- as above

    found = {}
    for module, (_, code, *longer) in COUNTRIES.items():
        names = (module.replace("_", " "), module.replace("_", "-"), code, *longer[:1])
        found.update({name.casefold(): code for name in names})
    return found


@lru_cache(maxsize=YEARS)
def _year(calendar: str, year: int) -> Mapping[date, str]:
    import holidays  # noqa: PLC0415 -- as above

    country, _, part = calendar.partition("-")
    # Said, or the names would be in the language of the machine's environment.
    found = holidays.country_holidays(
        country, subdiv=part or None, years=year, expand=False, language=LANGUAGE
    )
    return dict(found)
