"""``status``: what goes on in a room, and what waits for whoever asks."""

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

RECORDING = Order(kind=Kind.RECORDING, meeting_url="https://classroom.app.100ms.live/preview")


async def test_it_counts_the_people_in_the_room_of_the_channel(chat: Chat, standup: Room) -> None:
    await chat.passes("24m")

    said = await chat.says("vi", "/hms status")

    assert said.text == "standup · 3 people · 24 minutes · open"
    assert chat.channel("classes") == []


async def test_who_is_there_with_several_devices_is_counted_once(chat: Chat, standup: Room) -> None:
    standup.join("Gus", user_id=standup.peers[1].user_id)

    assert "standup · 3 people" in (await chat.says("vi", "/hms status")).text


async def test_each_reader_has_the_acts_of_their_level_on_it(chat: Chat, standup: Room) -> None:
    assert (await chat.says("vi", "/hms")).buttons == ("Who is here",)
    assert (await chat.says("mo", "/hms")).buttons == ("Who is here", "Say…", "Lock", "End…")


async def test_the_acts_are_those_that_make_sense_now(chat: Chat) -> None:
    chat.world.add_room("empty")
    assert (await chat.says("mo", "/hms status empty")).buttons == ("Lock",)

    await chat.says("mo", "/hms room lock empty --yes")

    assert (await chat.says("mo", "/hms status empty")).buttons == ("Unlock",)


async def test_a_class_is_ended_with_two_presses_from_it(chat: Chat, standup: Room) -> None:
    cockpit = await chat.says("mo", "/hms")

    card = await chat.clicks("mo", "End…", cockpit)
    await chat.clicks("mo", "End for 3 people", card)

    assert not standup.peers


async def test_a_room_is_locked_from_it_by_the_same_card(chat: Chat, standup: Room) -> None:
    cockpit = await chat.says("mo", "/hms")

    card = await chat.clicks("mo", "Lock", cockpit)
    await chat.clicks("mo", "Lock standup", card)

    assert not standup.enabled


async def test_say_opens_the_form_for_that_room(chat: Chat, standup: Room) -> None:
    await chat.clicks("mo", "Say…", await chat.says("mo", "/hms"))

    [form] = chat.workspace.views_of("U0MO")
    assert form.body["title"]["text"] == "Say"
    await chat.workspace.submits("U0MO", form.id, {"text": {"value": "We begin"}})
    await chat.bot.idle()
    assert [message.text for message in standup.messages] == ["We begin"]


async def test_a_button_whose_form_is_long_forgotten_says_so(chat: Chat, standup: Room) -> None:
    cockpit = await chat.says("mo", "/hms")
    async with chat.bot.db.write() as tx:
        await chat.bot.dispatcher.requests.prune(tx, chat.clock() + chat.span("1d"))

    said = await chat.clicks("mo", "Say…", cockpit)

    assert "too old" in said.text


async def test_hms_alone_means_the_same(chat: Chat, standup: Room) -> None:
    assert (await chat.says("vi", "/hms")).text == (await chat.says("vi", "/hms status")).text


async def test_recorders_are_not_counted_but_what_they_do_is_named(chat: Chat, standup: Room) -> None:
    standup.start(RECORDING)
    await chat.passes("10s")
    assert len(standup.peers) == 4

    said = await chat.says("vi", "/hms status")

    assert "standup · 3 people" in said.text
    assert "● 1 recording" in said.text


async def test_an_empty_room_is_no_error(chat: Chat) -> None:
    chat.world.add_room("empty")

    assert (await chat.says("vi", "/hms status empty")).text == "empty · nobody is there · open"


async def test_a_room_that_was_locked_elsewhere_is_said_so(chat: Chat, standup: Room) -> None:
    standup.enabled = False

    said = await chat.says("vi", "/hms status")

    assert "· locked\nLocked, but not by /hms: nobody new can come in." in said.text


async def test_a_lock_says_who_why_and_until_when(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms room lock --until 18:30 --reason 'the exam' --yes")

    said = await chat.says("vi", "/hms status")

    assert "· locked until 2 Mar" in said.text
    assert "Locked by Mo since 2 Mar 09:00 UTC. Why: the exam." in said.text


async def test_a_planned_end_is_said(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 30m --yes")

    assert "· open · ends 2 Mar 09:30" in (await chat.says("vi", "/hms status")).text


async def test_a_lock_that_was_opened_elsewhere_is_no_longer_shown(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms room lock --yes")
    standup.enabled = True

    assert "locked" not in (await chat.says("vi", "/hms status")).text


async def test_it_shows_what_waits_for_whoever_asks(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    for_max = await chat.says("max", "/hms status")
    for_mo = await chat.says("mo", "/hms status")

    assert "Remove “Gus” from standup?" in for_max.text
    assert "Remove “Gus” from standup?" in for_mo.text
    assert "Remove “Gus”" not in for_mo.buttons  # nobody approves their own request
    assert "Gus" not in (await chat.says("vi", "/hms status")).text


async def test_what_waits_is_decided_on_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    await chat.clicks("max", "Remove “Gus”", await chat.says("max", "/hms"))

    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]


async def test_without_a_room_it_asks_which(chat: Chat, standup: Room) -> None:
    choice = await chat.says("vi", "/hms status", channel="webinars")
    assert choice.buttons == ("standup",)

    said = await chat.clicks("vi", "standup", choice)

    assert "standup · 3 people" in said.text


async def test_somebody_without_a_level_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "you hold none. Ask Ada." in (await chat.says("vi", "/hms status")).text


async def test_members_of_a_bound_channel_may_look_where_the_binding_says_so(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.binds("classes", standup, viewers=True)

    assert "standup · 3 people" in (await chat.says("vi", "/hms status")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("vi", "/hms status nosuch")).text


async def test_here_lets_the_channel_read_it(chat: Chat, standup: Room) -> None:
    await chat.says("vi", "/hms status --here")

    assert "standup · 3 people" in chat.channel("classes")[0]
