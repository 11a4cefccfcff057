"""The files that recordings and streams leave: what each is called, until when it exists, a link to it."""

from asyncio import gather
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from bot.command import Context, RoomRef
from bot.errors import UserError
from bot.features.room import finding
from bot.hms import RecordingAsset, first_of
from bot.reply import Button, Counted, Day, Invocation, Link, Phrase, Reply, Row, Term, roughly

OWN_STORAGE = timedelta(days=15)  # so long 100ms keeps what lies with itself
LONGEST_LINK = timedelta(days=7)  # what S3 signs at most
MOST = 500  # files that are looked through: five calls
FEW = 3  # files of single people that are worth a row, or a button, each
MEGABYTE = 1_000_000

SOUND = (".m4a", ".mp3", ".aac", ".ogg", ".wav")
OF_ONE = frozenset({"track", "stream"})  # types of which a session has one for each person, or several
ZIP, PLAYLIST = Term("video (zip)"), Term("playlist (m3u8)")
NOTES = {
    ZIP: Reply("It is a zip archive: unpack it to play what is in it."),
    PLAYLIST: Reply("It is a playlist: it plays only where all that it names can be reached."),
}
# What people mostly come for stands first.
FIRST = ("room-composite", "room-composite-legacy", "room-vod", "stream", "summary", "transcript", "chat")
FIXED = {"chat": Term("chat"), "summary": Term("summary"), "stream": Term("video of one person")}

Label = Term | Phrase | str


@dataclass(frozen=True)
class Storage:
    """Where the files of a room lie: in these ``buckets`` of a customer's, else with 100ms."""

    buckets: frozenset[str] = frozenset()

    def until(self, asset: RecordingAsset) -> datetime | None:
        """Until when a file exists; None for as long as the customer's bucket keeps it."""
        if asset.created_at is None or urlsplit(asset.path).netloc in self.buckets:
            return None
        return asset.created_at + OWN_STORAGE


async def storage(ctx: Context, room: RoomRef) -> Storage:
    """Find out where the files of a room lie, from the room and its template: two calls."""
    found = await ctx.hms.rooms.retrieve(room.id)
    template = await ctx.hms.templates.retrieve(found.template_id)
    of_room = found.recording_info.upload_info if found.recording_info else None
    of_template = template.settings.recording.upload if template.settings.recording else None
    places = [upload.location for upload in (of_room, of_template) if upload]
    return Storage(frozenset(_bucket(place) for place in places if place))


async def of(ctx: Context, room: RoomRef, session: str = "") -> tuple[list[RecordingAsset], Storage]:
    """The newest files of a room, or of one session, and where they lie."""
    return await gather(_walk(ctx, room, session), storage(ctx, room))


async def find(ctx: Context, room: RoomRef, asset: str) -> RecordingAsset:
    """One file of a room; UserError where there is none of this id."""
    return await finding.in_room(ctx.hms.recording_assets.get(asset), room, _unknown(room, asset))


async def fresh_link(ctx: Context, room: RoomRef, asset: str, valid: timedelta) -> Reply:
    """Mint a link to a file, for whoever asks; UserError while there is no such file yet, or none at all."""
    found = await find(ctx, room, asset)
    what = label(found)
    if found.status != "completed":
        raise _not_ready(found, what)
    minted = await ctx.hms.recording_assets.presigned_url(asset, valid=valid)
    said = Reply(
        "{link}: the {what} of {room}. The link works until {until}, for whoever has it.",
        link=Link(Term("Open the file"), minted.url),
        what=what,
        room=room,
        until=ctx.now + timedelta(seconds=minted.expiry or valid.total_seconds()),
    )
    return said + NOTES[what] if isinstance(what, Term) and what in NOTES else said


def label(asset: RecordingAsset) -> Label:
    """What a file is, in a word or two; 100ms's own word for what is new to us."""
    if asset.type in FIXED:
        return Term("sound") if asset.metadata.get("stream_type") == "audio" else FIXED[asset.type]
    match asset.type:
        case "room-composite" | "room-composite-legacy":
            return _film(asset)
        case "room-vod":
            return PLAYLIST if asset.path.endswith(".m3u8") else ZIP
        case "transcript":
            return _transcript(asset)
        case "track":
            return Term("sound track") if asset.metadata.get("track_type") == "audio" else Term("video track")
    return asset.type


def labelled(assets: Iterable[RecordingAsset]) -> list[tuple[RecordingAsset, Label]]:
    """Each file with what it is; where several are the same, with a number."""
    pairs = [(asset, label(asset)) for asset in assets]
    several = {what for what, count in Counter(what for _, what in pairs).items() if count > 1}
    seen: Counter[Label] = Counter()
    numbered: list[tuple[RecordingAsset, Label]] = []
    for asset, what in pairs:
        seen[what] += 1
        called = Phrase("{what} {number}", what=what, number=seen[what]) if what in several else what
        numbered.append((asset, called))
    return numbered


def ordered(assets: Iterable[RecordingAsset]) -> list[RecordingAsset]:
    """Files with what people mostly come for first; of a kind the older one first."""
    ranks = {kind: rank for rank, kind in enumerate(FIRST)}
    return sorted(assets, key=lambda one: (ranks.get(one.type, len(FIRST)), one.id))


def folded(
    assets: Sequence[RecordingAsset],
) -> tuple[list[RecordingAsset], dict[str, list[RecordingAsset]]]:
    """The files to show one by one, and those of single people by session, where they are many."""
    of_one: dict[str, list[RecordingAsset]] = {}
    for asset in assets:
        if asset.type in OF_ONE:
            of_one.setdefault(asset.session_id, []).append(asset)
    many = {session: several for session, several in of_one.items() if len(several) > FEW}
    shown = [asset for asset in assets if asset.type not in OF_ONE or asset.session_id not in many]
    return shown, many


def opens(asset: RecordingAsset, what: Label, room: RoomRef) -> Button:
    """The button that mints a link to a file for whoever presses it."""
    return Button(Reply("Fresh link: {what}", what=what), Invocation("asset link", asset=asset.id, room=room))


def row(asset: RecordingAsset, what: Label, room: RoomRef, store: Storage) -> Row:
    """One of several files: what it is, how long, how large, from when and until when."""
    said = sum(_facts(asset, store), start=Reply("{what}", what=what))
    return Row(said, (opens(asset, what, room),) if asset.status == "completed" else ())


def folded_row(session: str, several: Sequence[RecordingAsset], room: RoomRef) -> Row:
    """Many files of single people in one row."""
    at = next((one.created_at for one in several if one.created_at), None)
    said = Reply("{files} of single people", files=Counted(len(several), "file", "files"))
    return Row(said + Reply("· {at}", at=at) if at else said, (every(session, len(several), room),))


def every(session: str, number: int, room: RoomRef) -> Button:
    """The button that lists each file of a session."""
    words = Reply("All {files}", files=Counted(number, "file", "files"))
    return Button(words, Invocation("asset list", room=room, session=session, every=True))


def kept(assets: Iterable[RecordingAsset], store: Storage) -> Reply:
    """Until when files exist, that of the first to go; said once for all of them."""
    ends = [store.until(asset) for asset in assets]
    limited = [end for end in ends if end]
    if not limited:
        return Reply("They exist as long as your bucket keeps them.")
    return Reply("100ms keeps them until {until}.", until=Day(min(limited)))


def _facts(asset: RecordingAsset, store: Storage) -> Iterator[Reply]:
    if asset.duration:
        yield Reply("· {span}", span=roughly(timedelta(seconds=asset.duration)))
    if asset.size:
        yield Reply("· {size}", size=_size(asset.size))
    if asset.created_at:
        yield Reply("· {at}", at=asset.created_at)
    if asset.status == "processing":
        yield Reply("· is still being made")
    if asset.status == "failed":
        yield Reply("· could not be made")
    if asset.status == "completed":
        yield _exists(store.until(asset))


def _exists(until: datetime | None) -> Reply:
    if until is None:
        return Reply("· exists as long as your bucket keeps it")
    return Reply("· exists until {until}", until=Day(until))


def _film(asset: RecordingAsset) -> Label:
    if asset.path.endswith(SOUND):
        return Term("sound")
    layer = asset.metadata.get("layer")
    return Phrase("video, layer {layer}", layer=str(layer)) if layer is not None else Term("video")


def _transcript(asset: RecordingAsset) -> Label:
    mode = asset.metadata.get("output_mode")
    return Phrase("transcript ({mode})", mode=str(mode)) if mode else Term("transcript")


def _size(size: int) -> Counted:
    if size < MEGABYTE:
        return Counted(max(round(size / 1000), 1), "KB", "KB")
    return Counted(round(size / MEGABYTE), "MB", "MB")


def _bucket(location: str) -> str:
    """The bucket of a location, which may go on with a folder or begin with what kind of store it is."""
    return location.rpartition("://")[2].partition("/")[0]


async def _walk(ctx: Context, room: RoomRef, session: str) -> list[RecordingAsset]:
    which: dict[str, Any] = {"session_id": session} if session else {}
    found, _ = await first_of(ctx.hms.recording_assets.each(room_id=room.id, **which), MOST)
    return found


def _unknown(room: RoomRef, asset: str) -> UserError:
    return UserError(
        "{room} has no file {asset}. See which it has: `/hms asset list`.", room=room, asset=asset
    ).at("asset")


def _not_ready(asset: RecordingAsset, what: Label) -> UserError:
    if asset.status == "processing":
        return UserError("The {what} is still being made. Ask again in some minutes.", what=what)
    return UserError(
        "The {what} could not be made, says 100ms, so there is no link. See the others: `/hms asset list`.",
        what=what,
    )
