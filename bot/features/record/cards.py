"""A recording as people read it."""

from collections.abc import Iterable

from bot.command import RoomRef
from bot.features.room import beams, meeting
from bot.features.room.pausing import Paused
from bot.hms import Recording, RecordingParameters, Resolution
from bot.people import Level
from bot.reply import Button, Counted, Invocation, Phrase, Reply, Row, Table, Term

PLANNED = {
    "room-composite": Term("video"),
    "chat": Term("chat"),
    "transcript": Term("transcript"),
    "summary": Term("summary"),
}


def row(recording: Recording, room: RoomRef) -> Row:
    """One of several recordings, with what shows it whole."""
    return Row(beams.line(recording), (_shows(recording, room),))


def table(recordings: Iterable[Recording]) -> Table:
    """Many recordings, to be sorted."""
    rows = tuple((*beams.cells(one), one.id) for one in recordings)
    return Table(("Began", "Lasted", "State", "Recording"), rows, caption="Recordings of {room}")


def known(recording: Recording, paused: Paused | None) -> Recording:
    """A recording as it stands in a list: 100ms does not say that it is ``paused``."""
    return recording.model_copy(update={"status": "paused"}) if paused else recording


def said(recording: Recording, room: RoomRef, paused: Paused | None = None) -> Reply:
    """One recording: how it stands, when it was, how long, and what it is to leave."""
    head = Reply("A recording of {room} {state}.", room=room, state=beams.state(known(recording, paused)))
    if paused:
        head += Reply("{by} paused it {at}: nothing is kept until it is resumed.", by=paused.by, at=paused.at)
    head += beams.ran(recording)
    planned = tuple(PLANNED.get(kind, kind) for kind in recording.asset_types)
    if planned and not recording.recording_assets and recording.status != "failed":
        head += Reply("It leaves {planned}.", planned=planned)
    return head


def acts_on(recording: Recording, room: RoomRef, paused: Paused | None = None) -> dict[Level, list[Button]]:
    """What somebody of a level may do about a recording as it is."""
    if not recording.is_running:
        return {}
    pause = Button("Pause", Invocation("record pause", room=room))
    resume = Button("Resume", Invocation("record resume", room=room))
    stop = Button("Stop…", Invocation("record stop", room=room, recording=recording.id))
    return {Level.MODERATOR: [resume if paused else pause, stop]}


def how(parameters: RecordingParameters) -> Table:
    """What a recording was started with; of its link nothing that could let anybody in."""
    picture, writes = parameters.resolution, parameters.transcription
    link = meeting.shown(parameters.meeting_url.get_secret_value())
    rows = (
        (Term("Picture"), _size(picture) if picture else Term("not said")),
        (Term("Sound only"), Term("yes") if parameters.audio_only else Term("no")),
        (Term("Transcript"), Term("yes") if writes and writes.enabled else Term("no")),
        (Term("Destination in the template"), parameters.destination or Term("not said")),
        (Term("Link of the recorder"), link or Term("not said")),
    )
    return Table(("What", "How"), rows)


def _size(picture: Resolution) -> Phrase:
    return Phrase("{width} x {height}", width=picture.width, height=picture.height)


def _shows(recording: Recording, room: RoomRef) -> Button:
    return Button("Show", Invocation("record show", recording=recording.id, room=room))


def counted(number: int) -> Counted:
    """So many recordings."""
    return Counted(number, "recording", "recordings")
