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


async def test_more_time_that_reaches_the_next_opening_says_that_this_comes_before(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", "/hms schedule window daily 09:00-08:50 --tz UTC --room standup --yes")
    asked = await chat.says("max", "/hms extend 15m --room standup --dry-run")
    assert "its hours open it 3 Mar 08:59 UTC: it ends with those" in asked.text

    assert "hours open it" not in (await chat.says("max", "/hms extend 5m --room standup --dry-run")).text
    await chat.says("max", "/hms extend 15m --room standup")

    told = "\n".join(chat.channel("classes"))
    assert (
        "Max gave standup 15m more, until 3 Mar 09:05 UTC, but its hours open it 3 Mar 08:59 UTC: "
        "it ends with those." in told
    )
    await chat.passes("23h59m")
    await chat.passes("7m")
    assert standup.enabled


async def test_the_next_opening_of_its_hours_is_of_no_matter_to_an_end_that_somebody_planned(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", "/hms schedule window daily 09:20-10:00 --tz UTC --room standup --yes")
    await chat.says("mo", "/hms end-room --in 10m --yes")

    await chat.says("max", "/hms extend 15m")

    assert "hours open it" not in "\n".join(chat.channel("classes"))


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


async def test_a_yes_to_more_time_moves_no_other_end_than_the_one_that_was_shown(chat: Chat) -> None:
    room = chat.world.add_room("yoga")
    room.join("Gus")
    await chat.binds("classes", room)
    await chat.grants("max", Chat.ADMIN)
    await chat.says("ada", "/hms policy set 'schedule extend' second")
    await chat.clicks("max", "Let it wait so", chat.reads("max"))
    await chat.says("mo", "/hms end-room --in 20m --yes")
    asked = await chat.says("mo", "/hms schedule extend 15m")
    await chat.says("max", "/hms end-room --in 10m --yes")

    pressed = await chat.clicks("max", "Give 15m more", asked)
    assert "This card has changed since." in pressed.text
    told = "\n".join(chat.channel("classes"))
    assert "The planned end is 2 Mar 09:10 UTC now, was 2 Mar 09:20 UTC." in told
    assert "ends 2 Mar 09:10 UTC" in (await chat.says("vi", "/hms status")).text

    await chat.clicks("max", "Give 15m more", chat.reads("max"))
    assert "Mo gave yoga 15m more, until 2 Mar 09:25 UTC" in "\n".join(chat.channel("classes"))


async def test_more_time_for_hours_whose_end_is_yet_to_be_done_counts_for_them_too(chat: Chat) -> None:
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    await chat.says("ada", "/hms schedule window daily 09:00-10:00 --tz UTC --yes")
    chat.clock.now += chat.span("61m")  # 100ms, or this process, was not there to end them
    await chat.says("mo", "/hms schedule extend 15m")
    assert "Open until 2 Mar 10:15 UTC." in (await chat.says("vi", "/hms schedule show")).text

    await chat.says("mo", "/hms schedule pause")
    await chat.passes("1h")
    assert room.enabled
