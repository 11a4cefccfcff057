"""What the clock and 100ms bring: late, again, forgotten, half done, from another release.

Long because there is a test for each promise of that road.
"""

from collections.abc import AsyncIterator, Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.command import RoomRef
from bot.command.reaction import Reaction, ReactionContext, Reactions
from bot.dispatch import reactions
from bot.request.book import RequestBook
from bot.work import Job, Moment, Timer
from bot.work.arrivals import Arrival
from bot.work.effects import effects
from bot.work.embedded import jobs
from bot.work.inbox import Inbox
from bot.work.timers import timers
from sandbox.hms.state.room.room import Room
from tests.bot.dispatch.announcing import (
    KNOWN,
    Announcement,
    Chronicle,
    DailyAnnouncement,
    Greeting,
    SeenEnd,
    announcing,
    cause,
    logs,
    plan,
    timer,
)
from tests.chat import Chat, words

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEND = "active_rooms.send_message"


pytestmark = pytest.mark.usefixtures("logs")


@pytest.fixture
async def chat(sqlite_url: str) -> AsyncIterator[Chat]:
    async with announcing(sqlite_url) as chat:
        yield chat


@pytest.fixture
async def standup(chat: Chat) -> Room:
    room = chat.world.add_room("standup", live=True)
    await chat.binds("classes", room)
    return room


async def sleeps(chat: Chat, span: str) -> None:
    """The bot is stopped while time goes by."""
    await chat.stops()
    chat.clock.now += chat.span(span) - timedelta(seconds=1)
    await chat.starts()
    await chat.passes("1s")


def classes(chat: Chat) -> list[str]:
    return chat.channel("classes")


__all__ = ["logs"]

# Late.


async def test_a_moment_three_hours_late_that_was_to_be_skipped_is_skipped_and_said_once(
    chat: Chat, standup: Room
) -> None:
    await plan(chat, timer(Announcement, standup, HOUR))

    await sleeps(chat, "4h")
    await sleeps(chat, "1m")

    assert chat.calls(SEND) == []
    assert classes(chat) == [
        "What Mo asked for in request 7 was due 2 Mar 10:00 UTC. That was 3h ago, so it is left out."
    ]


async def test_a_skipped_moment_that_is_brought_twice_is_said_once(chat: Chat, standup: Room) -> None:
    planned = timer(Announcement, standup, HOUR)
    for _ in range(2):  # killed between the post and the end of its job, it is run again
        await plan(chat, planned)
        await sleeps(chat, "4h")

    assert chat.calls(SEND) == []
    assert len([said for said in classes(chat) if "left out" in said]) == 1


async def test_a_moment_that_was_taken_in_time_and_lay_for_three_hours_is_too_late_too(
    chat: Chat, standup: Room
) -> None:
    await plan(chat, timer(Announcement, standup, HOUR))
    await chat.bot.work.drain(1)
    chat.clock.now += HOUR
    await chat.bot.timers.wake()  # taken, and the process dies before the job is begun

    await sleeps(chat, "3h")

    assert chat.calls(SEND) == []
    assert "That was 2h 59m ago, so it is left out." in classes(chat)[-1]


async def test_what_nobody_asked_for_and_came_too_late_is_said_to_the_admins(
    chat: Chat, standup: Room
) -> None:
    planned = timer(Announcement, standup, HOUR)
    await plan(chat, Timer(planned.kind, planned.subject, planned.fire_at, planned.payload))

    await sleeps(chat, "4h")

    assert chat.calls(SEND) == []
    assert "What was due 2 Mar 10:00 UTC is left out: that was 3h ago." in chat.reads("ada", "dm").text


# Again.


async def goes_on_the_next_day(chat: Chat, room: Room) -> None:
    chat.clock.now += timedelta(hours=22)
    chat.world.tick()
    room.join("Hana", role="host")
    await chat.passes("1h")


async def test_a_second_day_of_one_cause_speaks_and_acts_again(chat: Chat, standup: Room) -> None:
    await plan(chat, timer(DailyAnnouncement, standup, HOUR))

    await chat.passes("1h")
    await goes_on_the_next_day(chat, standup)

    assert len(chat.calls(SEND)) == 2
    assert classes(chat) == ["Announced in standup, as Mo asked in request 7."] * 2


async def test_a_day_that_fails_does_not_end_the_series(chat: Chat, standup: Room) -> None:
    await plan(chat, timer(DailyAnnouncement, standup, HOUR))
    chat.world.fault(f"/active-rooms/{standup.id}/send-message", status=403)

    await chat.passes("1h")
    await goes_on_the_next_day(chat, standup)

    assert [call.status for call in chat.calls(SEND)] == [403, 200]
    assert "could not be done" in classes(chat)[0]
    assert classes(chat)[1] == "Announced in standup, as Mo asked in request 7."


async def test_what_fails_each_time_is_said_once_and_that_it_works_again(sqlite_url: str) -> None:
    broken = [True]

    class Upkeep(Reaction):
        on = Moment("keep house often", next=lambda _, after: after + timedelta(minutes=5), counted=False)
        attempts = 2

        async def react(self, ctx: ReactionContext) -> None:
            if broken[0]:
                raise ValueError("a defect")

    async with announcing(sqlite_url, Reactions("bot.features", besides=[Upkeep])) as chat:
        await plan(chat, Timer(Upkeep.kind(), "house", chat.clock.now))
        for _ in range(4):
            await chat.passes("5m")
        assert len(chat.reads("ada", "dm").messages) == 1

        broken[0] = False
        for _ in range(2):
            await chat.passes("5m")
        (failed, works) = chat.reads("ada", "dm").messages
        assert "could not be done" in words(failed)
        assert words(works) == "What could not be done since 2 Mar 09:05 UTC works again."

        broken[0] = True
        await chat.passes("5m")
        assert len(chat.reads("ada", "dm").messages) == 3


async def test_a_series_whose_rule_cannot_be_read_delays_no_other_moment(
    sqlite_url: str,
) -> None:
    def by_its_rule(payload: Mapping[str, Any], after: datetime) -> datetime:
        return after + timedelta(days=payload["every"])

    class Ruled(Announcement):
        on = Moment("announce by a rule", next=by_its_rule, counted=False)

    known = Reactions("bot.features", besides=[Ruled, Announcement])
    async with announcing(sqlite_url, known) as chat:
        room = chat.world.add_room("standup", live=True)
        await plan(chat, timer(Ruled, room, HOUR), timer(Announcement, room, HOUR))

        await chat.passes("1h")

        assert len(chat.calls(SEND)) == 2
        async with chat.bot.db.read() as tx:
            assert await chat.bot.timers.pending(tx, kind=Ruled.kind()) == []


# Forgotten.


async def test_a_cause_that_was_pruned_silences_nothing(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --in 5m --lock")
    await chat.clicks("mo", "End and lock in 5m", card)
    async with chat.bot.db.write() as tx:
        await RequestBook().prune(tx, chat.clock() + 400 * DAY)
        assert await RequestBook().find(tx, card.number) is None

    await chat.passes("5m")

    assert not standup.session
    told = "Mo ended standup for 1 person and locked it, as planned (#1)."
    assert told in classes(chat)[-1]


async def test_a_cause_that_another_release_wrote_more_about_is_read(chat: Chat, standup: Room) -> None:
    one = timer(Announcement, standup, HOUR)
    stored = {**cause().json(), "mood": "hurried"}
    await plan(chat, Timer(one.kind, one.subject, one.fire_at, one.payload, stored))

    await chat.passes("1h")

    assert classes(chat) == ["Announced in standup, as Mo asked in request 7."]


# Half done.


async def begun(chat: Chat, one: Timer, step: str) -> None:
    """A process was killed in the middle of the call."""
    key = f"{one.kind}:{one.subject}:{one.fire_at.isoformat()}:{step}:{one.subject}"
    row = {"key": key, "state": "started", "result": None, "changed_at": chat.clock()}
    async with chat.bot.db.write() as tx:
        await tx.execute(sa.insert(effects).values(row))


async def test_an_effect_found_started_that_happened_is_not_called_again(chat: Chat, standup: Room) -> None:
    planned = timer(SeenEnd, standup, HOUR)
    await plan(chat, planned)
    await begun(chat, planned, "end")
    standup.end(by="whoever was killed")

    await chat.passes("1h")

    assert chat.calls("active_rooms.end_room") == []
    assert classes(chat) == []  # it is done, and nobody is told otherwise


async def test_an_effect_found_started_that_did_not_happen_is_called(chat: Chat, standup: Room) -> None:
    planned = timer(SeenEnd, standup, HOUR)
    await plan(chat, planned)
    await begun(chat, planned, "end")

    await chat.passes("1h")

    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_an_effect_found_started_that_nobody_can_see_is_told_at_once_and_not_called(
    chat: Chat, standup: Room, logs: list[MutableMapping[str, Any]]
) -> None:
    planned = timer(Announcement, standup, HOUR)
    await plan(chat, planned)
    await begun(chat, planned, "announce")

    await chat.passes("1h")

    assert chat.calls(SEND) == []
    (told,) = classes(chat)
    assert "What Mo asked for in request 7, due 2 Mar 10:00 UTC, could not be done." in told
    assert "it may have been done or not" in told
    assert chat.reads("mo").buttons == ("Try again",)
    assert [line for line in logs if line["event"] == "job failed"] == []  # no retry would make it known
    await plan(chat, planned)  # brought twice
    await chat.passes("1s")
    assert chat.calls(SEND) == []


async def test_whoever_looked_has_it_done_again_by_the_button(chat: Chat, standup: Room) -> None:
    planned = timer(Announcement, standup, HOUR)
    await plan(chat, planned)
    await begun(chat, planned, "announce")
    await chat.passes("1h")

    await chat.clicks("max", "Try again", chat.reads("max"))

    assert len(chat.calls(SEND)) == 1
    assert "Announced in standup, as Mo asked in request 7." in classes(chat)


# Events.


async def happened(chat: Chat, event: str, room: Room, name: str = "Gus") -> None:
    payload = {"room": {"id": room.id, "name": room.name}, "name": name}
    async with chat.bot.db.write() as tx:
        arrival = Arrival(event, "peer.join.success", payload, chat.clock.now)
        await reactions.happened(chat.bot.dispatcher, tx, [arrival])
    await chat.passes("1s")


async def test_two_reactions_to_one_event_are_a_job_each(chat: Chat, standup: Room) -> None:
    assert {Greeting, Chronicle} <= set(KNOWN.to("peer.join.success"))

    await happened(chat, "evt-1", standup)

    assert len(chat.calls(SEND)) == 1
    assert classes(chat) == ["Gus is here."]


async def test_the_same_event_again_is_done_once_and_another_one_again(chat: Chat, standup: Room) -> None:
    for event, name in (("evt-1", "Gus"), ("evt-1", "Gus, who came"), ("evt-2", "Ivy")):
        chat.clock.now += HOUR  # a webhook is delivered again long after it was done
        await happened(chat, event, standup, name)

    assert len(chat.calls(SEND)) == 2
    assert classes(chat) == ["Gus, who came is here.", "Ivy is here."]


async def test_an_event_that_says_too_little_for_a_reaction_is_no_job_of_its(
    chat: Chat, standup: Room
) -> None:
    async with chat.bot.db.write() as tx:
        arrival = Arrival("evt-1", "peer.join.success", {"name": "Gus"}, None)
        await reactions.happened(chat.bot.dispatcher, tx, [arrival])
    await chat.passes("1s")

    assert chat.calls(SEND) == []  # there is no room in it
    assert classes(chat) == ["Gus is here."]


async def test_what_came_in_is_handed_on_once_and_without_what_nobody_asks_for(
    chat: Chat, standup: Room
) -> None:
    payload = {"room": {"id": standup.id, "name": standup.name}, "name": "Gus", "user_data": "x" * 1000}
    for event in ("evt-1", "evt-1", "evt-2"):
        told = payload | {"session_id": "s1", "peer_id": "p1"}
        await chat.bot.dispatcher.books[Inbox].take(Arrival(event, "peer.join.success", told, None))
    async with chat.bot.db.read() as tx:
        assert "xxx" not in str((await tx.execute(sa.select(jobs.c.payload))).all())
    await chat.passes("1s")

    assert len(chat.calls(SEND)) == 1
    assert classes(chat) == ["Gus is here."]


async def test_of_two_reactions_to_one_event_one_that_fails_does_not_stop_the_other(
    chat: Chat, standup: Room
) -> None:
    chat.world.fault(f"/active-rooms/{standup.id}/send-message", status=403)

    await happened(chat, "evt-1", standup)

    assert classes(chat) == ["Gus is here."]
    assert "could not be done" in chat.reads("ada", "dm").text  # nobody asked, so the admins are told


# Many at once.


async def test_where_all_at_once_break_each_is_tried_alone(sqlite_url: str) -> None:
    class Together(Announcement):
        on = Moment("announce together", counted=False)

        @classmethod
        async def react_all(cls, due):
            if len(due) > 1:
                raise ValueError("a defect of them all")
            return await super().react_all(due)

    async with announcing(sqlite_url, Reactions("bot.features", besides=[Together])) as chat:
        rooms = [chat.world.add_room(f"room {number}", live=True) for number in range(3)]
        await plan(chat, *(timer(Together, room, HOUR) for room in rooms))

        await chat.passes("1h")

        assert len(chat.calls(SEND)) == 3
        assert len(classes(chat)) == 3


# Stated twice, or nowhere.


def test_two_classes_that_claim_one_moment_stop_the_start() -> None:
    class Other(Reaction):
        on = Moment("announce once", counted=False)

    with pytest.raises(TypeError, match="Other and Announcement both claim 'announce once'"):
        Reactions("bot.features", besides=[Announcement, Other])


async def test_a_moment_that_no_stated_class_is_for_is_refused_where_it_is_planned(
    chat: Chat, standup: Room
) -> None:
    class Nowhere(Reaction):
        on = Moment("found by nobody", counted=False)

        async def react(self, ctx: ReactionContext) -> None:
            raise AssertionError

    with pytest.raises(LookupError, match="found by nobody"):
        await plan(chat, Nowhere().timer(standup.id, chat.clock(), cause()))


# From another release.


async def left(chat: Chat, *left_behind: Job) -> None:
    """Another release handed jobs over and was stopped."""
    rows = [
        {
            "kind": job.kind,
            "key": job.key,
            "lane": job.lane or job.key,
            "payload": dict(job.payload),
            "state": "waiting",
            "failures": 0,
            "not_before": chat.clock(),
        }
        for job in left_behind
    ]
    async with chat.bot.db.write() as tx:
        await tx.execute(sa.insert(jobs), rows)


async def test_jobs_of_another_release_are_put_aside_told_once_and_go_on_with_it(
    chat: Chat, standup: Room
) -> None:
    chat.known = Reactions("bot.features")  # of before there were announcements
    await chat.stops()
    await chat.starts()
    one = Job("announce once", "alone:1", {"due": [reactions_due(standup, cause())]}, lane="rooms")
    two = Job("announce once", "alone:2", {"due": [reactions_due(standup, cause(8))]}, lane="rooms")
    house = {"subject": "house", "fire_at": "2026-03-02T09:00:00+00:00", "payload": {}, "cause": None}
    await left(chat, one, two, Job("daily", "daily:1", {"due": [house]}, lane="rooms"))
    await chat.passes("1s")

    told = chat.reads("ada", "dm").text
    assert "The log of who did what" in told  # which stood in the same lane
    assert told.count("1 job of a kind that this release does not know was put aside: announce once.") == 1
    assert chat.calls(SEND) == []

    chat.known = KNOWN
    await chat.stops()
    await chat.starts()

    assert len(chat.calls(SEND)) == 1  # both are about one occurrence
    assert "Announced in standup, as Mo asked in request" in classes(chat)[0]


def reactions_due(room: Room, why: Any) -> dict[str, Any]:
    """What a timer's job carries."""
    payload = Announcement(room=RoomRef(id=room.id, name=room.name)).model_dump(mode="json")
    at = "2026-03-02T09:00:00+00:00"
    return {"subject": room.id, "fire_at": at, "payload": payload, "cause": why.json()}


async def test_a_moment_of_another_release_stays_and_disturbs_nobody(chat: Chat, standup: Room) -> None:
    await plan(chat, timer(Announcement, standup, HOUR))
    stranger = {"kind": "from the future", "subject": "x", "fire_at": chat.clock(), "payload": {}}
    async with chat.bot.db.write() as tx:
        await tx.execute(sa.insert(timers).values(stranger))

    await chat.passes("1h")

    assert len(chat.calls(SEND)) == 1
    assert chat.reads("ada", "dm").text == ""
    async with chat.bot.db.read() as tx:
        assert [one.subject for one in await chat.bot.timers.pending(tx, kind="from the future")] == ["x"]
