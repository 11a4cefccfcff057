"""When one command, once done, leaves nothing of another to do."""

import pytest

from bot.command import Command, Duration, PersonRef, RoomRef
from commands.end_room import EndRoom
from commands.remove import Remove

STANDUP = RoomRef(words="standup", id="r1", name="standup")
HERE = RoomRef(id="r1", name="standup")
YOGA = RoomRef(words="yoga", id="r2", name="yoga")
GUS = PersonRef(words="Gus", peer_id="p1", user_id="u1", name="Gus")
BACK = PersonRef(words="gus", peer_id="p9", user_id="u1", name="Gus")
IVY = PersonRef(words="Ivy", peer_id="p2", user_id="u2", name="Ivy")
SOON = Duration(minutes=5)


@pytest.mark.parametrize(
    ("done", "other", "covers"),
    [
        (Remove(person=GUS, room=STANDUP, reason="spam"), Remove(person=BACK, room=HERE, reason="x"), True),
        (
            Remove(person=IVY, room=STANDUP, reason="spam"),
            Remove(person=GUS, room=HERE, reason="spam"),
            False,
        ),
        (Remove(person=GUS, room=YOGA, reason="spam"), Remove(person=GUS, room=HERE, reason="spam"), False),
        (EndRoom(room=STANDUP, lock=True), EndRoom(room=HERE), True),
        (EndRoom(room=STANDUP), EndRoom(room=HERE, after=SOON), True),
        (EndRoom(room=YOGA), EndRoom(room=HERE), False),
        (EndRoom(room=STANDUP, after=SOON), EndRoom(room=HERE, after=SOON), False),
        (EndRoom(room=STANDUP, cancel=True), EndRoom(room=HERE), False),
        (EndRoom(room=STANDUP), Remove(person=GUS, room=STANDUP, reason="spam"), True),  # nobody is there
        (EndRoom(room=STANDUP, after=SOON), Remove(person=GUS, room=STANDUP, reason="spam"), False),
    ],
)
def test_it_covers_what_asks_for_the_same_of_the_same(done: Command, other: Command, covers: bool) -> None:  # noqa: FBT001 -- a row of the table
    assert done.covers(other) is covers
