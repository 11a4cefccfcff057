"""What happened in a room, as people read it."""

from collections.abc import Iterable, Sequence
from typing import Any

from bot.command import RoomRef
from bot.features.event.history import ToldEvents
from bot.hms import Delivery, Replay, ReportedEvent
from bot.reply import Counted, File, Name, Reply, Table, Term, spreadsheet

SHOWN = 50
SCREEN = "screen"
DELIVERED = Term("delivered")
FAILED = Term("failed")
BECAME = {
    "track.add.success": Term("turned on"),
    "track.remove.success": Term("turned off"),
}
MUTED, UNMUTED = Term("muted"), Term("unmuted")
SENT = {
    ("audio", False): Term("microphone"),
    ("video", False): Term("camera"),
    ("video", True): Term("screen"),
    ("audio", True): Term("sound of the screen"),
}
STATES = {
    "started": Term("has begun"),
    "already_running": Term("runs"),
    "Running": Term("runs"),
    "completed": Term("is done"),
    "completed_with_failures": Term("is done, and some failed again"),
    "failed": Term("failed"),
    "Canceled": Term("was called off"),
    "Terminated": Term("was stopped"),
}


def deliveries(page: Iterable[Delivery]) -> Table:
    """How each was delivered, and why not."""
    rows = tuple(
        (
            one.event_timestamp or "",
            one.payload.original_event_name or one.event_name,
            one.payload.event_data.user_id or one.payload.event_data.peer_id,
            (FAILED, one.payload.error_reason) if one.payload.error_reason else DELIVERED,
        )
        for one in page
    )
    return Table(("When", "Event", "Person", "Delivery"), rows)


def progress(replay: Replay, room: RoomRef) -> Reply:
    """How far a replay is."""
    done = replay.result if replay.result.total else replay.progress
    said = Reply(
        "Events of {room} delivered again: it {state}.",
        room=room,
        state=STATES.get(replay.status, replay.status),
    )
    return said + Reply(
        "{completed} of {total} arrived, {failed} failed again.",
        completed=done.completed,
        total=done.total,
        failed=done.failed,
    )


def tracks(told: ToldEvents) -> Table:
    """Who turned what on and off."""
    rows = tuple((one.timestamp or "", who(one), sent(one), became(one)) for one in told.events[:SHOWN])
    return Table(("When", "Person", "What", "Became"), rows)


def errors(told: ToldEvents) -> Table:
    """What failed for whom, in the words of their app."""
    rows = tuple(
        (one.timestamp or "", who(one), _said(one, "action"), _error(one), _device(one))
        for one in told.events[:SHOWN]
    )
    return Table(("When", "Person", "While", "Error", "Device"), rows)


def recordings(told: ToldEvents) -> Table:
    """Which recordings were written down."""
    rows = tuple(
        (one.timestamp or "", one.data.beam_id, one.data.recording_path, _size(one))
        for one in told.events[:SHOWN]
    )
    return Table(("When", "Recording", "File", "Size"), rows)


def in_session(told: ToldEvents, session: str, room: RoomRef, table: Table, kind: str) -> Reply:
    """What of one kind happened in one session."""
    said = Reply(
        "{events} of the session {session} of {room}.",
        events=counted(told),
        session=session,
        room=room,
        table=table,
        file=rest(told, room, kind),
    )
    return said + beyond(told)


def rest(told: ToldEvents, room: RoomRef, kind: str) -> File | None:
    """All of it as a file, where a list shows its beginning alone."""
    if len(told.events) <= SHOWN:
        return None
    headings = ("time", "event", "person", "user_id", "peer_id", "what")
    return spreadsheet(f"{room.shown}-{kind}", "Events of {room}", headings, map(_line, told.events))


def beyond(told: ToldEvents) -> Reply:
    """Say what is not shown: what a file holds, and what 100ms has besides."""
    if told.more:
        return Reply(
            "100ms has more than the {number} in the file; `/hms session report` counts all of them.",
            number=len(told.events),
        )
    if len(told.events) > SHOWN:
        return Reply("The newest {shown} are shown; the file has all.", shown=SHOWN)
    return Reply("")


def counted(told: ToldEvents) -> Counted:
    """How many there are."""
    return Counted(len(told.events), "event", "events")


def who(event: ReportedEvent) -> Name | str:
    """Whom it is about."""
    return Name(event.data.user_name) if event.data.user_name else event.data.user_id or event.data.peer_id


def sent(event: ReportedEvent) -> Any:
    """Which of what they send it is."""
    kind, of_screen = _said(event, "type"), _said(event, "source") == SCREEN
    return SENT.get((kind, of_screen), kind)


def became(event: ReportedEvent) -> Term | str:
    """What became of it."""
    if event.type == "track.update.success":
        return MUTED if _said(event, "mute") == "True" else UNMUTED
    return BECAME.get(event.type, event.type)


def _said(event: ReportedEvent, member: str) -> str:
    """A member that is not of every event, as it came."""
    value = getattr(event.data, member, None)  # pydantic hands on those too that the client does not know
    return "" if value is None else str(value)


def _error(event: ReportedEvent) -> Sequence[str]:
    words = (_said(event, "error_name"), event.data.error_message or _said(event, "error_description"))
    return tuple(filter(None, words))


def _device(event: ReportedEvent) -> str:
    agent = (event.data.model_extra or {}).get("agent")
    held = agent if isinstance(agent, dict) else {}
    return " ".join(str(held[name]) for name in ("os", "os_version", "device_model") if held.get(name))


def _size(event: ReportedEvent) -> Any:
    size = _said(event, "size")
    return Counted(max(round(int(size) / 1_000_000), 1), "MB", "MB") if size.isdecimal() else ""


def _line(event: ReportedEvent) -> tuple[str, ...]:
    """One line of the file."""
    words = event.data.error_message or _said(event, "source") or event.data.recording_path
    at = event.timestamp.isoformat() if event.timestamp else ""
    data = event.data
    return at, event.type, data.user_name, data.user_id, data.peer_id, words
