"""``room defaults``: the roles and the zone of a room."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_what_is_said_is_kept_and_added_to(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role host --muted-role muted")
    await chat.says("ada", "/hms room defaults --zone Asia/Kolkata")

    told = chat.channel("classes")[-1]
    assert "Host role · host" in told
    assert "Muted role · muted" in told
    assert "Stage role · not set" in told
    assert "Time zone · Asia/Kolkata" in told


async def test_without_anything_to_change_its_form_opens(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults")

    assert said.messages == ()
    [form] = chat.workspace.views_of("U0ADA")
    assert form.body["title"]["text"] == "Set up room"


async def test_the_zone_of_the_room_is_the_one_in_which_times_are_read(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --zone Asia/Kolkata")

    card = await chat.says("mo", "/hms room lock --until 16:00")

    assert "opens by itself 2 Mar 10:30" in card.text


async def test_the_host_role_is_protected(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role guest")

    said = await chat.says("mo", "/hms remove --role guest --reason 'all of them'")

    assert "hosts are protected" in said.text


async def test_a_role_that_the_template_does_not_have_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults --muted-role nosuch")

    assert "standup has no role nosuch. It has" in said.text


async def test_a_zone_that_does_not_exist_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults --zone Berlin")

    assert "There is no time zone Berlin." in said.text


async def test_a_folder_of_zones_is_no_zone(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults --zone Europe")

    assert "There is no time zone Europe." in said.text


async def test_a_role_is_kept_as_the_template_writes_it(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role HOST")

    assert "Host role · host" in chat.channel("classes")[-1]


async def test_a_moderator_is_refused(chat: Chat, standup: Room) -> None:
    assert "Only admins can do this" in (await chat.says("mo", "/hms room defaults --zone UTC")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults nosuch --zone UTC")

    assert "There is no room called “nosuch”" in said.text
