"""Finds the person in a room whom somebody's words name."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.command.kinds import PersonRef, RoomRef, pointed
from bot.command.matching import Found, called
from bot.command.ports import Names
from bot.errors import UserError
from bot.reply import Code, Mention

_WHO = Code("/hms who")


async def find(ref: PersonRef, room: RoomRef, names: Names) -> Found:
    """Find who may be meant among the people who are in the room now.

    Raises UserError when nobody is, or when a row or a link leads nowhere.
    """
    people = await names.people(room.id)
    if not people:
        raise UserError(
            "Nobody is in {room}: no session is running there. See the other rooms: /hms room list.",
            room=room,
        )
    if pointed(ref.words):
        return await _pointed(ref.words, people, room, names)
    found = called(ref.words, people, holds_text=ref.holds_text)
    if not found.people:
        raise UserError(
            "Nobody called “{words}” is in {room}. See who is there: {who}.",
            words=ref.words,
            room=room,
            who=_WHO,
        )
    return found


def told_apart(people: Sequence[PersonRef]) -> list[str]:
    """A label for each, with the role, and with the id where two would read alike."""
    labels = [f"{someone.said()} · {someone.role}" for someone in people]
    times = Counter(labels)
    return [
        label if times[label] == 1 else f"{label} · {someone.key}"
        for label, someone in zip(labels, people, strict=True)
    ]


async def _pointed(words: str, people: Sequence[PersonRef], room: RoomRef, names: Names) -> Found:
    means = await _meaning(words, names)
    someone = next((someone for someone in people if means(someone)), None)
    if not someone:
        raise UserError(
            "{words} is not in {room} now. See who is there: {who}.", words=words, room=room, who=_WHO
        )
    return Found((someone,))


async def _meaning(words: str, names: Names) -> Callable[[PersonRef], bool]:
    if words.startswith("#"):
        key = await _row(int(words[1:]), names)
        return lambda someone: someone.key == key
    if words.startswith("<@"):
        user = await _linked(words.strip("<@>"), names)
        return lambda someone: someone.user_id == user
    kind, _, id_ = words.partition(":")
    return lambda someone: id_ == (someone.user_id if kind == "user" else someone.peer_id)


async def _row(number: int, names: Names) -> str:
    key = await names.row(number)
    if not key:
        raise UserError(
            "Row {number} is of no list I showed you in the last ten minutes. Look again: {who}.",
            number=number,
            who=_WHO,
        )
    return key


async def _linked(slack_user: str, names: Names) -> str:
    user = await names.linked(slack_user)
    if not user:
        mention = Mention(slack_user, slack_user)
        raise UserError(
            "I do not know who {mention} is in the room. Name them as the room does: {who}.",
            mention=mention,
            who=_WHO,
        )
    return user
