"""The link by which a bot of 100ms comes into a room to record or to stream it."""

from urllib.parse import parse_qs, urlsplit

from bot.command import RoomRef
from bot.errors import UserError

ROOM_ID = "{room_id}"  # stands for the id of the room, in a link that is kept for it
OPENS = "auth_token"  # by 100ms's own name: who has it comes in as whoever it was made for


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
