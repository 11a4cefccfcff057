"""Sixty days of virtual clock in one zone, through the whole bot: what came of a window, beside the rule.

The clock goes from one of the bot's moments to the next, as its alarm would wake it. Every 47 hours its
hours are looked after, some days it is restarted or away, and at times somebody opens the door at 100ms.
"""

from collections.abc import Awaitable, Callable, Iterator
from datetime import date, datetime, timedelta
from operator import itemgetter

import pytest

from bot.features.schedule.exceptions import Exceptions
from bot.features.schedule.rule import Span, is_open, spans
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.template import HOST
from tests.bot.features.schedule.words import at, rule
from tests.chat import MORNING, Chat

Deed = Callable[[Chat], Awaitable[object]]

SECOND = timedelta(seconds=1)
RULE = rule("wed,sun 02:30-03:10", "Europe/Rome")  # on Sunday, 29 March, there is no 02:30
LINE = "/hms schedule window wed,sun 02:30-03:10 --tz Europe/Rome --warn 10,1 --room yoga --yes"
FINAL = MORNING + timedelta(days=60)
LOOKS = timedelta(hours=47)  # so that one comes at every hour of the day in turn

BY_HAND = date(2026, 3, 18)
EASTER = date(2026, 4, 5)
PAUSED = date(2026, 4, 15)
OTHERWISE = Exceptions().skipping(BY_HAND, EASTER, PAUSED)

AWAY = {
    at("2026-03-11T01:50"): at("2026-03-11T01:51"),  # in the middle of its hours
    at("2026-03-22T01:00"): at("2026-03-22T01:50"),  # when they begin
    at("2026-03-25T01:50"): at("2026-03-25T03:00"),  # when they end
    at("2026-04-07T12:00"): at("2026-04-09T00:10"),  # for a day and a half: those of 8 April do not come
}
NOBODY = (date(2026, 3, 22),)
OPENED_AT_100MS = (at("2026-03-04T12:00"), at("2026-03-30T00:00"), at("2026-04-23T18:00"))


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    room = chat.world.add_room("yoga")
    await chat.says("ada", LINE)
    chat.world.calls.clear()
    return room


def story(yoga: Room) -> Iterator[tuple[datetime, Deed]]:
    """What people and machines do in these days, and when."""

    async def opens(chat: Chat) -> None:
        yoga.enabled = True
        await look(chat)

    async def look(chat: Chat) -> None:
        await looked_after(chat)
        assert yoga.enabled == is_open(RULE, OTHERWISE, chat.clock.now), f"at {chat.clock.now}"

    yield at("2026-03-03T12:00"), said("schedule skip holidays IT")
    yield at("2026-03-12T12:00"), said(f"schedule skip {BY_HAND}")
    yield at("2026-04-14T12:00"), said("schedule pause --until '2026-04-17 12:00'")
    yield from ((since, away_until(until)) for since, until in AWAY.items())
    yield from ((moment, opens) for moment in OPENED_AT_100MS)
    yield from ((MORNING + number * LOOKS, look) for number in range((FINAL - MORNING) // LOOKS + 1))


def said(line: str) -> Deed:
    async def says(chat: Chat) -> None:
        await chat.says("mo", f"/hms {line} --room yoga --yes")

    return says


def away_until(moment: datetime) -> Deed:
    async def is_away(chat: Chat) -> None:
        await chat.stops()
        chat.clock.now = moment
        await chat.starts()
        await looked_after(chat)

    return is_away


async def looked_after(chat: Chat) -> None:
    """What the alarm does at start, after a clock jump and every five minutes."""
    await chat.bot.reconcile()
    await wakes(chat, chat.clock.now)


async def wakes(chat: Chat, moment: datetime) -> None:
    chat.clock.now = moment - SECOND
    await chat.passes("1s")


async def lives_until(chat: Chat, moment: datetime, yoga: Room) -> None:
    """Let everything happen that the bot wants to be woken for; people come where the door is open."""
    while (due := await next_moment(chat)) <= moment:
        await wakes(chat, due)
        if yoga.enabled and not yoga.session and day_of(chat.clock.now) not in NOBODY:
            yoga.join("Hana", role=HOST)
    chat.clock.now = moment


async def next_moment(chat: Chat) -> datetime:
    async with chat.bot.db.read() as tx:
        return (await chat.bot.timers.pending(tx))[0].fire_at


def day_of(moment: datetime) -> date:
    return moment.date()  # in these hours Rome and Greenwich have the same date


def came(chat: Chat) -> list[tuple[datetime, str]]:
    """What became of the room at 100ms, and when.

    When the bot is back, the moment and the look may both open: a wanted state may be asked for twice.
    """
    done = [(call.at, deed) for call in chat.world.calls if (deed := _deed(call.operation, call.body))]
    twice = {(moment, "opened") for moment in AWAY.values()}
    return [each for place, each in enumerate(done) if each not in twice or each not in done[:place]]


def _deed(operation: str, body: object) -> str:
    if operation == "rooms.set_enabled":
        return "opened" if body == {"enabled": True} else "locked"
    return {"active_rooms.end_room": "ended", "active_rooms.send_message": "warned"}.get(operation, "")


def due() -> list[tuple[datetime, str]]:
    """What the pure rule says, and who was there to be warned; in their order."""
    of_hours = [each for span in spans(RULE, OTHERWISE, MORNING, FINAL) for each in _of(span)]
    return sorted([*of_hours, *((moment, "locked") for moment in OPENED_AT_100MS)])


def _of(span: Span) -> Iterator[tuple[datetime, str]]:
    opens = awake(span.opens)
    if opens >= span.ends:
        return
    yield opens, "opened"
    warnings = [] if span.date in NOBODY else [span.ends - timedelta(minutes=each) for each in (10, 1)]
    yield from ((moment, "warned") for moment in warnings if awake(moment) == moment)
    yield awake(span.ends), "locked" if span.date in NOBODY else "ended"


def awake(moment: datetime) -> datetime:
    """When the bot can do what is due at a moment: then, or when it is back."""
    return next((until for since, until in AWAY.items() if since < moment < until), moment)


async def test_in_sixty_days_each_moment_comes_once_and_the_door_is_as_the_rule_says(
    chat: Chat, yoga: Room
) -> None:
    for moment, deed in sorted(story(yoga), key=itemgetter(0)):
        if moment >= chat.clock.now:
            await lives_until(chat, moment, yoga)
            await deed(chat)

    assert came(chat) == due()
    assert len(due()) == 51
    assert not {day_of(moment) for moment, _ in came(chat)} & {BY_HAND, EASTER, PAUSED}
    assert (at("2026-03-29T00:59"), "opened") in came(chat)  # at 01:59, and at 03:00 it begins
