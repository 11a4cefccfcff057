"""How a bot of 100ms comes into a room to record or to stream it: by which link, and set up how."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.command import Ambiguous, Context, RoomRef
from bot.errors import UserError
from bot.features.room.book import RoomBook
from bot.hms import Forbidden, Invalid
from bot.reply import Button, Invocation

ROOM_ID = "{room_id}"  # stands for the id of the room, in a link that is kept for it
OPENS = "auth_token"  # by 100ms's own name: who has it comes in as whoever it was made for


@dataclass(frozen=True)
class Order:
    """How somebody wants a room recorded or streamed; what is empty the room says, else 100ms."""

    link: str = ""
    destination: str = ""


async def completed(ctx: Context, room: RoomRef, order: Order) -> Order:
    """The order with what the room says where it says nothing."""
    kept = await ctx[RoomBook].defaults(room.id)
    link = order.link or kept.meeting
    return Order(filled(link, room), order.destination or kept.template_destination)


async def barred(ctx: Context, room: RoomRef, error: Forbidden) -> Exception:
    """Why 100ms sends nobody in: mostly that the room is locked."""
    if (await ctx.hms.rooms.retrieve(room.id)).enabled:
        return error
    return UserError(
        "100ms neither records nor streams a locked room. Open {room} first: `/hms room unlock`.", room=room
    )


def no_way_in(room: RoomRef, error: Invalid, again: Invocation) -> UserError:
    """100ms does not say what was wrong: mostly that a template made over its API has no address."""
    opens = Button("Enter the link…", again, form=True)
    wrong = Ambiguous(
        "100ms could not send its recorder to {room}: {words}. Either its template has no address of its "
        "own, then it needs a link (100ms's dashboard shows one a role: add ?skip_preview=true to it), or "
        "the template has no destination of that name. An admin can keep both: `/hms room defaults`.",
        room=room,
        words=error.words,
    )
    return wrong.offering([opens])


def check(link: str, field: str) -> None:
    """Raise UserError for what is no link, and for one that would let in whoever reads it here."""
    parts = urlsplit(link)
    if parts.scheme != "https" or not parts.hostname:
        raise UserError(
            "“{link}” is no link. It begins with https:// and opens the room without asking for a name.",
            link=link,
        ).at(field)
    if OPENS in parse_qs(parts.query, keep_blank_values=True):
        raise UserError(
            "This link holds a token that lets in whoever has it, and what is typed here is written down. "
            "Give one without `auth_token`."
        ).at(field)


def filled(link: str, room: RoomRef) -> str:
    """The link into one room."""
    return link.replace(ROOM_ID, room.id)


def shown(link: str) -> str:
    """A link as others may read it: without what comes behind the question mark, which may let anybody in."""
    return urlsplit(link)._replace(query="", fragment="").geturl()
