"""``schedule pause`` and ``resume`` for what is scheduled once or every so often."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said

pytestmark = pytest.mark.usefixtures("mo_is_an_admin")


async def every(chat: Chat, line: str = "15m say Drink") -> None:
    await chat.says("mo", f"/hms schedule every {line} --yes")


async def listed(chat: Chat) -> str:
    return (await chat.says("vi", "/hms schedule list")).text


async def test_a_paused_line_does_not_come_until_it_is_resumed(chat: Chat, standup: Room) -> None:
    await every(chat)
    said = await chat.says("max", "/hms schedule pause 1")
    assert "Max paused “say Drink --room standup” in standup (#1)." in chat.channel("classes")[-1]
    assert "Paused." in await listed(chat)
    for _ in range(3):
        await chat.passes("15m")
    assert not standup.messages

    await chat.clicks("max", "Resume it", Said((*said.messages, *chat.reads("max").messages[-1:])))
    assert (
        "Max resumed “say Drink --room standup” in standup (#1). It comes next 2 Mar 10:00 UTC."
        in "\n".join(chat.channel("classes"))
    )
    await chat.passes("15m")
    assert len(standup.messages) == 1


async def test_a_number_that_is_not_there_is_told_with_all_that_are(chat: Chat, standup: Room) -> None:
    await every(chat)
    await chat.says("mo", "/hms schedule window weekdays 10:00-11:00 --yes")

    said = await chat.says("vi", "/hms schedule show 12")

    assert said.text == "standup has no #12, but #1 and #2."


async def test_a_pause_until_a_moment_ends_by_itself(chat: Chat, standup: Room) -> None:
    await every(chat)
    await chat.says("mo", "/hms schedule pause 1 --until 'in 31m'")
    assert "Paused until 2 Mar 09:31 UTC." in await listed(chat)
    await chat.passes("30m")
    assert not standup.messages
    await chat.passes("15m")
    assert [message.text for message in standup.messages] == ["Drink"]
    assert "Next 2 Mar 10:00 UTC." in await listed(chat)


async def test_the_only_line_of_a_room_without_hours_needs_no_number(chat: Chat, standup: Room) -> None:
    await every(chat)
    await chat.says("mo", "/hms schedule pause")
    await chat.passes("15m")
    assert not standup.messages


async def test_a_line_that_comes_once_is_resumed_in_time(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms schedule once 11:00 say Hello")
    await chat.says("mo", "/hms schedule pause 1")
    await chat.passes("30m")
    await chat.says("mo", "/hms schedule resume 1")
    await chat.passes("30m")
    assert [message.text for message in standup.messages] == ["Hello"]


async def test_a_line_that_came_due_while_it_was_paused_is_removed(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms schedule once 11:00 say Hello")
    await chat.says("mo", "/hms schedule pause 1")
    await chat.passes("2h")
    said = await chat.says("mo", "/hms schedule resume 1")
    assert "was due in standup, 2 Mar 10:00 UTC, while it was paused: it is removed (#1)." in (
        said.text + "\n".join(chat.channel("classes"))
    )
    assert not standup.messages
    assert "Nothing happens by the clock" in await listed(chat)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("pause 1 --until 'in 3h'", "paused until 2 Mar 12:00 UTC it would never come. Remove it instead"),
        ("resume 1", "“say Hello --room standup” is not paused."),
        ("pause 7", "standup has no #7, but #1."),
    ],
)
async def test_what_cannot_be_meant_is_said(chat: Chat, standup: Room, line: str, said: str) -> None:
    await chat.says("mo", "/hms schedule once 11:00 say Hello")
    assert said in (await chat.says("mo", f"/hms schedule {line}")).text
    await chat.passes("1h")
    assert len(standup.messages) == 1


async def test_one_that_waits_for_an_answer_is_not_resumed_but_answered_for(
    chat: Chat, standup: Room
) -> None:
    await every(chat)
    await chat.says("ada", "/hms access revoke @mo --yes")
    await chat.passes("15m")
    said = await chat.says("ada", "/hms schedule resume 1")
    assert "waits for somebody who answers for it: Mo, who made it, may not do it any more." in said.text
    await chat.clicks("ada", "Answer for it", said)
    await chat.passes("15m")
    assert len(standup.messages) == 1


async def test_a_line_is_shown_with_its_times_and_acts(chat: Chat, standup: Room) -> None:
    await every(chat)
    await chat.passes("15m")
    said = await chat.says("mo", "/hms schedule show 1")
    assert "Next:\n• 2 Mar 09:30 UTC" in said.text
    assert "Until now:\n• Last came 2 Mar 09:15 UTC." in said.text
    assert said.buttons == ("Pause", "Remove…")


@pytest.mark.parametrize("line", ["remove 1", "pause 1", "show 1"])
async def test_of_a_line_that_is_gone_it_is_not_said_that_the_room_has_no_hours(
    chat: Chat, line: str
) -> None:
    yoga = chat.world.add_room("yoga")
    await chat.binds("classes", yoga)
    made = await chat.says("ada", "/hms schedule once 'in 10m' room lock --yes")
    await chat.says("ada", "/hms schedule remove --yes")
    gone = "Nothing of the number 1 is scheduled in yoga."
    assert gone in (await chat.clicks("ada", "Remove it", made)).text
    assert gone in (await chat.says("ada", f"/hms schedule {line}")).text


async def test_a_line_that_waits_for_an_answer_is_shown_with_that_and_no_pause(
    chat: Chat, standup: Room
) -> None:
    await every(chat)
    await chat.says("ada", "/hms access revoke @mo --yes")
    await chat.passes("15m")
    assert (await chat.says("max", "/hms schedule show 1")).buttons == ()
    shown = await chat.says("ada", "/hms schedule show 1")
    assert shown.buttons == ("Answer for it", "Remove…")
    said = await chat.clicks("ada", "Answer for it", shown)
    assert "Ada answers for “say Drink --room standup”" in said.text


async def test_a_line_that_came_due_while_it_was_paused_is_not_said_to_come(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms schedule once 'in 10m' say Hello")
    await chat.says("mo", "/hms schedule pause 1")
    assert "comes 2 Mar 09:10 UTC (#1, by Mo). Paused." in (await chat.says("vi", "/hms schedule list")).text
    await chat.passes("11m")
    for line in ("list", "show 1"):
        said = await chat.says("vi", f"/hms schedule {line}")
        assert "was to come 2 Mar 09:10 UTC, and was paused then (#1, by Mo)." in said.text
