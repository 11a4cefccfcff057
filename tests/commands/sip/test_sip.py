"""``sip``: trunks that are kept by name, telephones that are called through them, keys that are pressed."""

import io
from collections.abc import Mapping

import pytest
import structlog

from sandbox.hms.choices import NEVER_ANSWERS
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, opened
from tests.commands.everything import everything

PASSWORD = "pw-wxyz-0815-telephone"
CALL, CREATE, UPDATE = "sip.start_call", "sip.create_trunk", "sip.update_trunk"
TYPED = f"sip trunk-create office acme {PASSWORD} sip.example.com +15550199"
PARTS = {"username": "acme", "password": PASSWORD, "address": "sip.example.com", "caller": "+1 555 01 99"}


async def fills_in(chat: Chat, **changes: str) -> Mapping[str, str]:
    """Ada hands in the form that is open; answers what is wrong, by field."""
    form = chat.workspace.views_of("U0ADA")[-1]
    asked = {block["block_id"] for block in form.body["blocks"] if block["type"] == "input"}
    filled = {field: value for field, value in (PARTS | changes).items() if field in asked}
    values = {field: {"value": value} for field, value in filled.items()}
    outcome = await chat.workspace.submits("U0ADA", form.id, values)
    await chat.bot.idle()
    await chat.workspace.settles()
    return outcome.errors


async def makes_trunk(chat: Chat, name: str = "office") -> None:
    """Ada makes a trunk, by its form and with the yes."""
    await chat.says("ada", f"/hms sip trunk-create {name}")
    assert not await fills_in(chat)
    await chat.clicks("ada", f"Make {name}", chat.reads("ada"))


@pytest.fixture
async def dialled(chat: Chat, standup: Room) -> Room:
    """A room with a code for guests and one for hosts, and the trunk office."""
    for role in ("guest", "host"):
        chat.world.room_codes.add(standup, role)
    await makes_trunk(chat)
    return standup


def telephones(room: Room) -> list[tuple[str, str]]:
    """Who is there by telephone, and as what."""
    return [(peer.name, peer.role) for peer in room.people if peer.type == "sip"]


# Trunks.


async def test_a_trunk_is_made_by_a_form_and_its_password_is_nowhere_afterwards(
    chat: Chat, standup: Room
) -> None:
    log = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log), cache_logger_on_first_use=False)
    try:
        await chat.says("ada", "/hms sip trunk-create Office")
        assert not await fills_in(chat)
        card = chat.reads("ada")
        assert "Make the trunk office?\ncalls go through sip.example.com as acme" in card.text
        assert "each call through it costs money" in card.text
        await chat.clicks("ada", "Make office", card)
        listed = await chat.says("ada", "/hms sip trunk-list")
        await chat.says("ada", "/hms audit tail --here")
    finally:
        structlog.reset_defaults()

    [made] = chat.world.trunks.values()
    assert (made.username, made.password, made.caller) == ("acme", PASSWORD, "+15550199")
    assert "office · sip.example.com as acme · calls from +15550199 · made by Ada" in listed.text
    assert "called 100ms" in log.getvalue()
    read = repr([chat.reads("ada", place).messages for place in ("classes", "dm")])
    for everywhere in (await everything(chat), read, log.getvalue()):
        assert PASSWORD not in everywhere


async def test_what_is_no_part_of_a_trunk_is_said_beside_its_field(chat: Chat, standup: Room) -> None:
    await makes_trunk(chat)
    await chat.says("ada", "/hms sip trunk-create other")

    for field, value, wrong in (
        ("address", "no server", "is no server to call through"),
        ("caller", "nobody", "is no telephone number"),
    ):
        errors = await fills_in(chat, **{field: value})
        assert set(errors) == {field}
        assert wrong in errors[field]
    for line, wrong in (
        ("sip trunk-create OFFICE acme x sip.example.com +15550199", "There is a trunk office already."),
        ("sip trunk-create 'my office' acme x sip.example.com +15550199", "is called by one word"),
        ("sip trunk-edit nosuch --caller +15550199", "There is no trunk nosuch. There are office."),
        ("sip trunk-edit offise --caller +15550199", "There is no trunk “offise”. Do you mean this one?"),
        ("sip trunk-edit office --caller +15550199", "Nothing about the trunk office would change."),
    ):
        assert wrong in (await chat.says("ada", f"/hms {line}")).text, line
    assert len(chat.calls(CREATE)) == 1


async def test_a_change_keeps_what_was_not_said_and_the_password(chat: Chat, standup: Room) -> None:
    await makes_trunk(chat)

    card = await chat.says("ada", "/hms sip trunk-edit office --address sip2.example.com:5061")
    assert "Change the trunk office?\naddress: sip.example.com → sip2.example.com:5061" in card.text
    await chat.clicks("ada", "Change office", card)

    [now] = chat.world.trunks.values()
    assert (now.address, now.password, now.username) == ("sip2.example.com:5061", PASSWORD, "acme")
    await chat.says("ada", "/hms sip trunk-edit office")
    [form] = chat.workspace.views_of("U0ADA")
    assert "sip2.example.com:5061" in repr(form.body)
    assert PASSWORD not in repr(form.body)


async def test_a_trunk_that_100ms_forgot_is_forgotten_here_too(chat: Chat, dialled: Room) -> None:
    chat.world.trunks.clear()

    await chat.says("ada", "/hms sip call +15550111 --yes")
    assert "100ms does not know the trunk office any more, so nobody was called." in chat.reads("ada").text
    await chat.says("ada", "/hms sip trunk-edit office --caller +15550198 --yes")
    assert "so it is forgotten here too. Make it anew" in chat.reads("ada").text
    assert "There is no trunk to call through." in (await chat.says("ada", "/hms sip trunk-list")).text
    assert "There is no trunk to call through." in (await chat.says("ada", "/hms sip call +15550111")).text


async def test_where_100ms_calls_nobody_for_the_account(chat: Chat, standup: Room) -> None:
    chat.world.fault("/sip/outbound/trunks", status=403, body={"message": "sip is not enabled"})

    await chat.says("ada", f"/hms {TYPED} --yes")

    assert "100ms lets this account call nobody: sip is not enabled." in chat.reads("ada").text
    assert "There is no trunk" in (await chat.says("ada", "/hms sip trunk-list")).text


async def test_without_a_key_to_encrypt_with_no_password_is_kept(sqlite_url: str) -> None:
    async with opened(sqlite_url, besides={"SECRET_KEY": ""}) as chat:
        said = await chat.says("ada", f"/hms {TYPED}")

        assert "SECRET_KEY is not set, so none can be kept." in said.text
        assert PASSWORD not in await everything(chat)


# Calls.


async def test_somebody_is_called_into_a_room_after_a_yes_that_names_the_price(
    chat: Chat, dialled: Room
) -> None:
    card = await chat.says("ada", "/hms sip call +1 (555) 01-33")
    assert "Call …0133 into standup as guest?" in card.text
    assert "the call costs money: office is charged for it · it rings for up to a minute" in card.text
    assert chat.calls(CALL) == []
    await chat.clicks("ada", "Call …0133", card)

    assert telephones(dialled) == [("…0133", "guest")]
    assert "Ada called …0133 into standup as guest." in chat.channel("classes")[-1]
    assert "+15550133" not in "\n".join(chat.channel("classes"))


async def test_while_it_rings_that_is_said(chat: Chat, dialled: Room) -> None:
    card = await chat.says("ada", "/hms sip call +15550111 --name Bell")
    chat.way.hold("/v2/sip/outbound/call")
    clicked = await chat.begins(chat.clicks("ada", "Call Bell", card))

    ringing = "It is ringing at Bell. This takes up to a minute"
    assert ringing in chat.reads("ada").text
    await chat.waits("20s")
    assert f"waiting for 100ms (it has not answered for 20s). {ringing}" in chat.reads("ada").text
    chat.way.let_go()
    assert "called Bell into standup" in (await clicked).text


async def test_nobody_picks_up(chat: Chat, dialled: Room) -> None:
    await chat.says("ada", f"/hms sip call {NEVER_ANSWERS} --yes")

    assert "Nobody picked up at …0100, so nobody came in." in chat.reads("ada").text
    assert telephones(dialled) == []
    assert len(chat.calls(CALL)) == 1


async def test_a_call_whose_answer_was_lost_is_looked_for_and_never_made_twice(
    chat: Chat, dialled: Room
) -> None:
    chat.world.fault("/sip/outbound/call", status=502, times=1)
    await chat.says("ada", "/hms sip call +15550111 --yes")
    assert "may have been done or not" in chat.reads("ada").text

    chat.world.fault("/sip/outbound/call", drop=True)
    await chat.says("ada", "/hms sip call +15550112 --yes")

    assert "Ada called …0112 into standup as guest." in chat.channel("classes")[-1]
    assert len(chat.calls(CALL)) == 2


async def test_calls_that_cannot_be_say_why_and_what_works(chat: Chat, dialled: Room) -> None:
    for line, wrong in (
        ("sip call nobody", "“nobody” is no telephone number."),
        ("sip call +15550111 --role nosuch", "standup has no role nosuch."),
        ("sip call +15550111 --role stage", "standup has no code for stage that works."),
        ("sip call +15550111 --trunk nosuch", "There is no trunk nosuch. There are office."),
        ("sip call +15550111 --room nosuch", "There is no room called “nosuch”"),
    ):
        assert wrong in (await chat.says("ada", f"/hms {line}")).text, line
    await makes_trunk(chat, "backup")
    said = await chat.says("ada", "/hms sip call +15550111")
    assert "Through which trunk? There are backup and office." in said.text
    dialled.enabled = False
    said = await chat.says("ada", "/hms sip call +15550111 --trunk office")
    assert "100ms tells and changes no codes of a locked room." in said.text
    assert chat.calls(CALL) == []


async def test_as_what_they_come_in_is_asked_where_it_could_be_several(chat: Chat, dialled: Room) -> None:
    chat.world.room_codes.add(dialled, "stage")

    said = await chat.says("ada", "/hms sip call +15550111")
    assert "As what does …0111 come into standup?" in said.text
    assert said.buttons == ("guest", "stage")
    card = await chat.clicks("ada", "stage", said)
    await chat.clicks("ada", "Call …0111", card)

    assert telephones(dialled) == [("…0111", "stage")]


async def test_a_host_is_called_in_with_a_second_yes(chat: Chat, dialled: Room) -> None:
    card = await chat.says("ada", "/hms sip call +15550111 --role host")
    assert "Call …0111 into standup as host?" in card.text
    assert telephones(dialled) == []
    await chat.clicks("mo", "Call …0111", card)

    assert telephones(dialled) == [("…0111", "host")]


async def test_a_number_stands_in_no_card_line_or_log(chat: Chat, dialled: Room) -> None:
    await chat.says("ada", "/hms sip call +15550133 --role host --reason 'their line is down'")
    await chat.says("ada", "/hms schedule once 18:00 sip call +15550133 --role guest --yes")
    for line in ("approval list", "schedule list", "audit tail", "case list", "session report"):
        await chat.says("ada", f"/hms {line} --here")
    await chat.passes("11h")  # the host's card has expired, and the schedule has asked for its call

    read = repr([chat.reads("ada", place).messages for place in ("classes", "dm")])
    assert "sip call …0133 --role guest" in read
    assert "Call …0133" in read
    assert "5550133" not in read


# Keys.


async def test_keys_are_pressed_for_every_telephone(chat: Chat, dialled: Room) -> None:
    await chat.says("ada", "/hms sip call +15550111 --yes")

    card = await chat.says("ada", "/hms sip dtmf 12#A")
    assert "Press 12#A for every telephone in standup?" in card.text
    await chat.clicks("ada", "Press 12#A", card)

    [pressed] = [peer.digits for peer in dialled.people if peer.type == "sip"]
    assert pressed == ["1", "2", "#", "a"]
    assert "Ada pressed 12#A for every telephone in standup." in chat.channel("classes")[-1]


async def test_keys_that_cannot_be_pressed(chat: Chat, dialled: Room) -> None:
    assert "is not all keys of a telephone." in (await chat.says("ada", "/hms sip dtmf 12x")).text
    for code in chat.world.room_codes.of(dialled):
        code.enabled = False
    await chat.says("ada", "/hms sip dtmf 12# --yes")
    assert "standup has no code that works." in chat.reads("ada").text
    dialled.end()
    assert "Nobody is in standup" in (await chat.says("ada", "/hms sip dtmf 12#")).text


async def test_a_moderator_neither_calls_nor_presses_nor_sees_trunks(chat: Chat, dialled: Room) -> None:
    for line in (
        "call +15550111",
        "dtmf 12#",
        "trunk-list",
        "trunk-create x acme pw sip.example.com +15550199",
        "trunk-edit office --caller +15550198",
    ):
        assert (await chat.says("mo", f"/hms sip {line}")).text.startswith("Only "), line
    assert chat.calls(CALL) == []
