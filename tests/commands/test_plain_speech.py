"""Lines as people type them: understood, and never at a price."""

import pytest

from bot.command import Registry
from bot.request.request import Request, State
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said
from tests.commands.spoken import LINES, Spoken
from tests.commands.targets import adds_target

NOT_THERE: set[str] = set()
"""Commands that lines speak of and that are not there yet: whoever adds one takes it out here."""

NAMES = ("Gus", "Ivy", "Tom", "Uma", "Anna", "Anna Maria Lopez", "Müller Jürgen", "O’Brien")  # noqa: RUF001 -- phones


@pytest.fixture
async def standup(chat: Chat) -> Room:
    """Hana's class, with all of whom the lines speak; yoga is live too, and belongs to no channel."""
    room = chat.world.add_room("standup", live=True)
    for name in NAMES:
        room.join(name)
    await chat.binds("classes", room)
    chat.world.add_room("yoga", live=True).join("Yan")
    return room


async def requests(chat: Chat) -> list[Request]:
    """Every request, the newest first."""
    async with chat.bot.db.read() as tx:
        found = [await chat.bot.dispatcher.requests.find(tx, number) for number in range(5, 0, -1)]
    return [request for request in found if request]


def forms(chat: Chat) -> list[str]:
    """The forms that stand open before Ada."""
    return [view.body["private_metadata"] for view in chat.workspace.views_of("U0ADA")]


async def heard(chat: Chat, line: Spoken) -> tuple[Said, list[Request]]:
    """What Ada reads who says it, and what she asked for by it."""
    if line.needs.startswith("stream"):
        await adds_target(chat, "youtube")
    if line.before:
        await chat.says("ada", f"/hms {line.before}")
        await chat.passes("5s")
    before = len(await requests(chat))
    said = await chat.says("ada", f"/hms {line.typed}")
    found = await requests(chat)
    return said, found[: len(found) - before]


@pytest.mark.parametrize(
    "line", [one for one in LINES if one.needs not in NOT_THERE], ids=lambda one: one.typed
)
async def test_a_line_is_understood(chat: Chat, standup: Room, line: Spoken) -> None:
    said, asked = await heard(chat, line)

    if line.asked:
        assert [request.sentence for request in asked] == [line.asked]
    if line.asked and line.how == "~":
        assert asked[0].state is State.WAITING
    if line.form:
        await (
            chat.clicks("ada", "Open the form", said)
            if "Open the form" in said.buttons
            else chat.passes("1s")
        )
        assert f'"words": "{line.form}"' in "".join(forms(chat))
    if line.offers:
        assert (
            tuple(label for label in said.buttons if label != "All commands" or len(said.buttons) == 1)
            == line.offers
        )
    if not line.asked:
        assert all(request.state is State.REFUSED for request in asked)
    assert line.shows in said.text
    assert standup.session


def test_a_command_that_is_there_is_looked_for_no_longer() -> None:
    commands = Registry().commands
    assert {line.needs for line in LINES if line.needs and line.needs not in commands} == NOT_THERE


@pytest.mark.parametrize(
    "line", ["open --yes", "please open --yes", "announce break --yes", "end-room now --yes"]
)
async def test_what_was_read_loosely_is_shown_first_whatever_is_said(
    chat: Chat, standup: Room, line: str
) -> None:
    if "open" in line:
        await chat.says("mo", "/hms room lock --yes")

    card = await chat.says("mo", f"/hms {line}")

    assert "only you see this" in card.text
    assert chat.request(card).states == ["asked", "waiting"]


async def test_a_room_that_is_called_so_is_meant_first(chat: Chat, standup: Room) -> None:
    chat.world.add_room("now", live=True)

    card = await chat.says("mo", "/hms end-room now")

    assert card.text.startswith("End now for 1 person?")


async def test_what_only_an_admin_may_schedule_is_no_room_of_that_name(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms lock every day at 5pm")

    assert "It takes an admin." in said.text
    assert said.buttons == ("All commands",)


async def test_a_room_that_is_called_like_a_day_is_meant_first(chat: Chat, standup: Room) -> None:
    chat.world.add_room("friday", live=True)

    card = await chat.says("mo", "/hms lock friday")

    assert card.text.startswith("Lock friday?")


async def test_a_suggestion_carries_the_rest_of_the_line(chat: Chat, standup: Room) -> None:
    choice = await chat.says("mo", "/hms remvoe gus he spams")
    card = await chat.clicks("mo", "remove gus he spams", choice)

    assert "Remove “Gus” from standup?" in card.text
    assert "he spams" in card.text


async def test_a_message_that_begins_with_a_name_goes_to_that_person_or_to_all(
    chat: Chat, standup: Room
) -> None:
    choice = await chat.says("mo", "/hms say gus, stop it")
    assert standup.messages == []

    await chat.clicks("mo", "To “Gus” only", choice)
    await chat.clicks("mo", "To all 9 people", choice)

    assert [message.text for message in standup.messages] == ["stop it", "gus, stop it"]


async def test_words_that_are_not_used_are_said_to_be(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms status around here today")

    assert "standup · 9 people" in said.text
    assert "I did not use “around here today”." in said.text


async def test_a_meeting_link_is_its_room(chat: Chat, standup: Room) -> None:
    code = chat.world.room_codes.sync(standup)[0]

    card = await chat.says("mo", f"/hms end-room https://app.100ms.live/meeting/{code.code}")

    assert card.text.startswith("End standup for 9 people?")
    assert len(chat.calls("room_codes.auth_token")) == 1


async def test_the_code_of_a_meeting_link_is_not_logged(chat: Chat, standup: Room) -> None:
    code = chat.world.room_codes.sync(standup)[0].code
    for pasted in (code, "zzz-zzzz-zzz"):
        await chat.says("mo", f"/hms end-room https://app.100ms.live/meeting/{pasted}?token=s3cret")

    logged = str(list(await chat.bot.audit.tail(100)))
    assert logged.count("end-room https://app.100ms.live/…") == 3  # the second was asked, then refused
    assert not [secret for secret in (code, "zzz-zzzz", "s3cret") if secret in logged]


@pytest.mark.parametrize(
    ("pasted", "what"),
    [
        ("xoxb-1234567890-abcdef", "a Slack token"),
        ("say xoxp-1234567890-abcdef", "a Slack token"),
        ("eyJhbGciOiJIUzI1NiJ9.eyJhY2Nlc3Nfa2V5Ijoi.c2lnbmF0dXJl", "a token of 100ms"),
        ("b1aGm4K9Qw3rT7yU2iO5pA8sD1fG4hJ6kL0zXcVbNmQwErTy", "a secret"),
    ],
)  # fmt: skip
async def test_a_pasted_secret_is_called_one_and_kept_nowhere(
    chat: Chat, standup: Room, pasted: str, what: str
) -> None:
    said = await chat.says("mo", f"/hms {pasted}")

    assert said.text.startswith(f"That looks like {what}. I kept nothing of it")
    assert pasted.rsplit(maxsplit=1)[-1] not in str(list(await chat.bot.audit.tail(100)))
    assert await requests(chat) == []


async def test_a_name_that_no_room_can_have_is_written_out_on_a_button(chat: Chat) -> None:
    said = await chat.says("ada", "/hms room create Füße & Söhne #1")
    assert said.buttons == ("Take Fuesse-Soehne-1",)

    card = await chat.clicks("ada", "Take Fuesse-Soehne-1", said)
    assert "Make the room Fuesse-Soehne-1?" in card.text


async def test_a_viewer_is_offered_nothing_they_may_not(chat: Chat, standup: Room) -> None:
    assert (await chat.says("vi", "/hms end-rom")).buttons == ("All commands",)


async def test_who_may_not_schedule_it_is_told_so_and_may_do_it_now(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms lock at 6pm")
    assert said.text == "Only admins can schedule this: ask Ada. You may do it now."

    card = await chat.clicks("mo", "Lock room now", said)
    assert card.text.startswith("Lock standup?")


async def test_who_may_do_it_neither_now_nor_later_is_told_so(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms unlock at 6pm")

    assert said.text.startswith("Only admins can do this; you are a viewer.")
    assert not said.buttons


async def test_before_a_mention_stands_nothing_that_counts(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "Hey folks @hms can you end the room please")

    assert "End standup for 9 people?" in said.text
