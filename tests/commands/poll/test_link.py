"""``poll link`` and ``launch``: the list of a room is read, written whole and read back."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.poll.building import only_poll, polls


@pytest.fixture
async def ready(chat: Chat, standup: Room) -> str:
    """The id of a poll that was made here."""
    await chat.says("mo", '/hms poll create "Ready?" Yes No')
    return only_poll(chat).id


async def test_it_is_added_to_what_is_linked_already(chat: Chat, standup: Room, ready: str) -> None:
    chat.world.change_room(standup, polls=["1" * 24])

    said = await chat.says("mo", "/hms poll link Ready?")

    assert "Mo linked the poll “Ready?” to standup." in said.text
    assert standup.polls == ["1" * 24, ready]
    again = await chat.says("mo", "/hms poll link Ready?")
    assert again.text == "“Ready?” is linked to standup already."
    assert (
        len(chat.channel("classes")) == 2
    )  # to be made and to be linked; what changes nothing is told to Mo
    assert len(chat.calls("polls.link_room")) == 1


async def test_the_button_takes_it_off_and_leaves_the_others(chat: Chat, standup: Room, ready: str) -> None:
    chat.world.change_room(standup, polls=["1" * 24])
    said = await chat.says("mo", "/hms poll link Ready?")

    off = await chat.clicks("mo", "Take it off", said)

    assert "Mo took the poll “Ready?” off standup." in off.text
    assert standup.polls == ["1" * 24]
    never = await chat.says("mo", "/hms poll link Ready? --off")
    assert never.text == "“Ready?” is not linked to standup."


async def test_who_else_wrote_the_list_meanwhile_is_told(
    chat: Chat, standup: Room, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.world.change_room(standup, polls=["1" * 24])
    writes = chat.world.change_room

    def raced(room: Room, **changes: object) -> None:
        writes(room, **changes)
        writes(room, polls=["2" * 24])  # somebody's dashboard, a moment later

    monkeypatch.setattr(chat.world, "change_room", raced)
    said = await chat.says("mo", "/hms poll link Ready?")

    assert "Somebody else wrote the list of polls of standup at the same moment" in said.text
    assert "Mo linked" not in said.text


async def test_what_fell_off_the_list_meanwhile_is_named(
    chat: Chat, standup: Room, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    chat.world.change_room(standup, polls=["1" * 24])
    writes = chat.world.change_room

    def raced(room: Room, **changes: object) -> None:
        writes(room, **changes)
        writes(room, polls=[ready])

    monkeypatch.setattr(chat.world, "change_room", raced)
    said = await chat.says("mo", "/hms poll link Ready?")

    assert "Mo linked the poll “Ready?” to standup." in said.text
    assert f"{'1' * 24} came off it." in said.text


async def test_a_launch_says_that_the_next_session_starts_it(chat: Chat, ready: str) -> None:
    room = chat.world.add_room("retro")
    await chat.says("mo", f"/hms poll show {ready} --room retro")

    said = await chat.says("mo", "/hms poll launch Ready? --room retro")

    assert "It starts with the next session of retro." in said.text
    assert room.polls == [ready]
    room.join("Gus")
    shown = await chat.says("mo", "/hms poll show Ready? --room retro")
    assert "It runs now." in shown.text
    assert "It starts" not in shown.text
    assert "Launch" not in shown.buttons
    assert (
        "“Ready?” · a poll · 1 question · linked · runs now"
        in (await chat.says("mo", "/hms poll list --room retro")).text
    )
    assert (
        "“Ready?” runs in retro already."
        in (await chat.says("mo", "/hms poll launch Ready? --room retro")).text
    )


async def test_in_a_live_room_a_host_can_start_it_at_once(chat: Chat, standup: Room, ready: str) -> None:
    said = await chat.says("mo", "/hms poll launch Ready?")

    assert "It starts with the next session of standup, or by a host in the app now." in said.text
    assert said.buttons == ("Take it off", "Results")


async def test_what_a_host_starts_is_handed_to_the_app(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No --by-host')

    said = await chat.says("mo", "/hms poll launch Ready?")
    assert "100ms leaves its start to the app: a host of standup starts it there." in said.text


async def test_what_was_launched_says_what_it_waits_for(chat: Chat, standup: Room, ready: str) -> None:
    await chat.says("mo", "/hms poll launch Ready?")
    told = len(chat.channel("classes"))

    for line in ("poll launch Ready?", "please poll launch Ready?"):
        again = await chat.says("mo", f"/hms {line}")

        assert (
            again.text
            == "“Ready?” is linked to standup, and starts with the next session, or by a host in the app now."
        )
        assert again.buttons == ("Results",)
    assert len(chat.channel("classes")) == told


async def test_a_poll_that_does_not_exist_is_neither_linked_nor_launched(chat: Chat, standup: Room) -> None:
    for verb in ("link", "launch"):
        assert "standup has no poll “nosuch”." in (await chat.says("mo", f"/hms poll {verb} nosuch")).text
    assert standup.polls == []


async def test_without_a_poll_a_form_asks_which(chat: Chat, standup: Room, ready: str) -> None:
    await chat.says("mo", "/hms poll launch")
    [view] = chat.workspace.views_of("U0MO")
    found = await chat.workspace.searches("U0MO", view, "value", "read", block_id="poll")

    assert [option["text"]["text"] for option in found.options] == ["Ready?"]
    assert polls(chat).keys() == {"Ready?"}
