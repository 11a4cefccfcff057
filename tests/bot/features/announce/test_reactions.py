"""When an announcement comes next: pure, from what its row holds."""

from datetime import timedelta

import pytest

from bot.command import Cadence, RoomRef
from bot.features.announce.reactions import LATEST, Announcing, next_time
from tests.bot.features.schedule.words import at

BEGAN = at("2026-11-28 09:07")


def payload(words: str) -> dict[str, object]:
    """What is stored of an announcement."""
    cadence, room = Cadence.parse(words, "Europe/Rome"), RoomRef(id="r1", name="standup")
    asked = Announcing(number=1, room=room, session="s1", text="Stretch", cadence=cadence, since=BEGAN)
    return asked.model_dump(mode="json")


@pytest.mark.parametrize(
    ("words", "after", "following"),
    [
        ("15m", "2026-11-28 09:07", "2026-11-28 09:22"),
        ("15m", "2026-11-28 09:23", "2026-11-28 09:37"),  # in step with its beginning, however late we are
        ("15m", "2026-12-05 09:08", "2026-12-05 09:22"),  # after a week off: none of those between
        ("daily 12:00", "2026-11-28 09:07", "2026-11-28 11:00"),
        ("daily 12:00", "2026-11-28 11:00", "2026-11-29 11:00"),
    ],
)
def test_what_comes_next(words: str, after: str, following: str) -> None:
    assert next_time(payload(words), at(after)) == at(following)


def test_up_to_a_minute_late_it_is_still_said() -> None:
    assert not Announcing.on.is_missed(LATEST)
    assert Announcing.on.is_missed(LATEST + timedelta(seconds=1))
