from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Option, RoomRef
from bot.features.record import files
from bot.features.room import beams
from bot.hms import RecordingAsset
from bot.reply import Button, Counted, Invocation, Reply, Row, on_page

SHOWN = 20


class AssetList(Command):
    """See the files of recordings and streams, the newest first, each with a link made for you."""

    level = Level.VIEWER
    reads = True
    verb = "list files"
    examples = ("asset list", "asset list standup --session 6501a9f0b2d4e5f60123000f --all")

    room: RoomRef
    session: Annotated[str, Field(description="Only the files of this session, by its id")] = ""
    every: Annotated[
        bool, Option("all"), Field(description="Each file of single people too, however many")
    ] = False
    page: Annotated[int, Field(description="Which twenty of them, counted from 1")] = 1

    async def run(self, ctx: Context) -> Reply:
        found, store = await files.of(ctx, self.room, self.session)
        if not found:
            return Reply(
                "{room} has no files. They come some minutes after a recording has ended: "
                "`/hms record list`.",
                room=self.room,
            )
        rows = self._rows(found, store)
        shown = on_page(self.page, SHOWN, len(rows))
        more = [self._next()] if shown.stop < len(rows) else []
        return (self._head(found) + Reply("", buttons=more)).with_rows(rows[shown])

    def _rows(self, found: Sequence[RecordingAsset], store: files.Storage) -> list[Row]:
        shown, many = (list(found), {}) if self.every else files.folded(found)
        single = [files.row(asset, what, self.room, store) for asset, what in files.labelled(shown)]
        return [*single, *(files.folded_row(session, some, self.room) for session, some in many.items())]

    def _head(self, found: Sequence[RecordingAsset]) -> Reply:
        if len(found) == files.MOST:
            newest = Counted(files.MOST, "newest file", "newest files")
            return Reply("The {newest} of {room}.", newest=newest, room=self.room) + beams.OLDER
        return Reply("{files} of {room}.", files=Counted(len(found), "file", "files"), room=self.room)

    def _next(self) -> Button:
        following = self.model_copy(update={"page": self.page + 1})
        return Button("More files", Invocation("asset list", **dict(following)))
