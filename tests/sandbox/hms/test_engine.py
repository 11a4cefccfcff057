import re
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.hms.emulator import OPERATIONS
from sandbox.hms.state.world import World
from sandbox.hms.wire import stamp


def test_two_runs_look_alike(api, clock, world):
    def run(world: World) -> list[str]:
        room = world.add_room("standup", live=True)
        gus = room.join("Gus")
        return [room.id, room.session.id, gus.id, *gus.tracks]

    assert run(world) == run(World(clock))


def test_ids_look_as_the_reference_says_and_rise(world, later):
    first, second = world.add_room("a"), world.add_room("b")
    assert re.fullmatch(r"[0-9a-f]{24}", first.id)
    assert int(first.id[:8], 16) == later().timestamp()
    assert first.id < second.id
    assert re.fullmatch(
        r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", first.join("Gus").id
    )


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        ((2026, 3, 2, 9, 0, 0), "2026-03-02T09:00:00Z"),
        ((2026, 3, 2, 9, 0, 0, 120000), "2026-03-02T09:00:00.12Z"),
        ((2026, 3, 2, 9, 0, 1), "2026-03-02T09:00:01.0000001Z"),
        ((2026, 3, 2, 9, 0, 2), "2026-03-02T09:00:02.00000043Z"),
        ((2026, 3, 2, 9, 0, 3, 5), "2026-03-02T09:00:03.000005417Z"),
    ],
)
def test_timestamps_have_none_to_nine_digits_and_keep_their_microseconds(moment, text):
    assert stamp(datetime(*moment, tzinfo=UTC)) == text


def test_what_is_due_happens_at_its_own_moment_and_in_order(world, later):
    seen = []
    world.engine.after(timedelta(seconds=5), lambda: seen.append(("five", world.now())))
    world.engine.after(timedelta(seconds=2), lambda: seen.append(("two", world.now())))

    world.advance(60)
    assert seen == [("two", later(seconds=2)), ("five", later(seconds=5))]
    assert world.now() == later(seconds=60)


def test_what_is_due_also_happens_when_the_machines_clock_moves(world, clock):
    seen = []
    world.engine.after(timedelta(seconds=2), lambda: seen.append("done"))
    world.tick()
    assert seen == []
    clock.now += timedelta(seconds=2)
    world.tick()
    assert seen == ["done"]


async def test_a_listener_hears_the_latest_revision(world):
    news = world.subscribe()
    room = world.add_room("standup", live=True)
    room.join("Gus")
    assert await news.get() == world.revision
    assert news.empty()

    world.unsubscribe(news)
    room.join("Ivy")
    assert news.empty()


def test_reset_begins_anew_with_what_the_world_is_furnished_with(clock):
    world = World(clock, furnish=lambda world: world.add_room("standup", live=True))
    first = next(iter(world.rooms.values()))
    first.join("Gus")
    world.advance(60)
    world.fault("/v2")

    world.reset()
    again = next(iter(world.rooms.values()))
    assert [peer.name for peer in again.peers] == ["Hana"]
    assert world.now() == clock()
    assert world.take_fault("GET", "/v2/rooms") is None


def test_after_a_reset_rooms_have_their_ids_again_and_nothing_else_has(clock):
    world = World(clock, furnish=lambda world: world.add_room("standup", live=True))

    def seen() -> tuple[set[str], set[str]]:
        (room,) = world.rooms.values()
        events = {event.id for event in world.journal.events}
        return {room.id, room.template.id}, events | {room.session.id, room.peers[0].id}

    lasting, passing = seen()
    clock.now += timedelta(hours=1)
    world.reset()
    assert seen()[0] == lasting
    assert seen()[1] & passing == set()


def test_a_name_that_was_given_up_makes_another_room(world):
    old = world.add_room("standup")
    world.rename(old, "retro")
    assert world.add_room("standup").id != old.id
    assert len(world.rooms) == 2


def test_a_host_waits_in_a_live_room(world):
    room = world.add_room("standup", live=True)
    assert [(peer.name, peer.role) for peer in room.peers] == [("Hana", "host")]
    assert world.add_room("lobby").session is None


def test_every_operation_is_declared_once():
    names = [operation.id for operation in OPERATIONS]
    assert len(names) == len(set(names))
