"""``say``: a message into the room, confirmed where many would read it."""

import pytest

from sandbox.hms.state.room.room import Room
from sandbox.slack.delivery import Payload
from tests.chat import PEOPLE, Chat


async def test_everybody_in_the_room_reads_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms say We start in five minutes")

    (message,) = standup.messages
    assert message.text == "We start in five minutes"
    assert "Mo said to 3 people in standup: We start in five minutes" in chat.channel("classes")[0]


async def test_a_role_can_be_spoken_to(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms say Please mute yourselves --to role:guest")

    (call,) = chat.calls("active_rooms.send_message")
    assert call.body == {"message": "Please mute yourselves", "role": "guest", "type": "chat"}
    assert "Mo said to 2 people with the role guest in standup" in chat.channel("classes")[0]


async def test_a_role_is_spoken_to_whatever_the_case_it_is_typed_in(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms say Please mute yourselves --to role:GUEST")

    (call,) = chat.calls("active_rooms.send_message")
    assert call.body == {"message": "Please mute yourselves", "role": "guest", "type": "chat"}


async def test_one_person_can_be_spoken_to(chat: Chat, standup: Room) -> None:
    gus = next(peer for peer in standup.peers if peer.name == "Gus")

    await chat.says("mo", "/hms say Your turn --to Gus --type whisper")

    (call,) = chat.calls("active_rooms.send_message")
    assert call.body == {"message": "Your turn", "peer_id": gus.id, "type": "whisper"}
    assert "Mo said to “Gus” in standup: Your turn" in chat.channel("classes")[0]


async def test_who_is_there_with_several_devices_hears_it_on_each_of_them_once(
    chat: Chat, standup: Room
) -> None:
    standup.join("Gus", user_id="gus-1")
    standup.join("Gus", user_id="gus-1")
    mine = [peer.id for peer in standup.peers if peer.user_id == "gus-1"]

    await chat.says("mo", "/hms say --to user:gus-1 please mute")

    assert [message.reached for message in standup.messages] == [(peer,) for peer in mine]
    assert len(mine) == 2
    assert "Mo said to “Gus” in standup: please mute" in chat.channel("classes")[0]


async def test_a_device_that_has_just_left_keeps_it_from_no_other(chat: Chat, standup: Room) -> None:
    tablet, phone = (standup.join("Ava", user_id="ava") for _ in range(2))
    send = f"/active-rooms/{standup.id}/send-message"
    chat.world.fault(send, status=404, body={"code": 404, "message": "peer not found"}, times=1)

    await chat.says("mo", "/hms say --to Ava please mute")
    assert [message.peer_id for message in standup.messages] == [phone.id]
    assert "Mo said to “Ava” in standup" in chat.channel("classes")[0]

    standup.leave(tablet)
    chat.world.fault(send, status=404, body={"code": 404, "message": "peer not found"}, times=1)
    said = await chat.says("mo", "/hms say --to Ava please mute")
    assert "“Ava” is no longer in standup." in said.text
    assert len(standup.messages) == 1


async def test_the_card_of_a_private_note_says_to_whom(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms tell gus to stop")
    assert card.text.startswith("Say this to “Gus” in standup?")

    await chat.clicks("mo", "Say it to “Gus”", card)
    assert "Mo said to “Gus” in standup: stop" in chat.channel("classes")[0]


async def test_the_card_for_a_role_names_it(chat: Chat, standup: Room) -> None:
    shown = await chat.says("mo", "/hms say Please mute yourselves --role guest --dry-run")

    assert shown.text.startswith("Say this to 2 people with the role guest in standup?")


async def test_more_than_fifty_listeners_are_asked_for_first(chat: Chat, standup: Room) -> None:
    for number in range(48):
        standup.join(f"Guest {number}")

    card = await chat.says("mo", "/hms say We start now")
    assert standup.messages == []
    await chat.clicks("mo", "Say it to 51 people", card)

    assert len(standup.messages) == 1


async def test_fifty_listeners_are_not(chat: Chat, standup: Room) -> None:
    for number in range(47):
        standup.join(f"Guest {number}")

    await chat.says("mo", "/hms say We start now")

    assert len(standup.messages) == 1


async def test_a_message_whose_answer_is_lost_is_not_said_twice(chat: Chat, standup: Room) -> None:
    chat.world.fault(f"/active-rooms/{standup.id}/send-message", drop=True)

    said = await chat.says("mo", "/hms say We start now")

    assert len(standup.messages) == 1
    assert "may have been done or not" in chat.channel("classes")[-1] + said.text


async def test_nobody_listens_in_an_empty_room(chat: Chat) -> None:
    chat.world.add_room("empty")

    said = await chat.says("mo", "/hms say Hello --room empty")

    assert "Nobody is in empty" in said.text
    assert chat.calls("active_rooms.send_message") == []


async def test_a_role_that_nobody_has_hears_nothing(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms say Hello --to role:stage")

    assert "Nobody in standup has the role stage." in said.text


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms say Hello")

    assert "Only moderators can do this" in said.text
    assert standup.messages == []


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms say Hello --room nosuch")

    assert "There is no room called “nosuch”" in said.text


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("write to <mailto:help@example.org|help@example.org>", "write to help@example.org"),
        ("see <http://example.org|example.org>", "see example.org"),
        ("call <tel:+4930123|+49 30 123>", "call +49 30 123"),
        ("well done :tada::+1::skin-tone-3: at 10:30:45", "well done 🎉👍🏼 at 10:30:45"),
        ("ask <@U0MAX>", "ask @Max"),
    ],
)
@pytest.mark.parametrize("line", ["/hms", "@hms"])
async def test_the_room_reads_what_was_typed(
    chat: Chat, standup: Room, typed: str, heard: str, line: str
) -> None:
    state = chat.workspace.state
    mo, place = state.directory.person("U0MO"), state.directory.channel("C0CLASSES")
    if line == "/hms":
        url = state.respond_at(state.response_urls.issue(mo.id, place.id))
        trigger = state.triggers.issue(mo.id)
        body = state.payloads.slash_command(mo, place, f"say {typed}", trigger_id=trigger, response_url=url)
        await state.delivery.deliver(Payload("slash_commands", body))
    else:
        event = {"type": "app_mention", "user": mo.id, "text": f"<@U0HMS> say {typed}", "channel": place.id}
        body = state.payloads.event(event | {"ts": "1.0"}, "Ev1", int(chat.clock.now.timestamp()))
        await state.delivery.deliver(Payload("events_api", body))
    await chat.bot.idle()

    assert [message.text for message in standup.messages] == [heard]


async def test_so_does_a_form(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms say")
    form = chat.workspace.views_of("U0MO")[-1]

    await chat.workspace.submits("U0MO", form.id, {"text": {"value": "well done :tada: at 10:30:45"}})
    await chat.bot.idle()

    assert [message.text for message in standup.messages] == ["well done 🎉 at 10:30:45"]


@pytest.mark.parametrize(
    ("typed", "heard"),
    [
        ("to Gus you are too loud", "you are too loud"),
        ("to Gus: your camera is on", "your camera is on"),
        ("privately to Gus stop it", "stop it"),
        ("only to Gus, stop it, please", "stop it, please"),
    ],
)
async def test_what_is_said_to_somebody_by_name_goes_to_nobody_else_unasked(
    chat: Chat, standup: Room, typed: str, heard: str
) -> None:
    choice = await chat.says("mo", f"/hms say {typed}")
    assert choice.buttons == ("To “Gus” only", "To all 3 people")
    assert standup.messages == []

    await chat.clicks("mo", "To “Gus” only", choice)
    assert [(said.text, len(said.reached)) for said in standup.messages] == [(heard, 1)]


async def test_a_name_of_two_words_may_have_a_comma_behind_it(chat: Chat, standup: Room) -> None:
    standup.join("Anna Bell")

    choice = await chat.says("mo", "/hms say Anna Bell, please stop")

    assert choice.buttons == ("To “Anna Bell” only", "To all 4 people")


async def test_what_only_begins_with_to_is_for_everybody(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms say to be honest we are late")

    assert [said.text for said in standup.messages] == ["to be honest we are late"]


@pytest.mark.parametrize(
    "whom",
    ["--role guest --to Gus", "--everybody --to Gus", "--everybody --role guest", "--to role:x --role y"],
)
async def test_of_those_who_may_be_meant_one_is_chosen(chat: Chat, standup: Room, whom: str) -> None:
    said = await chat.says("mo", f"/hms say hi {whom}")

    assert said.text == "Choose one of --to, --role and --everybody: who is to read it?"
    assert standup.messages == []


@pytest.mark.parametrize("line", ["say Gus", "say @gus", "say to gus:", "message gus"])
async def test_a_name_alone_is_said_to_nobody(chat: Chat, standup: Room, line: str) -> None:
    said = await chat.says("mo", f"/hms {line}")
    assert said.text == "This begins with the name of somebody in standup. Who is to read it?"
    assert standup.messages == []

    await chat.clicks("mo", "To “Gus” only", said)
    [form] = chat.workspace.views_of(PEOPLE["mo"])
    assert [block["block_id"] for block in form.body["blocks"] if block["type"] == "input"] == ["text"]
    assert "Gus" in str(form.body)
