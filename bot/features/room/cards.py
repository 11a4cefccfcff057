"""What a room shows over time: the card of its stops, from the first one planned to what came of it."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.command import RoomRef
from bot.features.room.locks import Lock
from bot.features.room.stops import Stop, bound
from bot.reply import Button, Counted, Invocation, Mention, Message, Reply, Stakes, Term, Undo

MORE = (timedelta(minutes=5), timedelta(minutes=15))  # what a press can give
OTHERS = 3  # ends that are named beside the nearest
NOTES = 4  # of what became of it since: what is older is in the log


def of_stops(several: Sequence[Stop], now: datetime, lock: Lock | None = None) -> Message:
    """The card of a room's stops: the nearest with its buttons, and the others by name.

    With a ``lock`` by hand no hours let anybody in, which is said.
    """
    nearest, *others = several
    said = _ends(nearest, lock).with_facts([*_case(nearest, now), *named(others)])
    notes = sorted((note for stop in several for note in stop.notes), key=lambda note: note.request)
    for note in notes[-NOTES:]:
        said += Reply("\n") + note.said
    return Message(said, state=_number(nearest))


def further_down(stop: Stop) -> Message:
    """What stands on the card that was there before another stop was planned."""
    said = Reply(
        "{by} planned an end of {room} for {at}. Every end of it that is planned stands on one card, below.",
        by=stop.cause.by,
        room=stop.room,
        at=stop.ends_at,
    )
    return Message(said, state=_number(stop))


def named(others: Sequence[Stop]) -> Iterator[Reply]:
    """The other stops of a room, a few words each."""
    for stop in others[:OTHERS]:
        if stop.window:
            yield Reply("its hours end {at}", at=stop.ends_at)
            continue
        yield Reply("another end {at}, asked by {by}", at=stop.ends_at, by=stop.cause.by)
    if len(others) > OTHERS:
        yield Reply("{more} more", more=Counted(len(others) - OTHERS, "end", "ends"))


def bounded(stop: Stop, several: Sequence[Stop], opens: datetime | None) -> Iterator[Reply]:
    """What comes before this end, in a few words: another one, or the next opening of its hours."""
    first = bound(stop, several)
    if first and first.window:
        yield Reply("its hours end before, {at}", at=first.ends_at)
    elif first:
        yield Reply(
            "the end planned for {at}, asked by {by}, comes first", at=first.ends_at, by=first.cause.by
        )
    elif _gives_way(stop, opens):
        yield Reply("its hours open it {opens}: it ends with those", opens=opens)


def at_stake(stop: Stop) -> Stakes:
    """A yes to move an end, or to call it off, is none to another one that has come before it since."""
    return Stakes(held=((Term("The planned end"), stop.ends_at),))


def cuts(own: datetime | None, ends: datetime) -> Iterator[Reply]:
    """That 100ms ends a session by itself, at ``own``, before a planned end does: in a few words."""
    if own and own < ends:
        yield Reply("100ms lets it last no longer than {at}", at=own)


def cut(own: datetime | None, ends: datetime) -> Reply:
    """The same as a sentence; empty where it is not so."""
    if own is None or own >= ends:
        return Reply("")
    return Reply("100ms lets it last no longer than {at}, and ends it then.", at=own)


def warned(minutes: Sequence[int]) -> Reply:
    """When the people in a room are warned of its end."""
    if not minutes:
        return Reply("nobody is warned")
    before = tuple(Counted(each, "minute", "minutes") for each in minutes)
    return Reply("people are warned {before} before", before=before)


def gave(by: Mention, more: timedelta, moved: Stop, several: Sequence[Stop], opens: datetime | None) -> Reply:
    """Who moved an end, by how much, and to when; and what comes before that all the same."""
    about: dict[str, Any] = {"by": by, "room": moved.room, "more": more, "until": moved.ends_at}
    first = bound(moved, several)
    if first:
        return Reply(
            "{by} gave {room} {more} more, until {until}, but the end planned for {first} comes before.",
            first=first.ends_at,
            **about,
        )
    if _gives_way(moved, opens):
        return Reply(
            "{by} gave {room} {more} more, until {until}, but its hours open it {opens}: it ends with those.",
            opens=opens,
            **about,
        )
    return Reply("{by} gave {room} {more} more, until {until}.", **about)


def _gives_way(stop: Stop, opens: datetime | None) -> bool:
    """Whether the end of hours is none any more, since the next of the room have begun by then."""
    return bool(stop.window and opens and opens <= stop.ends_at)


def called_off(by: Mention, room: RoomRef, at: datetime) -> Reply:
    """Who took an end away, and when it was to be."""
    return Reply("{by} called off the end of {room} that was planned for {at}.", by=by, room=room, at=at)


def not_planned(room: RoomRef, at: datetime) -> Reply:
    """That an end is called off already, for who asked for it a moment too late."""
    return Reply("The end of {room} that was planned for {at} stands no more.", room=room, at=at)


def ended_by_hand(by: Mention, room: RoomRef) -> Reply:
    """Who ended a session before its end came."""
    return Reply("{by} ended {room}, so no end of it is planned any more.", by=by, room=room)


def ended(by: Mention, room: RoomRef) -> Reply:
    """Who ended what ran in a room."""
    return Reply("{by} ended {room}.", by=by, room=room)


def ended_and_locked(by: Mention, room: RoomRef) -> Reply:
    """Who locked a room by ending what ran in it."""
    return Reply("{by} ended {room} and locked it.", by=by, room=room)


def over_before(stop: Stop) -> Reply:
    """That a session was over before its end came."""
    return Reply(
        "The session in {room} was over before the end that {by} had planned (#{request}). Nothing was done.",
        room=stop.room,
        by=stop.cause.by,
        request=stop.cause.request,
    )


def unlocks(room: RoomRef) -> Button:
    """What takes back that a room was locked."""
    return Undo(Reply("Unlock {room}", room=room), "room unlock", room=room)


def _ends(stop: Stop, lock: Lock | None) -> Reply:
    buttons = [*_more(stop), *_less(stop)]
    if stop.people is None and stop.window and lock and not lock.hours:
        return Reply(
            "{room} would be open until {at}, but {by} locked it (#{request}).",
            room=stop.room,
            at=stop.ends_at,
            by=lock.by,
            request=lock.request,
            buttons=buttons,
        )
    if stop.people is None and stop.window:
        return Reply("{room} is open until {at}.", room=stop.room, at=stop.ends_at, buttons=buttons)
    if stop.people is None:
        return Reply("{room} ends {at}.", room=stop.room, at=stop.ends_at, buttons=buttons)
    people = Counted(stop.people, "person", "people")
    return Reply(
        "{room} ends {at} for {people}.", room=stop.room, at=stop.ends_at, people=people, buttons=buttons
    )


def _case(stop: Stop, now: datetime) -> Iterator[Reply]:
    """Who wants it and why, what it brings, and which warnings are still to come."""
    if stop.window:
        yield Reply("its hours, by {by}", by=stop.cause.by)
    elif stop.reason:
        yield Reply("asked by {by}: {reason}", by=stop.cause.by, reason=stop.reason)
    else:
        yield Reply("asked by {by}", by=stop.cause.by)
    if stop.lock:
        yield Reply("nobody can come back in")
    to_come = [minutes for minutes, _ in stop.warnings(now)]
    if to_come or not stop.warn:
        yield warned(to_come)


def _more(stop: Stop) -> Iterator[Button]:
    for span in MORE:
        label = Reply("+{minutes} min", minutes=span // timedelta(minutes=1))
        yield Button(label, Invocation("schedule extend", room=stop.room, by=span, stop=stop.id))


def _less(stop: Stop) -> Iterator[Button]:
    yield Button("End now", Invocation("end-room", room=stop.room, lock=stop.lock))
    yield Button("Cancel", Invocation("end-room", room=stop.room, cancel=True, stop=stop.id))


def _number(stop: Stop) -> Reply:
    return Reply("#{number}", number=str(stop.cause.request))
