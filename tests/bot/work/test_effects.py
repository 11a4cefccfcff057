"""What may happen only once happens once, or somebody is told."""

from datetime import datetime, timedelta

import pytest

from bot.hms.errors import Conflict, TooManyRequests, Unavailable, Unknown
from bot.store import Database
from bot.work import Later
from bot.work.effects import Effects, EffectUnknown


class Killed(BaseException):
    """The process ends here: nobody catches it, nothing is cleaned up."""


class Doorbell:
    """Something that must ring once; ``ends`` says what happens after it rang, each time."""

    def __init__(self, *ends: BaseException) -> None:
        self.rung = 0
        self._ends = list(ends)

    async def ring(self) -> dict[str, int]:
        self.rung += 1
        if self._ends:
            raise self._ends.pop(0)
        return {"rung": self.rung}


@pytest.fixture
def effects(database: Database, clock) -> Effects:
    return Effects(database, clock)


async def answers(value: bool | None) -> bool | None:  # noqa: FBT001 - what a read_back answers
    return value


async def test_it_happens_once_and_its_result_is_kept(effects: Effects) -> None:
    bell = Doorbell()
    assert await effects.once("request 12, end", bell.ring) == {"rung": 1}
    assert await effects.once("request 12, end", bell.ring) == {"rung": 1}
    assert await effects.once("request 13, end", bell.ring) == {"rung": 2}


async def test_what_was_put_off_may_be_tried_again(effects: Effects) -> None:
    bell = Doorbell(TooManyRequests("recordings.start", "slow down", status=429))
    with pytest.raises(TooManyRequests):
        await effects.once("start", bell.ring)
    assert await effects.once("start", bell.ring) == {"rung": 2}


async def test_what_was_rejected_is_not_asked_again_and_says_the_same(effects: Effects) -> None:
    bell = Doorbell(
        Conflict("recordings.start", "beam already started", details=("room is busy",), status=409)
    )
    for _ in range(3):
        with pytest.raises(Conflict, match=r"beam already started; room is busy \(409\)"):
            await effects.once("start", bell.ring)
    assert bell.rung == 1


async def test_the_caller_may_say_which_errors_mean_that_nothing_happened(effects: Effects, clock) -> None:
    bell = Doorbell(PermissionError(), TimeoutError())
    for error in (PermissionError, TimeoutError):
        with pytest.raises(error):
            await effects.once("ring", bell.ring, nothing_happened=(PermissionError,))
    clock.move(seconds=5)
    with pytest.raises(EffectUnknown):  # after a TimeoutError it may have rung
        await effects.once("ring", bell.ring, nothing_happened=(PermissionError,))
    assert bell.rung == 2


async def test_a_lost_answer_is_unknown_and_never_repeated(effects: Effects) -> None:
    bell = Doorbell(Unknown("active_rooms.end_room", "no answer"))
    for _ in range(3):
        with pytest.raises(EffectUnknown, match="nobody knows whether request 12, end happened"):
            await effects.once("request 12, end", bell.ring)
    assert bell.rung == 1


async def test_a_lost_answer_is_done_where_it_can_be_seen(effects: Effects) -> None:
    bell = Doorbell(Unknown("active_rooms.end_room", "no answer"))
    assert await effects.once("end", bell.ring, read_back=lambda: answers(True)) is None
    assert await effects.once("end", bell.ring) is None
    assert bell.rung == 1


@pytest.mark.parametrize("seen", [False, None])
async def test_not_seen_yet_is_no_proof_that_it_will_not_happen(effects: Effects, seen: bool | None) -> None:  # noqa: FBT001 - what a read_back answers
    bell = Doorbell(Unknown("active_rooms.end_room", "no answer"))
    with pytest.raises(EffectUnknown):
        await effects.once("end", bell.ring, read_back=lambda: answers(seen))
    assert bell.rung == 1


async def cut_off(effects: Effects, clock) -> Doorbell:
    """Let the process die after the bell rang and before that is written down; a while ago."""
    bell = Doorbell(Killed())
    with pytest.raises(Killed):
        await effects.once("ring", bell.ring)
    clock.move(seconds=5)
    return bell


async def test_cut_off_and_seen_to_have_happened_it_is_done(effects: Effects, clock) -> None:
    bell = await cut_off(effects, clock)
    assert await effects.once("ring", bell.ring, read_back=lambda: answers(True)) is None
    assert bell.rung == 1


async def test_cut_off_and_seen_not_to_have_happened_it_is_done_now(effects: Effects, clock) -> None:
    bell = await cut_off(effects, clock)
    assert await effects.once("ring", bell.ring, read_back=lambda: answers(False)) == {"rung": 2}


async def test_cut_off_and_not_to_be_seen_it_is_unknown(effects: Effects, clock) -> None:
    bell = await cut_off(effects, clock)
    for read_back in (None, lambda: answers(None), lambda: answers(True)):
        with pytest.raises(EffectUnknown):  # for good: the first look decided
            await effects.once("ring", bell.ring, read_back=read_back)
    assert bell.rung == 1


async def test_when_looking_fails_the_next_try_looks_again(effects: Effects, clock) -> None:
    bell = await cut_off(effects, clock)

    async def fails() -> bool:
        raise Unavailable("rooms.retrieve", "no answer")

    with pytest.raises(Unavailable):
        await effects.once("ring", bell.ring, read_back=fails)
    assert await effects.once("ring", bell.ring, read_back=lambda: answers(True)) is None
    assert bell.rung == 1


class Frozen:
    """A clock on which five seconds pass whenever somebody looks away."""

    def __init__(self, clock) -> None:
        self._clock = clock

    def __call__(self) -> datetime:
        self._clock.move(seconds=5)
        return self._clock()


async def test_frozen_on_the_way_it_gives_the_effect_back_before_the_call(
    database: Database, effects: Effects, clock
) -> None:
    bell, frozen = Doorbell(), Effects(database, Frozen(clock))
    for _ in range(2):
        with pytest.raises(Later):
            await frozen.once("ring", bell.ring)
    assert bell.rung == 0
    assert await effects.once("ring", bell.ring) == {"rung": 1}


@pytest.mark.postgres
async def test_what_another_process_began_a_moment_ago_may_be_on_its_way_and_is_left_alone(
    postgres_url: str, clock
) -> None:
    """One that was frozen before it began finds what the one that took its job over has just begun."""
    database = await Database.open(postgres_url)
    bell, theirs, thawed = Doorbell(), Effects(database, clock), Effects(database, clock)

    async def ring() -> dict[str, int]:
        with pytest.raises(Later):
            await thawed.once("ring", bell.ring, read_back=lambda: answers(False))
        return await bell.ring()

    assert await theirs.once("ring", ring) == {"rung": 1}
    assert await thawed.once("ring", bell.ring) == {"rung": 1}
    await database.close()


async def test_of_two_that_find_it_cut_off_one_takes_it(effects: Effects, clock) -> None:
    bell = await cut_off(effects, clock)

    async def another_is_faster() -> bool:
        clock.move(seconds=5)
        await effects.once("ring", bell.ring, read_back=lambda: answers(False))
        return False

    with pytest.raises(Later):
        await effects.once("ring", bell.ring, read_back=another_is_faster)
    assert await effects.once("ring", bell.ring) == {"rung": 2}


async def test_old_effects_are_forgotten(database: Database, effects: Effects, clock) -> None:
    bell = Doorbell()
    await effects.once("old", bell.ring)
    clock.move(days=2)
    await effects.once("young", bell.ring)
    async with database.write() as tx:
        await effects.prune(tx, clock() - timedelta(days=1))
    await effects.once("young", bell.ring)
    assert bell.rung == 2
    await effects.once("old", bell.ring)
    assert bell.rung == 3
