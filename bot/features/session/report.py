"""A receipt as people read it at the end of a class, and as a file for their own lists."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby

from bot.features.record import files
from bot.features.session.crowd import stepped
from bot.features.session.receipt import MAKING, ActDone, Participation, Receipt
from bot.features.session.tracks import Coverage
from bot.reply import (
    Chart,
    Code,
    Counted,
    DataSeries,
    File,
    Phrase,
    Reply,
    Table,
    Term,
    TimeOfDay,
    roughly,
    spreadsheet,
)
from bot.work.arrivals import Source

MINUTE = timedelta(minutes=1)
HEADINGS = ("Name", "User id", "Role", "Came", "Left", "Stays", "Minutes there")
SENDING = ("Minutes unmuted", "Minutes on camera")
SECOND = timedelta(seconds=1)
SHORTEST = timedelta(seconds=5)  # of a delay that anybody wants to know

TOLD = {
    Coverage.PART: Reply(
        "100ms has not told all of microphones and cameras: those minutes are as far as it has."
    ),
    Coverage.NOTHING: Reply("100ms tells of no microphone and no camera in it."),
    Coverage.REFUSED: Reply("100ms did not tell who was unmuted or on camera, so those minutes are missing."),
    Coverage.FORGOTTEN: Reply("Who was unmuted or on camera 100ms tells for 30 days, and this was before."),
}
WEBHOOKS = Reply("\nKnown from 100ms's webhooks and records.")
BOTH = Reply("\nKnown from 100ms's webhooks, from looking at it every so often, and from its records.")
LOOKS = Reply(
    "\nKnown from looking at 100ms every so often, and from its records: it does not report to me. "
    "Why somebody left, who ended the session and who was refused cannot be seen so."
)
RECORDS = Reply("\nKnown from 100ms's records alone: nothing of it was reported to me while it ran.")


def said(receipt: Receipt, behind: Reply) -> Reply:
    """The whole receipt, with its curve and everybody's part; ``behind`` is said before that."""
    head = _head(receipt) + TOLD.get(receipt.told, Reply("")) + _recorded(receipt) + _left(receipt)
    done = [_act(one) for one in receipt.acts]
    if done:
        head += sum(done, start=Reply("\nWhat was done in it:"))
    return head + heard(receipt) + behind + Reply("", table=_table(receipt), room=receipt.room)


def heard(receipt: Receipt) -> Reply:
    """How the bot knows, and what it cannot know so."""
    if not receipt.sources:
        return RECORDS
    if receipt.sources == {Source.LOOK}:
        return LOOKS
    return BOTH if Source.LOOK in receipt.sources else WEBHOOKS


def attached(receipt: Receipt) -> File:
    """A row for everybody, in the order in which they came; times are UTC."""
    name = f"{receipt.room.name or receipt.room.id}-{receipt.began.astimezone(UTC):%Y-%m-%d-%H%M}"
    rows = (_cells(one, receipt.until) for one in receipt.people)
    return spreadsheet(name, "Who was in {room}", HEADINGS + SENDING, rows)


def chart(receipt: Receipt) -> Chart | None:
    """How many people were there over time, in words too; None where nobody was."""
    if not receipt.peak:
        return None
    width, figures = stepped(receipt.curve, receipt.began, receipt.until)
    minutes = tuple(Phrase("{number} min", number=at * width) for at in range(len(figures)))
    series = DataSeries(Term("People"), tuple(map(float, figures)))
    title = "People in {room} by minutes since the start"
    return Chart(title, "area", minutes, (series,), tuple(_runs(receipt, width, figures)), unit="People")


def _runs(receipt: Receipt, width: int, figures: Sequence[int]) -> Iterator[tuple[Phrase, Counted]]:
    """The curve in words: from when to when it was the same."""
    last = -(-receipt.lasted // MINUTE)
    for people, run in groupby(enumerate(figures), key=lambda step: step[1]):
        steps = [at for at, _ in run]
        first, until = steps[0] * width, min((steps[-1] + 1) * width, max(last, 1))
        span = Phrase("minute {first} to {last}", first=first, last=until)
        yield span, Counted(people, "person", "people")


def _head(receipt: Receipt) -> Reply:
    people = Counted(len(receipt.people), "person", "people")
    if receipt.ended is None:
        return Reply(
            "The session in {room} has run for {span}, since {began}. So far {people} took part, "
            "{peak} at once at most.",
            room=receipt.room,
            span=roughly(receipt.lasted),
            began=receipt.began,
            people=people,
            peak=receipt.peak,
            chart=chart(receipt),
        )
    return Reply(
        "The session in {room} lasted {span}, from {began} to {ended}. {people} took part, "
        "{peak} at once at most.",
        room=receipt.room,
        span=roughly(receipt.lasted),
        began=receipt.began,
        ended=TimeOfDay(receipt.ended),
        people=people,
        peak=receipt.peak,
        chart=chart(receipt),
    )


def _recorded(receipt: Receipt) -> Reply:
    """Whether it was recorded, how long, and what became of that."""
    if not receipt.recordings:
        return Reply("\nIt was not recorded.")
    spans = [(one.started_at, one.stopped_at or receipt.until) for one in receipt.recordings]
    length = sum((end - start for start, end in spans if start and start < end), start=timedelta())
    if receipt.ended is None and any(one.is_running for one in receipt.recordings):
        return Reply("\nIt is being recorded, for {span} so far.", span=roughly(length))
    said = Reply("\nIt was recorded for {span}.", span=roughly(length)) if length else Reply("\n")
    if any(one.status == "failed" for one in receipt.recordings):
        said += Reply("A recording of it broke.")
    return said


def _left(receipt: Receipt) -> Reply:
    """Which files there are, and which are still to come."""
    making = tuple(files.label(one) for one in receipt.files if one.status == "processing")
    if not receipt.files:
        is_coming = receipt.ended and any(one.status in MAKING for one in receipt.recordings)
        return Reply("Its files are still being made.") if is_coming else Reply("")
    left, every = len(receipt.files), files.every(receipt.session, len(receipt.files), receipt.room)
    said = Reply("It has left {files}.", files=Counted(left, "file", "files"), buttons=[every])
    if making:
        return said + Reply("Still being made: {what}.", what=making)
    return said + files.kept(receipt.files, receipt.storage)


def _act(act: ActDone) -> Reply:
    number, what, delay = act.number, Code(act.what), roughly(act.delay)
    if act.approved:
        return Reply(
            "\n#{number} {what}: asked for by {by}, approved by {approved}, done {delay} later.",
            number=number,
            what=what,
            by=act.by,
            approved=act.approved,
            delay=delay,
        )
    if act.delay < SHORTEST:
        return Reply("\n#{number} {what}: by {by}.", number=number, what=what, by=act.by)
    return Reply(
        "\n#{number} {what}: asked for by {by}, done {delay} later.",
        number=number,
        what=what,
        by=act.by,
        delay=delay,
    )


def _table(receipt: Receipt) -> Table:
    rows = tuple(map(_row, receipt.people))
    if any(one.unmuted is not None for one in receipt.people):
        return Table(
            ("Person", "Role", "Came", "Left", "There for", "Unmuted", "On camera"),
            rows,
            caption="Who was in {room}",
        )
    return Table(("Person", "Role", "Came", "Left", "There for"), rows, caption="Who was in {room}")


def _row(one: Participation) -> tuple[object, ...]:
    person = one.attendee
    left = Term("still there") if person.left is None else TimeOfDay(person.left)
    stay = (person.person, person.person.role, TimeOfDay(person.came), left, roughly(person.there))
    if one.unmuted is None or one.camera is None:
        return stay
    return (*stay, _sent(one.unmuted), _sent(one.camera))


def _sent(length: timedelta) -> object:
    return roughly(length) if length >= SECOND else Term("never")


def _cells(one: Participation, until: datetime) -> tuple[str, ...]:
    person = one.attendee
    left = person.spans[-1][1] if person.left is None else person.left
    stays = "; ".join(f"{_stamp(start)}/{_stamp(end)}" for start, end in person.spans)
    named = (person.person.name, person.person.user_id, person.person.role)
    times = (_stamp(person.came), "" if person.left is None and left >= until else _stamp(left), stays)
    return (*named, *times, _minutes(person.there), _minutes(one.unmuted), _minutes(one.camera))


def _stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _minutes(length: timedelta | None) -> str:
    return "" if length is None else f"{length / MINUTE:.1f}"
