"""``room lock`` and ``room unlock``: closed by somebody, opened by somebody or by itself.

Long because a door has many hands: people, the clock, 100ms, and each other.
"""

import asyncio
from collections.abc import MutableMapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.command import RoomRef
from bot.features.room.locks import Lock, Locks
from bot.features.schedule.reactions import TimedUnlock
from bot.reply import Mention
from bot.request.request import Cause
from bot.work import Backoff
from sandbox.hms.state.room.room import Room
from sandbox.slack.people import MO, Person
from tests.bot.dispatch.announcing import logs
from tests.chat import CHANNELS, PEOPLE, Chat, opened
from tests.patience import comes_true

__all__ = ["logs"]


async def lock(chat: Chat, line: str) -> None:
    card = await chat.says("mo", line)
    await chat.clicks("mo", card.buttons[0], card)


def moves(chat: Chat, somebody: Person, tz: str) -> None:
    """Somebody's machine says another time zone to Slack."""
    chat.workspace.directory.put(replace(somebody, tz=tz))


async def test_locking_keeps_new_people_out_and_lets_others_stay(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms room lock --reason 'the exam has begun'")
    assert "nobody new can come in · 3 people inside can stay" in card.text
    await chat.clicks("mo", "Lock standup", card)

    assert not standup.enabled
    assert len(standup.peers) == 3
    status = (await chat.says("vi", "/hms status")).text
    assert "Locked by Mo since 2 Mar 09:00" in status
    assert "Why: the exam has begun." in status


async def test_a_room_that_is_locked_already_gets_a_new_lock(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock")
    card = await chat.says("max", "/hms room lock --reason 'the exam goes on'")
    assert "Keep standup locked?\nlocked already by Mo since 2 Mar 09:00 UTC" in card.text
    await chat.clicks("max", "Keep standup locked", card)

    status = (await chat.says("vi", "/hms status")).text
    assert "Locked by Max" in status
    assert "Why: the exam goes on." in status


async def test_a_yes_to_keep_a_room_locked_does_not_lock_one_that_was_opened(
    chat: Chat, standup: Room
) -> None:
    await lock(chat, "/hms room lock")
    card = await chat.says("mo", "/hms room lock --keep")
    await chat.says("max", "/hms room unlock --yes")

    again = await chat.clicks("mo", "Keep standup locked", card)

    assert standup.enabled
    assert "Lock standup?" in again.text
    assert "The door is open now, was locked." in again.text
    await chat.clicks("mo", "Lock standup", again)
    assert not standup.enabled


async def test_who_locks_a_locked_room_reads_who_has(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms room lock")
    await chat.says("max", "/hms room lock --yes")

    old = await chat.clicks("mo", "Lock standup", card)
    asked = await chat.says("mo", "/hms room lock")
    sure = await chat.says("mo", "/hms room lock --yes")

    assert old.text == "Lock standup? Max did that 1s ago (#2). Nothing more was done."
    assert asked.text == sure.text == "standup is locked already, by Max since 2 Mar 09:00 UTC."
    assert len(chat.channel("classes")) == 1


async def test_a_room_that_was_locked_elsewhere_needs_no_lock(chat: Chat, standup: Room) -> None:
    standup.enabled = False  # in the dashboard

    assert "standup is locked already." in (await chat.says("mo", "/hms room lock --yes")).text
    assert chat.channel("classes") == []


async def test_a_lock_that_changes_the_one_that_is_there_says_so(chat: Chat, standup: Room) -> None:
    await chat.says("max", "/hms room lock --yes")

    await chat.says("mo", "/hms room lock --until 12:00 --yes")
    await chat.says("mo", "/hms room lock --keep --yes")

    told = chat.channel("classes")[1:]
    assert "Mo keeps standup locked until 2 Mar 11:00" in told[0]
    assert told[1].startswith("Mo keeps standup locked.")


async def test_a_lock_without_an_end_says_that_it_takes_the_end_away(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")

    card = await chat.says("max", "/hms room lock")

    assert "no longer opens by itself, as planned for 2 Mar 11:00" in card.text


async def test_a_lock_from_elsewhere_is_said_to_be_there(chat: Chat, standup: Room) -> None:
    standup.enabled = False  # in the dashboard

    card = await chat.says("mo", "/hms room lock --until 12:00")

    assert "Keep standup locked?\nlocked already" in card.text
    assert "opens by itself 2 Mar 11:00 UTC" in card.text


async def test_unlocking_opens_it_and_forgets_who_locked_it(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock")

    await chat.says("max", "/hms room unlock")

    assert standup.enabled
    assert "unlocked standup." in chat.channel("classes")[-1]
    assert "locked" not in (await chat.says("vi", "/hms status")).text


async def test_an_open_room_need_not_be_unlocked(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms room unlock")

    assert "standup is open already." in said.text
    assert chat.channel("classes") == []


async def test_a_lock_until_a_moment_opens_by_itself(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")  # noon in Berlin, where Mo is
    assert "until 2 Mar 11:00" in chat.channel("classes")[-1]
    await chat.passes("1h59m")
    assert not standup.enabled

    await chat.passes("1m")

    assert standup.enabled
    assert "standup is open again: the lock by Mo (#1)" in chat.channel("classes")[-1]


async def test_it_opens_also_when_the_bot_was_dead_at_that_moment(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")
    await chat.stops()
    chat.clock.now += chat.span("5h")

    await chat.starts()
    await chat.passes("1s")

    assert standup.enabled


async def test_a_newer_lock_is_not_opened_by_the_older_ones_timer(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")
    await lock(chat, "/hms room lock")

    await chat.passes("3h")

    assert not standup.enabled


async def test_unlocking_by_hand_also_takes_the_timer_away(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")
    await chat.says("mo", "/hms room unlock")
    standup.enabled = False  # in the dashboard: none of our business

    await chat.passes("3h")

    assert not standup.enabled


async def test_the_undo_of_a_lock_unlocks(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock")

    await chat.clicks("max", "Unlock standup", chat.reads("max"))

    assert standup.enabled


async def test_a_moment_that_passes_before_the_confirm_locks_nothing(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms room lock --until 'in 5m'")
    await chat.passes("6m")

    said = await chat.clicks("mo", "Lock standup", card)

    assert "has passed, so standup stays as it is." in said.text
    assert standup.enabled


async def test_a_time_zone_that_only_slack_knows_is_said_and_the_bots_own_counts(
    chat: Chat, standup: Room
) -> None:
    moves(chat, MO, "Europe/Newtown")

    card = await chat.says("mo", "/hms room lock --until 23:59")

    assert "opens by itself 2 Mar 23:59 UTC" in card.text
    assert "I do not know the time zone Europe/Newtown, so the time was read in UTC." in card.text
    done = await chat.clicks("mo", "Lock standup", card)
    assert "locked standup until 2 Mar 23:59 UTC." in done.text
    assert "the time was read in UTC" in done.text


async def test_a_time_that_needs_no_zone_says_nothing_of_one(chat: Chat, standup: Room) -> None:
    moves(chat, MO, "Europe/Newtown")

    for until in ("in 1h 30 min", "2026-03-02T12:00+01:00"):
        card = await chat.says("mo", f"/hms room lock --until {until}")
        assert "opens by itself 2 Mar" in card.text
        assert "Newtown" not in card.text


async def test_the_rooms_zone_counts_before_one_that_nobody_knows(chat: Chat, standup: Room) -> None:
    moves(chat, MO, "Europe/Newtown")
    await chat.says("ada", "/hms room defaults --zone Europe/Berlin --yes")

    card = await chat.says("mo", "/hms room lock --until 23:59")

    assert "opens by itself 2 Mar 22:59 UTC" in card.text
    assert "Newtown" not in card.text


async def test_a_moment_that_nobody_lives_to_see_is_refused(chat: Chat, standup: Room) -> None:
    for until in ("99999d", "2999-01-01 09:00"):
        said = await chat.says("mo", f"/hms room lock --until {until}")
        assert f"“{until}” is too far ahead: 366d at most." in said.text


@pytest.mark.parametrize("typed", ["blah", "'12/01/2026 5pm'"])
async def test_the_form_behind_what_is_no_moment_says_so_at_its_field(
    chat: Chat, standup: Room, typed: str
) -> None:
    chat.world.add_room("yoga")

    said = await chat.says("mo", f"/hms room lock yoga --until {typed} --reason exam")
    await chat.clicks("mo", "Lock room…", said)

    [form] = chat.workspace.views_of("U0MO")
    [until] = [block for block in form.body["blocks"] if block["type"] == "input"]
    assert until["block_id"] == "until"
    assert until["element"]["initial_value"] == typed.strip("'")
    assert "is no time" in until["hint"]["text"]
    assert "In *yoga*." in str(form.body["blocks"][0])


async def test_a_moment_in_the_past_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms room lock --until 2026-03-01T09:00")

    assert said.text
    assert standup.enabled


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    assert "Only moderators can do this" in (await chat.says("vi", "/hms room lock")).text
    assert "Only moderators can do this" in (await chat.says("vi", "/hms room unlock")).text
    assert standup.enabled


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("mo", "/hms room lock nosuch")).text
    assert "There is no room called “nosuch”" in (await chat.says("mo", "/hms room unlock nosuch")).text


async def test_a_room_where_nobody_is_can_be_locked_too(chat: Chat) -> None:
    chat.world.add_room("webinar")
    assert "nobody is inside" in (await chat.says("mo", "/hms room lock webinar")).text


async def locked_until(chat: Chat, count: int, until: datetime) -> list[Room]:
    """So many rooms that Mo locked until a moment, as read in #classes."""
    rooms = [chat.world.add_room(f"room-{number}") for number in range(count)]
    cause = Cause(7, Mention(PEOPLE["mo"], "Mo"), chat.clock(), (), (CHANNELS["classes"],))
    async with chat.bot.db.write() as tx:
        for room in rooms:
            room.enabled = False
            kept = Lock(room.id, PEOPLE["mo"], "Mo", "", chat.clock(), until, 7)
            await Locks(chat.bot.db, chat.clock).put(tx, kept)
        opening = (TimedUnlock(room=RoomRef(id=room.id, name=room.name)) for room in rooms)
        timers = [one.timer(one.room.id, until, cause) for one in opening]
        await chat.bot.timers.set(tx, *timers)
    return rooms


async def test_a_lock_that_is_put_while_others_open_stays(chat: Chat) -> None:
    soon, late = await locked_until(chat, 2, chat.clock() + timedelta(hours=1))
    chat.way.hold(f"/v2/rooms/{late.id}", method="POST")
    opening = asyncio.create_task(chat.passes("1h"))
    await comes_true(lambda: chat.way.asked.is_set() and soon.enabled)
    await chat.workspace.says(PEOPLE["mo"], CHANNELS["classes"], f"/hms room lock {soon.name} --keep --yes")
    await comes_true(lambda: not soon.enabled)
    chat.way.let_go()
    await opening

    assert (soon.enabled, late.enabled) == (False, True)
    assert "Locked by Mo" in (await chat.says("mo", f"/hms status {soon.name}")).text
    assert f"{soon.name} is open again" not in "\n".join(chat.channel("classes"))


async def test_one_bad_of_twenty_delays_nobody_and_is_given_up_where_it_is_read(
    sqlite_url: str, logs: list[MutableMapping[str, Any]]
) -> None:
    async with opened(sqlite_url, backoff=Backoff(first=0.0, most=0.0)) as chat:
        bad, *good = await locked_until(chat, 20, chat.clock() + timedelta(hours=1))
        busy = {"Retry-After": "60"}  # longer than a call may take: it is not repeated within one
        chat.world.fault(f"/rooms/{bad.id}", status=503, headers=busy, times=100)

        await chat.passes("1h")

        assert [room.name for room in good if not room.enabled] == []
        assert not bad.enabled
        calls = chat.calls("rooms.set_enabled")
        assert [call.path.endswith(bad.id) for call in calls[20:]] == [True] * TimedUnlock.attempts
        told = chat.channel("classes")
        assert [f"{room.name} is open again:" in said for room, said in zip(good, told, strict=False)] == [
            True
        ] * 19
        assert len(told) == 20
        assert "What Mo asked for in request 7, due 2 Mar 10:00 UTC, could not be done." in told[-1]
        assert "100ms took the call but its answer was lost, so it may have been done or not." in told[-1]
        assert "Look with /hms status first." in told[-1]
        tries = [line["failures"] for line in logs if line["event"] == "job failed"]
        assert tries == list(range(1, TimedUnlock.attempts))  # each with a longer pause than the one before
        pauses = [Backoff().after(failures) for failures in tries]
        assert pauses == sorted(set(pauses))


async def refused(chat: Chat, room: Room, times: int) -> None:
    """It is 10:00, and 100ms refuses to open a room that Mo has locked until then."""
    await chat.says("mo", f"/hms room lock {room.name} --until 2026-03-02T10:00Z --reason exam --yes")
    chat.world.fault(f"/rooms/{room.id}", method="POST", status=403, times=times)
    await chat.passes("1h")


async def test_what_100ms_refuses_to_open_is_tried_again_and_told_once(chat: Chat, standup: Room) -> None:
    await refused(chat, standup, times=3)
    for _ in range(2):
        await chat.passes("5m")
        assert not standup.enabled
    await chat.passes("5m")

    assert standup.enabled
    told = "\n".join(chat.channel("classes"))
    assert told.count("could not be done") == 1
    assert "standup is open again: the lock by Mo (#1) was until 2 Mar 10:00 UTC." in told


async def test_a_lock_whose_time_is_over_is_not_said_to_last_until_then(chat: Chat, standup: Room) -> None:
    await refused(chat, standup, times=9)
    assert "locked until 2 Mar 10:05 UTC" in (await chat.says("vi", "/hms status")).text
    chat.clock.now += chat.span("5m")  # and nothing was done yet
    assert "· locked\n" in (await chat.says("vi", "/hms status")).text


async def test_a_newer_lock_is_not_opened_by_another_try_of_the_older_one(chat: Chat, standup: Room) -> None:
    await refused(chat, standup, times=1)
    await chat.says("max", "/hms room lock --keep --reason spam --yes")
    await chat.passes("5m")

    assert not standup.enabled


async def test_what_was_given_up_opens_by_its_button_once_100ms_has_recovered(
    sqlite_url: str, logs: list[MutableMapping[str, Any]]
) -> None:
    async with opened(sqlite_url, backoff=Backoff(first=0.0, most=0.0)) as chat:
        (bad,) = await locked_until(chat, 1, chat.clock() + timedelta(hours=1))
        chat.world.fault(f"/rooms/{bad.id}", status=503, headers={"Retry-After": "60"}, times=6)
        await chat.passes("1h")
        given_up = chat.reads("max")
        assert not bad.enabled
        assert given_up.buttons == ("Try again",)

        await chat.clicks("max", "Try again", given_up)

        assert bad.enabled
        assert f"{bad.name} is open again: the lock by Mo (#7)" in chat.channel("classes")[-1]
