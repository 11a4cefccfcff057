from datetime import timedelta

import pytest

from bot.hms import Invalid, NotFound


async def test_a_session_knows_everybody_who_took_part(hms, world, clock) -> None:
    room = world.add_room("standup", live=True)
    gus = room.join("Gus")
    clock.now += timedelta(minutes=5)
    room.leave(gus)

    session = await hms.sessions.retrieve(room.session.id)

    assert (session.room_id, session.active) == (room.id, True)
    assert [peer.name for peer in session.peers.values()] == ["Hana", "Gus"]
    assert session.peers[gus.id].left_at - session.peers[gus.id].joined_at == timedelta(minutes=5)


async def test_a_session_that_never_was_is_not_found(hms) -> None:
    with pytest.raises(NotFound, match="session not found"):
        await hms.sessions.retrieve("0" * 24)


async def test_sessions_are_listed_newest_first_and_narrowed(hms, world, clock) -> None:
    early = world.add_room("early", live=True)
    first = early.session.id
    early.end()
    clock.now += timedelta(hours=1)
    second = world.add_room("late", live=True).session.id

    async def ids(**which: object) -> list[str]:
        return [session.id for session in (await hms.sessions.list(**which)).data]

    assert await ids() == [second, first]
    assert await ids(active=False) == [first]
    assert await ids(room_id=early.id) == [first]
    assert await ids(after=clock()) == [second]
    assert await ids(before=clock() - timedelta(minutes=1)) == [first]
    assert [session.id async for session in hms.sessions.each(active=True)] == [second]


async def test_a_limit_out_of_range_is_invalid(hms) -> None:
    with pytest.raises(Invalid):
        await hms.sessions.list(limit=5)
