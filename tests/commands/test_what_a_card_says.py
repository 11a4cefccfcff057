"""What a moderator reads on a phone: a question first, who is meant in quotes, afterwards who did what."""

import pytest

from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, buttons

LONG = "he shouts at everybody and " * 30


async def test_a_card_and_its_notification_begin_with_the_question(chat: Chat, standup: Room) -> None:
    chat.clock.now += chat.span("12m")
    card = await chat.says("mo", "/hms remove Gus spamming the chat")

    assert card.text.splitlines() == [
        "Remove “Gus” from standup?",
        "Mo: spamming the chat",
        "Gus · guest · in for 12 minutes · camera on · could come back in",
        "Max or Ada decide · 10 minutes left (until 09:22 UTC) · #1",
    ]
    assert card.buttons == ("Remove “Gus”", "Deny")
    [message] = card.messages
    assert message.text.splitlines()[:3] == [
        "Remove “Gus” from standup?",
        "Mo: spamming the chat",
        "Gus · guest · in for 12 minutes · camera on · could come back in",
    ]


async def test_ones_own_confirm_asks_too_and_says_that_nobody_else_sees_it(chat: Chat, standup: Room) -> None:
    standup.start(Order(kind=Kind.RECORDING, meeting_url="https://classroom.app.100ms.live/preview"))

    card = await chat.says("mo", "/hms end-room")

    assert card.text.splitlines() == [
        "End standup for 3 people?",
        "1 recording stops",
        "only you see this · #1",
    ]


async def test_every_button_says_what_it_does_and_about_whom(chat: Chat, standup: Room) -> None:
    standup.join("Anna Maria Lopez Gonzalez y Fernandez")
    one = await chat.says("mo", "/hms remove Gus spamming")
    other = await chat.says("mo", "/hms remove Anna Maria Lopez Gonzalez y Fernandez --reason rude")

    heard = [button["accessibility_label"] for card in (one, other) for button in buttons(card.messages[0])]

    assert heard == [
        "Remove “Gus”, request 1",
        "Deny, request 1 about “Gus”",
        "Remove “Anna Maria Lopez Gonzalez y Fernand…”, request 2",
        "Deny, request 2 about “Anna Maria Lopez Gonzalez y Fernand…”",
    ]
    assert other.buttons[0] == "Remove “Anna Maria Lopez…”"  # Slack may cut a label at thirty
    assert all(len(label) <= 75 for label in heard)


@pytest.mark.parametrize("name", ["All", "the", "9 people", "Gus from yoga"])
async def test_whatever_somebody_calls_themselves_reads_as_a_name(
    chat: Chat, standup: Room, name: str
) -> None:
    standup.join(name)

    card = await chat.says("mo", f"/hms remove '{name}' spamming")

    assert card.text.startswith(f"Remove “{name}” from standup?")
    assert card.buttons[0] == f"Remove “{name}”"


async def test_a_quote_in_a_name_does_not_end_ours(chat: Chat, standup: Room) -> None:
    standup.join("Gus” and “Ivy")

    choice = await chat.says("mo", "/hms remove Gus and Ivy --reason spamming")
    card = await chat.clicks("mo", choice.buttons[0], choice) if len(choice.buttons) == 1 else choice

    assert "“Gus' and 'Ivy”" in card.text


async def test_what_was_done_names_who_did_it_and_whose_yes_it_had(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.clock.now += chat.span("38s")
    await chat.clicks("max", "Remove “Gus”", card)

    [became, told] = chat.channel("classes")
    assert became.splitlines()[0] == "Mo removed “Gus” from standup. Approved by Max in 38s. Why: spamming."
    assert told == "Mo: Max said yes. Mo removed “Gus” from standup."


async def test_an_end_says_after_how_long_and_what_stopped(chat: Chat, standup: Room) -> None:
    standup.start(Order(kind=Kind.RECORDING, meeting_url="https://classroom.app.100ms.live/preview"))
    chat.clock.now += chat.span("24m")
    card = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "End for 3 people", card)

    [told] = chat.channel("classes")
    assert told.startswith("Mo ended standup for 3 people, after 24 minutes. 1 recording stopped.")


async def test_a_result_that_stands_in_the_channel_is_not_said_privately_too(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("mo", "/hms end-room --lock")
    await chat.clicks("mo", "End and lock for 3 people", card)

    assert len(chat.reads("mo").messages) == 1
    assert chat.reads("mo").buttons == ("Unlock standup",)


@pytest.mark.parametrize("how", ["button", "line"])
async def test_what_was_taken_back_says_by_whom_and_when_and_offers_it_no_more(
    chat: Chat, standup: Room, how: str
) -> None:
    await chat.says("mo", "/hms end-room --lock --yes")
    ended = chat.reads("max")
    chat.clock.now += chat.span("7m")

    if how == "button":
        await chat.clicks("max", "Unlock standup", ended)
    else:
        await chat.says("max", "/hms room unlock standup")

    first = chat.channel("classes")[0]
    assert first.splitlines()[1] == "2 Mar 09:07 UTC · Max unlocked standup."
    assert chat.reads("max").buttons == ("Lock standup",)
    again = await chat.clicks("max", "Unlock standup", ended)
    assert "standup is open already" in again.text


async def test_a_planned_end_that_was_called_off_says_so_where_it_was_planned(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms end-room --in 5m --yes")

    await chat.says("max", "/hms end-room --cancel")

    assert "Max called off the end of standup" in chat.channel("classes")[0]
    assert chat.reads("mo").buttons == ()


async def test_a_lock_that_is_taken_back_leaves_the_lock_of_another_room_alone(
    chat: Chat, standup: Room
) -> None:
    chat.world.add_room("yoga")
    await chat.says("mo", "/hms room lock standup --yes")
    await chat.says("mo", "/hms room lock yoga --yes")

    await chat.says("max", "/hms room unlock yoga")

    assert chat.reads("max").buttons == ("Unlock standup", "Lock yoga")


async def test_a_changed_card_says_what_changed_old_and_new(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Ivy spamming")
    standup.change(next(peer for peer in standup.peers if peer.name == "Ivy"), role="stage")

    told = await chat.clicks("max", "Remove “Ivy”", card)

    assert "Nothing was done yet. “Ivy” is now stage, was guest. Look again, then decide." in told.text
    assert "Ivy · stage · in for 1 second" in chat.channel("classes")[0]
    assert "Changed since it was asked: “Ivy” is now stage, was guest." in chat.channel("classes")[0]


async def test_a_host_is_called_one_and_takes_the_yes_of_an_admin(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Hana 'she shouts'")
    assert card.text.startswith("Remove “Hana”, a host, from standup?")
    assert "Ada decides" in card.text

    said = await chat.clicks("max", "Remove “Hana”", card)
    assert said.text == "Only an admin can do this. Ada decides this one."
    assert said.buttons == ("Ask Ada",)
    assert "removed “Hana”" in (await chat.clicks("ada", "Remove “Hana”", card)).text


async def test_who_became_a_host_meanwhile_takes_the_yes_of_an_admin(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Ivy spamming")
    standup.change(next(peer for peer in standup.peers if peer.name == "Ivy"), role="host")

    told = await chat.clicks("max", "Remove “Ivy”", card)

    assert "It waits for an admin now, was a second moderator." in told.text
    assert "Remove “Ivy”, a host, from standup?" in chat.channel("classes")[0]
    assert "Ada decides" in chat.channel("classes")[0]


async def test_a_policy_that_asks_nobody_still_asks_an_admin_about_a_host(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access grant @max admin --yes")
    await chat.passes("1m")
    card = await chat.says("ada", "/hms policy set none remove")
    await chat.clicks("max", "Let it wait so", card)
    assert "removed “Gus”" in (await chat.says("mo", "/hms remove Gus spamming")).text

    asked = await chat.says("mo", "/hms remove Hana spamming")

    assert asked.buttons == ("Remove “Hana”", "Deny")


async def test_a_long_reason_leaves_the_buttons_in_sight(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", f"/hms remove Gus {LONG}")

    asked = card.text.splitlines()[1]
    assert len(asked) <= len("Mo: ") + 300
    assert asked.endswith("…")
    [whole] = chat.channel("classes")[1:]
    assert whole == f"Mo: {LONG.strip()}"  # in its thread
    assert chat.reads("max").messages[-1].thread_ts == chat.reads("max").messages[0].ts


async def test_what_came_to_nothing_names_who_pressed(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))

    await chat.clicks("max", "Remove “Gus”", card)

    [became, told] = chat.channel("classes")
    asked, by = became.splitlines()
    assert asked.startswith("Mo asked: Remove “Gus” from standup? Why: spamming.")
    assert asked.endswith("“Gus” is no longer in standup. Nothing was done.")
    assert by == "Max pressed · 2 Mar 09:00 UTC · #1"
    assert told == "Mo: Remove “Gus” from standup? “Gus” is no longer in standup. Nothing was done."


async def test_a_lock_and_a_plan_stand_on_the_head_and_on_the_button(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")

    card = await chat.says("mo", "/hms end-room --in 5m --lock")

    assert card.text.splitlines()[0] == "End and lock standup for 3 people in 5m?"
    assert "another end 2 Mar 09:10 UTC, asked by Mo" in card.text
    assert card.buttons[0] == "End and lock in 5m"


async def test_what_is_set_otherwise_is_said_with_what_it_was(chat: Chat, standup: Room) -> None:
    standup.template.roles["quiet"] = standup.template.roles["muted"] | {"name": "quiet"}
    await chat.says("ada", "/hms room defaults standup --muted-role muted")
    said = await chat.says("ada", "/hms room defaults standup --muted-role quiet")
    assert "muted role: quiet, was muted" in said.text

    said = await chat.says("ada", "/hms access grant @vi moderator --yes")
    assert "Ada made Vi a moderator for all rooms, was a viewer." in said.text


async def test_whom_muting_meanwhile_has_reached_reads_so_on_the_card(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults standup --muted-role muted")

    card = await chat.says("mo", "/hms remove Gus spamming")

    assert "muted meanwhile, in the role muted" in card.text
