"""``schedule extend``: the nearest end of a room comes later, by words."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_it_moves_the_nearest_end_and_says_to_when(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")

    await chat.says("max", "/hms extend 15m")

    assert len(chat.reads("max").messages) == 1  # the card says it to everybody, and once
    assert "Max gave standup 15m more, until 2 Mar 09:25 UTC." in chat.channel("classes")[0]
    await chat.passes("24m")
    assert standup.session
    await chat.passes("1m")
    assert not standup.session


async def test_a_dry_run_says_when_it_would_end_and_moves_nothing(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")

    said = await chat.says("max", "/hms schedule extend 15m --room standup --dry-run")

    assert "Give standup 15m more?" in said.text
    assert "ends 2 Mar 09:25 UTC then · was 2 Mar 09:10 UTC" in said.text
    await chat.passes("10m")
    assert not standup.session


async def test_where_no_end_is_planned_nothing_is_moved(chat: Chat, standup: Room) -> None:
    said = await chat.says("max", "/hms schedule extend 15m")

    assert "No end is planned for standup, so nothing was changed." in said.text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "“nosuch”" in (await chat.says("mo", "/hms schedule extend 15m --room nosuch")).text


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")

    assert "Only moderators can do this" in (await chat.says("vi", "/hms schedule extend 5m")).text
