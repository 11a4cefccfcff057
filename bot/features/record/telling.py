"""What channels read of recordings without having asked."""

from collections.abc import Sequence

from bot.command import RoomRef
from bot.features.record import files
from bot.features.record.files import Storage
from bot.features.room import outages
from bot.hms import RecordingAsset
from bot.reply import Button, Counted, Invocation, Reply

LINKS = 8  # files with a button of their own


def arrived(room: RoomRef, session: str, found: Sequence[RecordingAsset], store: Storage) -> Reply:
    """That the files of a session are there, each on a button; what is still to come is said."""
    ready = [one for one in found if one.status == "completed"]
    shown, _ = files.folded(files.ordered(ready))
    buttons = [files.opens(asset, what, room) for asset, what in files.labelled(shown[:LINKS])]
    if len(buttons) < len(found):
        buttons.append(files.every(session, len(found), room))
    there = Counted(len(ready), "file", "files")
    said = Reply("A session in {room} was recorded: {files}.", room=room, files=there, buttons=buttons)
    return said + files.kept(ready, store) + _not_there(found)


def failed(room: RoomRef, why: str, *, live: bool) -> Reply:
    """That a recording broke, and why; with what starts another one where a session still runs."""
    buttons = [starts(room)] if live else []
    known = outages.CAUSES.get(why)
    if known is None:
        return Reply("The recording of {room} broke.", room=room, buttons=buttons)
    return Reply("The recording of {room} broke: {why}.", room=room, why=known, buttons=buttons)


def stuck_at_start(room: RoomRef, buttons: Sequence[Button]) -> Reply:
    """That a recording was taken on and does not begin."""
    return Reply(
        "The recording of {room} was started and does not begin: nothing is recorded yet.",
        room=room,
        buttons=buttons,
    )


def stuck_at_end(room: RoomRef) -> Reply:
    """That a recording has ended and its files do not come."""
    return Reply("The recording of {room} has ended, and its files are late: 100ms is not done.", room=room)


def begun(room: RoomRef) -> Reply:
    """That a recording which did not begin has begun."""
    return Reply("{room} is recorded now.", room=room)


def done(room: RoomRef) -> Reply:
    """That files which were late have come."""
    return Reply("The files of the recording of {room} have come.", room=room)


def ended(room: RoomRef) -> Reply:
    """That a recording is over, where it was offered to stop it."""
    return Reply("The recording of {room} has ended.", room=room)


def missing(room: RoomRef, wait: object) -> Reply:
    """That a session must be recorded and is not."""
    return Reply(
        "Nobody records {room}, where each session is to be recorded. This one has run for {wait}.",
        room=room,
        wait=wait,
        buttons=[starts(room)],
    )


def ended_unrecorded(room: RoomRef) -> Reply:
    """That a session which had to be recorded is over and was not."""
    return Reply("A session in {room} ended that was to be recorded and was not.", room=room)


def starts(room: RoomRef) -> Button:
    """The button that starts a recording; it goes once one was started."""
    return Button("Start recording", Invocation("record start", room=room), once=True)


def stops(room: RoomRef, recording: str) -> Button:
    """The button that stops one recording."""
    return Button("Stop recording", Invocation("record stop", room=room, recording=recording))


def _not_there(found: Sequence[RecordingAsset]) -> Reply:
    coming = tuple(files.label(one) for one in found if one.status == "processing")
    broken = tuple(files.label(one) for one in found if one.status == "failed")
    said = Reply("Still being made: {what}.", what=coming) if coming else Reply("")
    return said + Reply("Could not be made: {what}.", what=broken) if broken else said
