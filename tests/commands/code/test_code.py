"""``code``: what lets people into a room, seen, made, switched, sent and checked."""

import re

import pytest

from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.room_code import RoomCode
from tests.chat import Chat, Said
from tests.commands.everything import everything

CODE = re.compile(r"[a-z]{3}-[a-z]{4}-[a-z]{3}")


@pytest.fixture
def coded(chat: Chat, standup: Room) -> Room:
    """Each of its roles has a code."""
    chat.world.room_codes.sync(standup)
    return standup


def codes(chat: Chat, room: Room, role: str) -> list[RoomCode]:
    return [one for one in chat.world.room_codes.of(room) if one.role == role]


def only_for(said: Said) -> set[str | None]:
    return {message.only_for for message in said.messages}


# List.


async def test_the_codes_of_a_room_are_told_to_who_asks_alone_and_that_is_in_the_log(
    chat: Chat, coded: Room
) -> None:
    said = await chat.says("mo", "/hms code list --here")

    [guest] = codes(chat, coded, "guest")
    assert f"guest 1: {guest.code} · works" in said.text
    assert only_for(said) == {"U0MO"}
    [entry] = [one for one in await chat.bot.audit.tail(50) if one.state == "minted"]
    assert (entry.actor, entry.text) == ("U0MO", "code list --room standup")
    assert not CODE.search(await everything(chat))


async def test_codes_are_hidden_again_by_a_button(chat: Chat, coded: Room) -> None:
    said = await chat.says("mo", "/hms code list --role guest")

    await chat.clicks("mo", "Hide", said)

    assert not CODE.search(chat.reads("mo").text)


async def test_in_direct_messages_a_code_does_not_stay_either(chat: Chat, coded: Room) -> None:
    said = await chat.says("mo", "code list --role guest --room standup", "dm")

    assert CODE.search(said.text)
    assert said.messages[-1].only_for == "U0MO"
    await chat.clicks("mo", "Hide", said)
    assert not CODE.search(chat.reads("mo", "dm").text)


async def test_only_those_of_one_role_are_shown_and_of_a_role_that_is_not_there_none(
    chat: Chat, coded: Room
) -> None:
    said = await chat.says("mo", "/hms code list --role guest")
    assert "1 code of standup" in said.text
    assert "host 1" not in said.text

    assert "standup has no role nosuch." in (await chat.says("mo", "/hms code list --role nosuch")).text


async def test_a_room_without_codes_says_how_to_make_some(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms code list")

    assert "standup has no codes. Make some: /hms code create" in said.text
    assert "Hide" not in said.buttons


async def test_a_locked_room_tells_no_codes_and_it_is_said_why(chat: Chat, coded: Room) -> None:
    coded.enabled = False

    said = await chat.says("mo", "/hms code list")

    assert "100ms tells and changes no codes of a locked room. Open standup first" in said.text


async def test_a_viewer_sees_no_codes_and_makes_none(chat: Chat, coded: Room) -> None:
    for line in (
        "code list",
        "code check abc-defg-hij",
        "code create guest",
        "code enable guest",
        "code disable guest",
        "code send <@U0MAX> guest",
    ):
        assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only "), line
    assert len(codes(chat, coded, "guest")) == 1


# Check.


async def test_of_a_code_it_is_told_whether_it_works_and_as_what(chat: Chat, coded: Room) -> None:
    [guest] = codes(chat, coded, "guest")

    said = await chat.says("mo", f"/hms code check {guest.code}")
    assert said.text == "This code works: it lets people in as guest."

    chat.world.room_codes.enable(guest, enabled=False)
    assert "This code lets nobody in now" in (await chat.says("mo", f"/hms code check {guest.code}")).text
    assert "100ms knows no such code." in (await chat.says("mo", "/hms code check abc-defg-hij")).text
    assert not CODE.search(await everything(chat))


async def test_a_code_that_is_not_typed_is_asked_for(chat: Chat, coded: Room) -> None:
    assert "Which code?" in (await chat.says("mo", "/hms code check …")).text

    await chat.says("mo", "/hms code check")
    assert len(chat.workspace.views_of("U0MO")) == 1


# Create.


async def test_a_code_is_made_after_a_yes(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms code create guest")
    assert "Make a code for guest in standup?\nwhoever has it comes in, until it is disabled" in card.text
    assert codes(chat, standup, "guest") == []

    await chat.clicks("mo", "Make a code", card)

    [guest] = codes(chat, standup, "guest")
    assert "Mo made a code for guest in standup." in chat.channel("classes")[-1]
    seen = await chat.clicks("max", "See the codes", chat.reads("max"))
    assert guest.code in seen.text
    assert not CODE.search(await everything(chat))


async def test_a_code_for_a_host_takes_a_second_moderator(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms code create host")
    assert codes(chat, standup, "host") == []

    await chat.clicks("max", "Make a code", chat.reads("max"))

    assert len(codes(chat, standup, "host")) == 1


async def test_without_a_role_each_that_has_none_gets_one(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms code create")
    await chat.clicks("max", "Make a code", chat.reads("max"))

    assert {one.role for one in chat.world.room_codes.of(standup)} == set(standup.template.roles)
    assert "Each role of standup has a code" in (await chat.says("mo", "/hms code create")).text


async def test_no_code_is_made_for_a_role_that_is_not_there(chat: Chat, standup: Room) -> None:
    assert "standup has no role nosuch." in (await chat.says("mo", "/hms code create nosuch")).text


async def test_a_code_whose_making_was_cut_off_is_looked_for_and_not_made_twice(
    chat: Chat, standup: Room
) -> None:
    chat.world.fault(f"/room-codes/room/{standup.id}/role/guest", status=502, times=1)

    said = await chat.says("mo", "/hms code create guest --yes")

    assert "may have been done or not" in said.text
    assert len(chat.calls("room_codes.create_for_role")) == 1


# Enable and disable.


async def test_a_code_is_disabled_and_enabled_again(chat: Chat, coded: Room) -> None:
    [guest] = codes(chat, coded, "guest")

    card = await chat.says("mo", "/hms code disable guest")
    assert "Disable code 1 for guest in standup?\nnobody new comes in with it" in card.text
    await chat.clicks("mo", "Disable it", card)
    assert not guest.enabled

    card = await chat.clicks("max", "Enable it again", chat.reads("max"))
    await chat.clicks("max", "Enable it", card)
    assert guest.enabled
    assert not CODE.search(await everything(chat))


async def test_of_several_codes_it_is_asked_which(chat: Chat, coded: Room) -> None:
    await chat.passes("1m")
    chat.world.room_codes.add(coded, "guest")

    said = await chat.says("mo", "/hms code disable guest --yes")
    assert "standup has several such codes for guest. Which one?" in said.text

    card = await chat.clicks("mo", "Code 2", said)
    await chat.clicks("mo", "Disable it", card)
    assert [one.enabled for one in codes(chat, coded, "guest")] == [True, False]


async def test_what_is_so_already_and_what_is_not_there_is_said(chat: Chat, coded: Room) -> None:
    said = await chat.says("mo", "/hms code enable guest")
    assert "nothing of guest is disabled in standup" in said.text

    said = await chat.says("mo", "/hms code disable guest 7")
    assert "standup has no code 7 for guest." in said.text

    await chat.says("mo", "/hms code disable guest --yes")
    assert "Nothing of guest in standup works" in (await chat.says("mo", "/hms code disable guest")).text


async def test_a_code_that_is_so_already_is_named_whatever_the_others_are(chat: Chat, coded: Room) -> None:
    await chat.says("mo", "/hms code create guest --yes")
    await chat.says("mo", "/hms code disable guest 1 --yes")

    said = await chat.says("mo", "/hms code disable guest 1")
    assert said.text == "Code 1 for guest in standup is disabled already."

    said = await chat.says("mo", "/hms code enable guest 2")
    assert said.text == "Code 2 for guest in standup works already."


async def test_a_code_of_a_host_is_disabled_by_two(chat: Chat, coded: Room) -> None:
    await chat.says("mo", "/hms code disable host --yes")
    [host] = codes(chat, coded, "host")
    assert host.enabled

    await chat.clicks("max", "Disable it", chat.reads("max"))
    assert not host.enabled


# Send.


async def test_a_code_is_sent_as_a_button_that_answers_that_person_alone(chat: Chat, coded: Room) -> None:
    card = await chat.says("mo", "/hms code send <@U0VI> guest")
    assert "Invite Vi to standup as guest?\nthey alone see the code" in card.text
    await chat.clicks("mo", "Invite Vi", card)
    assert "Mo invited" in chat.channel("classes")[-1]

    sent = chat.reads("vi", "dm")
    assert "Mo invites you to standup as guest." in sent.text
    assert not CODE.search(sent.text)
    said = await chat.clicks("vi", "Show my code", sent)

    [guest] = codes(chat, coded, "guest")
    assert f"Your code for standup, as guest: {guest.code}" in said.text
    assert only_for(said) == {"U0VI"}
    await chat.clicks("vi", "Hide", said)
    assert not CODE.search(chat.reads("vi", "dm").text)
    assert not CODE.search(await everything(chat))
    [entry] = [one for one in await chat.bot.audit.tail(50) if one.state == "minted"]
    assert (entry.actor, entry.text) == ("U0VI", "code mine 1")


async def test_nobody_else_is_told_a_code_that_was_sent(chat: Chat, coded: Room) -> None:
    await chat.says("mo", "/hms code send <@U0VI> guest --yes")

    for line in ("code mine", "code mine 1"):
        assert "No code was sent to you" in (await chat.says("max", f"/hms {line}")).text


async def test_a_code_that_was_sent_is_told_for_a_week_and_while_it_works(chat: Chat, coded: Room) -> None:
    await chat.says("mo", "/hms code send <@U0VI> guest --yes")
    await chat.says("mo", "/hms code disable guest --yes")
    assert "Your code for standup was disabled." in (await chat.says("vi", "/hms code mine")).text

    await chat.passes("8d")
    assert "No code was sent to you" in (await chat.says("vi", "/hms code mine")).text


async def test_a_host_is_invited_by_two(chat: Chat, coded: Room) -> None:
    await chat.says("mo", "/hms code send <@U0VI> host --yes")
    assert "No code was sent to you" in (await chat.says("vi", "/hms code mine")).text

    await chat.clicks("max", "Invite Vi", chat.reads("max"))
    assert CODE.search((await chat.says("vi", "/hms code mine")).text)


async def test_a_guest_of_the_workspace_is_sent_none_and_a_role_without_code_says_so(
    chat: Chat, standup: Room
) -> None:
    assert (
        "cannot use me, so nothing was sent" in (await chat.says("mo", "/hms code send <@U0GIA> guest")).text
    )

    said = await chat.says("mo", "/hms code send <@U0VI> guest")
    assert "standup has no code for guest that works." in said.text
    assert "Make one…" in said.buttons


async def test_what_works_already_is_counted_as_one_or_as_many(chat: Chat, coded: Room) -> None:
    one = await chat.says("mo", "/hms code create guest")
    assert "1 code works already" in one.text

    chat.world.room_codes.add(coded, "guest")

    assert "2 codes work already" in (await chat.says("mo", "/hms code create guest")).text
