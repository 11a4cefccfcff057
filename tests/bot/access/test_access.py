"""Who may do what: a pure rule that explains itself."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.access import ANYWHERE, Grant, allowed, judge
from bot.people import Actor, Level
from bot.reply import Term

MO = Actor("U0MO", "Mo")
SINCE = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 2, 1, tzinfo=UTC)
EVERYWHERE = Grant("U0MO", Level.MODERATOR, since=SINCE)
IN_YOGA = Grant("U0MO", Level.ADMIN, "yoga", since=LATER)


def test_a_level_includes_those_below_it() -> None:
    assert judge(MO, Level.VIEWER, [EVERYWHERE]).allowed
    assert judge(MO, Level.MODERATOR, [EVERYWHERE]).allowed
    assert not judge(MO, Level.ADMIN, [EVERYWHERE]).allowed


def test_a_level_of_one_room_counts_there_alone() -> None:
    assert judge(MO, Level.ADMIN, [EVERYWHERE, IN_YOGA], "yoga").allowed
    assert not judge(MO, Level.ADMIN, [EVERYWHERE, IN_YOGA], "standup").allowed
    assert judge(MO, Level.ADMIN, [IN_YOGA], ANYWHERE).allowed


def test_since_is_when_the_level_that_counts_began() -> None:
    assert judge(MO, Level.MODERATOR, [EVERYWHERE, IN_YOGA], "yoga").since == SINCE
    assert judge(MO, Level.ADMIN, [EVERYWHERE, IN_YOGA], "yoga").since == LATER


def test_without_a_grant_only_what_everybody_may() -> None:
    assert judge(MO, Level.ANYBODY, []).allowed
    assert "has no level here" in judge(MO, Level.VIEWER, []).about.template


@pytest.mark.parametrize("who", [MO, replace(MO, barred=Term("a guest", "is"))])
@pytest.mark.parametrize("needed", list(Level))
@pytest.mark.parametrize("held", [[], [EVERYWHERE], [IN_YOGA], [EVERYWHERE, IN_YOGA]])
def test_many_rooms_are_judged_at_once_as_each_is_alone(who: Actor, needed: Level, held: list[Grant]) -> None:
    rooms = ("yoga", "standup", "barn")

    alone = {room for room in rooms if judge(who, needed, held, room).allowed}
    assert allowed(who, needed, held, iter(rooms)) == alone


@pytest.mark.parametrize("barred", ["a guest", "from another workspace", "deactivated", "unknown"])
@pytest.mark.parametrize("needed", list(Level))
def test_who_is_barred_may_nothing_whatever_was_granted(barred: str, needed: Level) -> None:
    barred_mo = Actor("U0MO", "Mo", barred=Term(barred, "is"))

    assert not judge(barred_mo, needed, [EVERYWHERE, IN_YOGA], "yoga").allowed
