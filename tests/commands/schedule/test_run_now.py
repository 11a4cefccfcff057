"""``schedule run-now``: what comes by the clock is done now, and comes at its moment all the same."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room of which #classes speaks, with hours from 10:00 to 11:00 (#1); it is Monday, 09:00."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    await chat.says("ada", "/hms schedule window mon-fri 10:00-11:00 --tz UTC --yes")
    assert not room.enabled
    return room


def card(chat: Chat) -> Said:
    """The newest message in #classes that tells of the hours of the room."""
    told = [one for one in chat.reads("max").messages if one.only_for is None and "besides" not in one.text]
    return Said(tuple(told[-1:]))


async def after_the_hours(chat: Chat) -> None:
    await chat.passes("59m")
    await chat.passes("61m")
    await chat.passes("1h")  # Monday, 12:00


async def test_a_room_opens_for_as_long_as_its_hours_last_and_is_locked_then(chat: Chat, yoga: Room) -> None:
    await after_the_hours(chat)
    confirm = await chat.says("ada", "/hms schedule run-now")
    assert "Open yoga now?" in confirm.text
    assert "until 2 Mar 13:00 UTC, and locked then" in confirm.text
    assert "opens 3 Mar 09:59 UTC all the same" in confirm.text
    assert not yoga.enabled

    await chat.clicks("ada", "Open it now", confirm)
    assert yoga.enabled
    assert "Ada opened yoga until 2 Mar 13:00 UTC, besides its hours (#1)." in "\n".join(
        chat.channel("classes")
    )
    assert "yoga is open until 2 Mar 13:00 UTC." in card(chat).text
    yoga.join("Gus")
    await chat.passes("55m")
    assert [message.text for message in yoga.messages] == ["This session ends in 5 minutes."]
    await chat.bot.reconcile()
    await chat.passes("5m")
    assert not yoga.session
    assert not yoga.enabled
    assert "It opens again 3 Mar 09:59 UTC." in card(chat).text


async def test_its_next_hours_come_all_the_same(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", "/hms schedule run-now --yes")
    assert (
        "Ada opened yoga until 2 Mar 09:59 UTC, besides its hours (#1). Its hours begin then."
        in "\n".join(chat.channel("classes"))
    )

    yoga.join("Gus")
    await chat.passes("54m")
    await chat.passes("5m")

    assert yoga.enabled
    assert yoga.session
    assert not yoga.messages  # nothing ends then
    assert "yoga is open until 2 Mar 11:00 UTC." in card(chat).text
    await chat.passes("61m")
    assert not yoga.enabled


async def test_other_hours_of_the_room_that_begin_meanwhile_are_not_locked(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", "/hms schedule window mon-fri 12:30-14:00 --tz UTC --yes")
    await after_the_hours(chat)
    await chat.says("ada", "/hms schedule run-now 1 --yes")
    yoga.join("Gus")

    await chat.passes("29m")

    assert yoga.session
    assert yoga.enabled
    await chat.passes("30m")
    assert yoga.enabled
    await chat.passes("61m")
    assert not yoga.enabled


async def test_a_day_that_is_skipped_meanwhile_leaves_the_end_alone(chat: Chat, yoga: Room) -> None:
    await after_the_hours(chat)
    await chat.says("ada", "/hms schedule run-now --yes")
    await chat.says("mo", "/hms schedule skip tomorrow")
    await chat.passes("1h")
    assert not yoga.enabled


async def test_more_time_is_given_as_to_every_end(chat: Chat, yoga: Room) -> None:
    await after_the_hours(chat)
    await chat.says("ada", "/hms schedule run-now --yes")
    await chat.clicks("mo", "+15 min", card(chat))
    await chat.passes("61m")
    assert yoga.enabled
    await chat.passes("14m")
    assert not yoga.enabled


async def test_a_room_that_is_open_already_is_not_opened(chat: Chat, yoga: Room) -> None:
    await chat.passes("65m")
    said = await chat.says("ada", "/hms schedule run-now --yes")
    assert "yoga is open already, until 2 Mar 11:00 UTC." in said.text


async def test_a_lock_that_is_to_stay_is_not_taken_away(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms room lock --keep --yes")
    said = await chat.says("ada", "/hms schedule run-now --yes")
    assert "yoga would stay locked: Mo locked it to stay so (#2)." in said.text
    assert not yoga.enabled


async def test_a_line_is_asked_for_by_the_schedule_itself_and_comes_all_the_same(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", "/hms schedule every 15m say Stand up, please --yes")
    confirm = await chat.says("ada", "/hms schedule run-now 1")
    assert "Ask for “say Stand up, please --room standup” in standup now?" in confirm.text
    assert "comes 2 Mar 09:15 UTC all the same" in confirm.text

    await chat.clicks("ada", "Ask for it now", confirm)

    assert [message.text for message in standup.messages] == ["Stand up, please"]
    assert {entry.actor for entry in chat.story(3).entries} == {"schedule:1 via made by Ada"}
    await chat.passes("15m")
    assert len(standup.messages) == 2


async def test_what_a_second_person_agreed_to_takes_another_yes_for_another_moment(
    chat: Chat, standup: Room
) -> None:
    waiting = await chat.says("ada", "/hms schedule once 30m remove Gus spamming")
    await chat.clicks("max", "Schedule it", waiting)

    asked = await chat.says("ada", "/hms schedule run-now 1")
    await chat.clicks("ada", "Ask for it now", asked)
    assert "Gus" in [peer.name for peer in standup.peers]
    await chat.clicks("max", "Ask for it now", asked)
    assert "Gus" not in [peer.name for peer in standup.peers]


async def test_what_would_find_nothing_to_do_is_not_asked_for(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms schedule every 15m remove Gus spamming")
    await chat.clicks("max", "Schedule it", chat.reads("max"))
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))
    said = await chat.says("ada", "/hms schedule run-now 1")
    assert "Gus" in said.text
    assert said.buttons == ()


async def test_a_line_that_waits_for_somebody_who_answers_for_it_is_not_asked_for(
    chat: Chat, standup: Room
) -> None:
    await chat.grants("max", Chat.ADMIN)
    await chat.says("max", "/hms schedule every 15m say Stand up, please --yes")
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.passes("15m")

    said = await chat.says("ada", "/hms schedule run-now 1 --yes")

    assert "(#1) is paused: Max, who made it, may not do that in standup any more." in said.text
    assert "/hms schedule adopt 1" in said.text
    assert not standup.messages


async def test_only_an_admin_runs_it(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", "/hms schedule run-now --yes")
    assert "Only admins can do this" in said.text
    assert not yoga.enabled


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("99", "Nothing of the number 99 is scheduled in yoga."),
        ("soon", "soon"),
        ("1 --room nosuch", "“nosuch”"),
    ],
)
async def test_what_is_not_there_is_said_and_nothing_is_done(
    chat: Chat, yoga: Room, line: str, said: str
) -> None:
    assert said in (await chat.says("ada", f"/hms schedule run-now {line} --yes")).text
    assert not yoga.enabled


async def test_a_room_without_hours_has_nothing_to_run(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms schedule run-now --yes")
    assert "standup has no hours" in said.text
