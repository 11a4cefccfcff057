"""Who reads about a room without having asked, and what they read of a job that broke."""

from bot.command import Context, RoomRef
from bot.command.reaction import ReactionContext
from bot.features.room.book import RoomBook
from bot.reply import Place, Reply, Term

CAUSES = {
    "INTERNAL_ERROR": Term("something broke at 100ms"),
    "MAX_RETRIES_REACHED": Term("its recorder could not open the link of the room"),
    "UPLOAD_ERROR": Term("its files could not be stored where they were to go"),
    "BEAM_STOPPED": Term("it was stopped before it had begun"),
    "CLOUD_ACCESS_ERROR": Term("its files could not be stored where they were to go"),
    "CONFIG_ERROR": Term("how recordings are set up in its template is wrong"),
}


async def readers(ctx: Context, room: RoomRef) -> tuple[RoomRef, tuple[str, ...]]:
    """A room as its channels know it, and those who read about it: its channels, else who asked."""
    bound = await ctx[RoomBook].bindings(room.id)
    if bound:
        return bound[0].room, tuple(binding.channel for binding in bound)
    asked = ctx.cause.places or ((ctx.cause.by.user,) if ctx.cause.by.user else ())
    return room, tuple(asked)


async def tell(ctx: ReactionContext, room: RoomRef, key: str, said: Reply) -> None:
    """Let those who read about a room read this; the same ``key`` again edits it."""
    _, places = await readers(ctx, room)
    async with ctx.transaction() as tx:
        for place in places:
            await ctx.show(tx, key, Place(place), said)
