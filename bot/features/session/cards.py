"""A session as people read it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.command import RoomRef
from bot.features.record import files
from bot.features.session.acts import Past, span
from bot.features.session.attendance import Attendee
from bot.reply import Button, Counted, Invocation, Reply, Row, Table, Term, roughly

LINKS = 5  # files with a button of their own


def row(past: Past, room: RoomRef, now: datetime) -> Row:
    """One of several sessions, with what shows it whole."""
    shows = Button("Show", Invocation("session show", session=past.session.id, room=room))
    return Row(sum(_facts(past, now), start=Reply("")), (shows,))


def sessions(several: Iterable[Past], now: datetime) -> Table:
    """Many sessions, to be sorted."""
    rows = tuple((*_cells(past, now), past.session.id) for past in several)
    return Table(("Began", "Lasted", "People", "Recordings", "Session"), rows, caption="Sessions of {room}")


def said(past: Past, room: RoomRef, now: datetime) -> Reply:
    """One session: when it was, how long, what is left of it."""
    lasted = span(past.session, now)
    head = Reply("A session of {room}.", room=room)
    if lasted and past.session.active:
        head += Reply("It has run since {began}.", began=lasted[0])
    elif lasted:
        head += Reply(
            "It began {began} and lasted {span}.", began=lasted[0], span=roughly(lasted[1] - lasted[0])
        )
    head += Reply("{people} took part.", people=_counted(len(past.people)))
    if past.recordings:
        recordings = Counted(len(past.recordings), "recording", "recordings")
        head += Reply("It has {recordings}.", recordings=recordings)
    return head + _files(past, room)


def people(attendees: Sequence[Attendee]) -> Table:
    """Who was there, as what, from when to when, and how long in all."""
    rows = tuple(
        (
            one.person,
            one.person.role,
            one.came,
            Term("still there") if one.left is None else one.left,
            roughly(one.there),
        )
        for one in attendees
    )
    return Table(("Person", "Role", "Came", "Left", "There for"), rows)


def _facts(past: Past, now: datetime) -> Iterator[Reply]:
    lasted = span(past.session, now)
    if lasted:
        yield Reply("{began} · {span}", began=lasted[0], span=roughly(lasted[1] - lasted[0]))
    else:
        yield Reply("{session}", session=past.session.id)
    yield Reply("· {people}", people=_counted(len(past.people)))
    if past.recordings:
        yield Reply("· recorded")
    if past.session.active:
        yield Reply("· goes on")


def _cells(past: Past, now: datetime) -> tuple[object, ...]:
    lasted = span(past.session, now)
    began = lasted[0] if lasted else ""
    length = Term("goes on") if past.session.active else roughly(lasted[1] - lasted[0]) if lasted else ""
    return began, length, len(past.people), len(past.recordings)


def _files(past: Past, room: RoomRef) -> Reply:
    """What can be had of it: some files on buttons, all of them in a list."""
    if not past.assets:
        return Reply("It has left no files.") if not past.session.active else Reply("")
    shown, _ = files.folded(files.ordered(one for one in past.assets if one.status == "completed"))
    buttons = [files.opens(asset, what, room) for asset, what in files.labelled(shown[:LINKS])]
    if len(buttons) < len(past.assets):
        buttons.append(files.every(past.session.id, len(past.assets), room))
    left = Reply("It has left {files}.", files=Counted(len(past.assets), "file", "files"), buttons=buttons)
    return left + files.kept(past.assets, past.storage)


def _counted(number: int) -> Counted:
    return Counted(number, "person", "people")
