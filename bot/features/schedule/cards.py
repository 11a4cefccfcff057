"""What is said of the hours of a room."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any

from bot.clock import known_zone
from bot.command import PersonRef, RoomRef
from bot.command.local_time import zone_of
from bot.features.room.acts import Ended
from bot.features.room.cards import unlocks
from bot.features.room.locks import Lock
from bot.features.room.stops import Stop
from bot.features.schedule import past, rule
from bot.features.schedule.book import Window
from bot.features.schedule.outcomes import MomentOutcome
from bot.features.schedule.rule import DAY, Span, left_out, upcoming
from bot.reply import (
    Button,
    Chart,
    Counted,
    Invocation,
    OpenDay,
    Reply,
    Term,
    TimeOfDay,
    roughly,
    week_chart,
)

SHOWN = 5  # spans to come
AHEAD = timedelta(days=60)  # in which dates that are left out are named
NAMED = 5
DAYS = 7
WEEKDAY = (Term("Mon"), Term("Tue"), Term("Wed"), Term("Thu"), Term("Fri"), Term("Sat"), Term("Sun"))


def week(windows: Sequence[Window], now: datetime) -> Chart:
    """A picture of the seven days to come, in the zone of the hours, with what is left out and why."""
    zone = zone_of(windows[0].rule.zone)
    today = now.astimezone(zone).date()
    days = [today + timedelta(days=number) for number in range(DAYS)]
    return week_chart("When {room} is open", [_day(windows, day, zone) for day in days])


def _day(windows: Sequence[Window], day: date, zone: tzinfo) -> OpenDay:
    begin = datetime.combine(day, time(), zone)
    end = begin + timedelta(days=1)
    comes = [span for one in windows for span in rule.spans(one.rule, one.exceptions, begin, end)]
    hours = [_times(span, zone) for span in sorted(comes, key=lambda span: span.starts) if span.date == day]
    missed = [each.why for one in windows for each in left_out(one.rule, one.exceptions, begin, end)]
    return OpenDay(WEEKDAY[day.weekday()], tuple(hours), missed[0] if missed and not hours else "")


def _times(span: Span, zone: tzinfo) -> tuple[time, time]:
    return span.starts.astimezone(zone).time(), span.ends.astimezone(zone).time()


def spans(window: Window, now: datetime, count: int = SHOWN, *, reader: str = "") -> Iterator[Reply]:
    """The next times that the room is open, a line each; in both zones where the ``reader`` has another."""
    several = upcoming(window.rule, window.exceptions, now, count)
    if not several:
        yield Reply("\nIt does not open again by itself.")
    for span in several:
        ends = TimeOfDay(span.ends) if span.ends - span.starts < DAY else span.ends
        said = Reply("\n• {starts} to {ends}", starts=span.starts, ends=ends)
        yield said + _there(span, window.rule.zone) if _differs(span, window.rule.zone, reader) else said


def _differs(span: Span, zone: str, reader: str) -> bool:
    """Whether the clocks show something else where it is read than in the zone of the hours."""
    here, there = known_zone(reader), zone_of(zone)
    moments = (span.starts, span.ends)
    return any(here and at.astimezone(here).utcoffset() != at.astimezone(there).utcoffset() for at in moments)


def _there(span: Span, zone: str) -> Reply:
    """The same in the zone of the hours, of whose days and times the rule speaks."""
    starts, ends = _times(span, zone_of(zone))
    return Reply(
        "({day} {hours} {zone})",
        day=WEEKDAY[span.date.weekday()],
        hours=f"{starts:%H:%M}\N{EN DASH}{ends:%H:%M}",
        zone=zone,
    )


def omitted(window: Window, now: datetime) -> Iterator[Reply]:
    """The dates that are left out soon, and why."""
    for one in list(left_out(window.rule, window.exceptions, now, now + AHEAD))[:NAMED]:
        yield Reply("\n• not on {date}: {why}", date=one.date, why=one.why)


def past_of(window: Window, outcomes: Sequence[MomentOutcome], now: datetime) -> Iterator[Reply]:
    """What the hours did of late, the newest first, and the dates that they left out and why."""
    if outcomes or past.omissions(window, now):
        yield Reply("\nUntil now:")
    yield from past.each(outcomes)
    for one in past.omissions(window, now)[:NAMED]:
        yield Reply("\n• not on {date}: {why}", date=one.date, why=one.why)


def stays_locked(window: Window, lock: Lock) -> Reply:
    """That a lock by hand is stronger than the hours of a room, with what opens it."""
    about: dict[str, Any] = {"room": window.room, "by": lock.by, "request": lock.request}
    about["buttons"] = [_opens(window.room)]
    if lock.why:
        return Reply(
            "{room} stays locked, though its hours begin: {by} locked it, {why} (#{request}).",
            why=lock.why,
            **about,
        )
    return Reply("{room} stays locked, though its hours begin: {by} locked it (#{request}).", **about)


def stays_shut(room: RoomRef, lock: Lock, hours: Lock) -> Reply:
    """That the time of a lock by hand is up outside the hours of a room, with what opens it all the same."""
    said = Reply(
        "{room} stays locked outside its hours (#{window}): the lock by {by} (#{request}) was until {until}.",
        room=room,
        window=str(hours.request),
        by=lock.by,
        request=lock.request,
        until=lock.until,
        buttons=[_opens(room)],
    )
    return said + Reply("It opens {until}.", until=hours.until) if hours.until else said


def opened(window: Window) -> Reply:
    """That the hours of a room have opened it."""
    return Reply("The hours of {room} have begun (#{window}).", room=window.room, window=window.id)


def closed(window: Window, ended: Ended | None, until: datetime | None, late: timedelta) -> Reply:
    """What the end of a room's hours did: to whom, and until when the door is locked."""
    about: dict[str, Any] = {"room": window.room, "window": window.id}
    undo = unlocks(window.room)
    if ended:
        here = ended.people
        people = Term("whoever was there") if here is None else Counted(here, "person", "people")
        said = Reply(
            "The hours of {room} are over (#{window}): its session was ended for {people}, and it is locked.",
            people=people,
            undo=undo,
            **about,
        )
    else:
        said = Reply(
            "The hours of {room} are over (#{window}). Nobody was there; it is locked.", undo=undo, **about
        )
    said += again(until)
    return said + _late(late) if late >= past.LATE else said


def unclear(window: Window, until: datetime | None) -> Reply:
    """That a room is locked as its hours are over, and nobody knows whether its session was ended."""
    said = Reply(
        "The hours of {room} are over (#{window}), and it is locked, but 100ms did not say whether its "
        "session was ended. Look: `/hms status`.",
        room=window.room,
        window=window.id,
        undo=unlocks(window.room),
    )
    return said + again(until)


def again(until: datetime | None) -> Reply:
    """When a room that is locked opens again, if it does."""
    return Reply("It opens again {until}.", until=until) if until else Reply("")


def open_again(stop: Stop) -> Reply:
    """That an end did not come before the next hours began: it was missed, or moved to behind them."""
    return Reply(
        "{room} was not closed before its next hours began, so it stays open (#{window}).",
        room=stop.room,
        window=stop.window or "",
    )


def opened_early(window: Window, span: Span) -> Reply:
    """That a room was opened before it was time, and locked again."""
    return Reply(
        "{room} was opened by a clock that was ahead and was set back. I locked it again until its hours "
        "(#{window}) begin, {opens}.",
        room=window.room,
        window=window.id,
        opens=span.opens,
    )


def removed(window: Window) -> Reply:
    """What stands on the card of a span whose window is gone, or does nothing for a while."""
    return Reply(
        "{room} does not close by itself any more: its hours (#{window}) were changed.",
        room=window.room,
        window=window.id,
    )


def shut_again(window: Window, until: datetime | None) -> Reply:
    """That a room was found open outside its hours, and locked."""
    said = Reply(
        "{room} was opened at 100ms outside its hours (#{window}), and I locked it again.",
        room=window.room,
        window=window.id,
        buttons=[_opens(window.room)],
    )
    return said + Reply("It opens {until}.", until=until) if until else said


def found_shut(window: Window, span: Span) -> Reply:
    """That a room was found locked in its hours, by nobody here: left, and asked about."""
    return Reply(
        "{room} was locked at 100ms though its hours (#{window}) last until {ends}. I left it so.",
        room=window.room,
        window=window.id,
        ends=span.ends,
        buttons=[_opens(window.room)],
    )


def no_host(room: RoomRef, people: Counted, wait: timedelta, buttons: Sequence[Button]) -> Reply:
    """That guests have waited for too long, and what can be done about it."""
    about: dict[str, Any] = {"people": people, "room": room, "wait": roughly(wait), "buttons": buttons}
    if people.number == 1:
        return Reply("{people} waits in {room}, and no host came in {wait}.", **about)
    return Reply("{people} wait in {room}, and no host came in {wait}.", **about)


def host_came(room: RoomRef, host: PersonRef) -> Reply:
    """That the wait of guests is over."""
    return Reply("{host} is in {room} now.", host=host, room=room)


def nobody_waits(room: RoomRef) -> Reply:
    """That guests waited for a host and went, or were sent home."""
    return Reply("Nobody waits in {room} any more; no host had come.", room=room)


def no_host_came(room: RoomRef, window: str) -> Reply:
    """That guests waited for a host until the hours of a room were over."""
    return Reply("No host came to {room} in its hours (#{window}).", room=room, window=window)


def door(room: RoomRef, opens: datetime | None) -> Reply:
    """What to do about a door that is locked, until it opens by itself or for good."""
    if opens:
        return Reply("{room} is locked, and opens {opens}.", room=room, opens=opens, buttons=[_opens(room)])
    return Reply("{room} is locked, and stays so.", room=room, buttons=[_opens(room)])


def _opens(room: RoomRef) -> Button:
    return Button("Open it", Invocation("room unlock", room=room), once=True)


def _late(late: timedelta) -> Reply:
    return Reply("That was {late} late.", late=roughly(late))


def is_paused(window: Window, now: datetime) -> bool:
    """Whether the hours do nothing now."""
    return window.exceptions.paused(now) is not None


def said(window: Window, now: datetime, lock: Lock | None) -> Reply:
    """The hours of a room in a line: what they are, who made them, and how it stands with what locks it."""
    line = Reply(
        "{rule} (#{number}, by {by}).", rule=window.rule.said(), number=window.id, by=window.cause.by
    )
    return line + stands(window, now, lock)


def soon(window: Window, now: datetime) -> Iterator[Reply]:
    """The dates that are left out before the room opens next, and why: what is waited for does not come."""
    opens = window.opens(now)
    for one in left_out(window.rule, window.exceptions, now, opens or now + AHEAD):
        if not is_paused(window, now):
            yield Reply("Not on {date}: {why}.", date=one.date, why=one.why)


def stands(window: Window, now: datetime, lock: Lock | None) -> Reply:
    """Until when a room is open by its hours, or from when on, unless somebody locked it by hand."""
    span, pause, opens = window.span(now), window.exceptions.paused(now), window.opens(now)
    locked: dict[str, Any] = {"by": lock.by, "number": lock.request} if lock else {}
    if pause and pause.until:
        return Reply("Paused until {until}.", until=pause.until)
    if pause:
        return Reply("Paused.")
    if span and not span.held and lock and not lock.hours:
        return Reply("Would be open until {ends}, but {by} locked it (#{number}).", ends=span.ends, **locked)
    if span and not span.held:
        return Reply("Open until {ends}.", ends=span.ends)
    if opens and lock and lock.outlasts(opens):
        return Reply("Would open {opens}, but {by} locked it for longer (#{number}).", opens=opens, **locked)
    said = Reply("Opens {opens}.", opens=opens) if opens else Reply("It does not open again by itself.")
    return Reply("Its end was called off.") + said if span and span.held else said
