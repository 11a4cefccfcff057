"""``stream-target``: a name for an address and a key that nobody reads again."""

import io

import pytest
import structlog

from sandbox.hms.state.room.room import Room
from tests.chat import SECRETS as OURS
from tests.chat import Chat, opened
from tests.commands.everything import everything
from tests.commands.targets import ADDRESS, KEY, address, adds_target, fills_in

NEWER = "newer-secret-key-that-seals-stream-keys-999="
SECRETS = (KEY.format("youtube"), "youtube.example/live2")


def read_by_anybody(chat: Chat) -> str:
    """All that stands in Slack, whoever sees it, and every open form."""
    people = [(who, channel) for who in ("ada", "mo", "vi") for channel in ("classes", "dm")]
    seen = [repr(chat.reads(who, channel).messages) for who, channel in people]
    return "\n".join([*seen, *(repr(form.body) for form in chat.workspace.views_of("U0ADA"))])


async def test_a_target_is_added_by_a_form_and_its_key_is_nowhere_afterwards(
    chat: Chat, standup: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(log), cache_logger_on_first_use=False)
    try:
        await fills_in(chat, "youtube")
        card = chat.reads("ada")
        assert "Add youtube as a target of standup?\nit leads to youtube.example" in card.text
        await chat.clicks("ada", "Add youtube", card)
        await chat.says("mo", "/hms stream start youtube --yes")
        await chat.passes("5s")
        await chat.says("vi", "/hms stream show --here")
        await chat.says("ada", "/hms audit tail --here")
    finally:
        structlog.reset_defaults()

    assert [beam.order.parameters["rtmp_urls"] for beam in standup.beams] == [[address("youtube")]]
    assert "Ada added youtube (youtube.example) as a target of standup." in chat.channel("classes")[0]
    assert "called 100ms" in log.getvalue()
    for everywhere in (await everything(chat), read_by_anybody(chat), log.getvalue()):
        assert not [secret for secret in SECRETS if secret in everywhere]


async def test_a_key_that_was_typed_is_not_kept_as_typed(chat: Chat, standup: Room) -> None:
    line = f"stream-target add youtube {ADDRESS.format('youtube')} {KEY.format('youtube')}"

    card = await chat.says("ada", f"/hms {line}")
    await chat.clicks("ada", "Add youtube", card)

    assert "youtube · youtube.example" in (await chat.says("ada", "/hms stream-target list")).text
    for everywhere in (await everything(chat), read_by_anybody(chat)):
        assert not [secret for secret in SECRETS if secret in everywhere]
    asked = [one.text for one in await chat.bot.audit.tail(50) if one.state == "asked"]
    assert asked == ['stream-target add "youtube" … …']


async def test_a_line_with_a_key_that_lacks_something_asks_for_all_of_it_again(
    chat: Chat, standup: Room
) -> None:
    await chat.says("ada", f"/hms stream-target add youtube {KEY.format('youtube')}")

    assert KEY.format("youtube") not in await everything(chat)
    assert KEY.format("youtube") not in read_by_anybody(chat)
    [form] = chat.workspace.views_of("U0ADA")
    asked = [block["block_id"] for block in form.body["blocks"] if block["type"] == "input"]
    assert asked == ["address", "key"]


@pytest.mark.parametrize(
    ("field", "server", "key", "wrong"),
    [
        ("address", "https://youtube.example/live2", "", "begins with rtmp:// or rtmps://"),
        ("address", "rtmp://", "", "begins with rtmp:// or rtmps://"),
        ("key", "", "two words", "it is one word without blanks"),
    ],
)
async def test_what_is_no_address_or_no_key_is_said_in_the_form_without_it(
    chat: Chat, standup: Room, field: str, server: str, key: str, wrong: str
) -> None:
    errors = await fills_in(chat, "youtube", server, key)

    assert set(errors) == {field}
    assert wrong in errors[field]
    assert not [said for said in (server, key) if len(said) > 7 and said in errors[field]]


async def test_a_name_is_one_word_and_is_given_once(chat: Chat, standup: Room) -> None:
    await adds_target(chat, "youtube")

    for name, wrong in (("YouTube", "has a target YouTube already"), ("'my tube'", "is called by one word")):
        said = await chat.says("ada", f"/hms stream-target add {name} rtmp://x.example/a k3y")
        assert wrong in said.text


async def test_an_example_that_was_copied_asks_for_what_it_leaves_out(chat: Chat, standup: Room) -> None:
    card = await chat.says("ada", "/hms stream-target add youtube … …")
    assert "its address is not said yet" in card.text

    await chat.clicks("ada", "Add youtube", card)

    assert "The address or the key of youtube is missing." in chat.reads("ada").text
    assert "Enter the key…" in chat.reads("ada").buttons


async def test_without_a_key_to_encrypt_with_no_key_is_kept_and_the_doctor_says_so(sqlite_url: str) -> None:
    async with opened(sqlite_url, besides={"SECRET_KEY": ""}) as chat:
        await chat.binds("classes", chat.world.add_room("standup"))

        said = await chat.says("ada", "/hms stream-target add youtube rtmp://x.example/a k3y")

        assert "SECRET_KEY is not set, so none can be kept." in said.text
        assert "k3y" not in await everything(chat)
        assert "SECRET_KEY is not set" in (await chat.says("ada", "/hms doctor")).text


async def test_targets_are_listed_and_removed_with_their_keys(chat: Chat, standup: Room) -> None:
    assert "standup has no targets." in (await chat.says("ada", "/hms stream-target list")).text
    await adds_target(chat, "youtube")

    said = await chat.says("ada", "/hms stream-target list")
    assert "1 target of standup" in said.text
    card = await chat.clicks("ada", "Remove…", said)
    assert "Remove the target youtube of standup?" in card.text
    await chat.clicks("ada", "Remove youtube", card)

    assert "Ada removed the target youtube (youtube.example) of standup" in chat.channel("classes")[-1]
    assert "standup has no targets." in (await chat.says("ada", "/hms stream-target list")).text
    assert "has no targets" in (await chat.says("ada", "/hms stream-target remove youtube")).text


async def test_a_target_of_one_room_is_none_of_another(chat: Chat, standup: Room) -> None:
    await adds_target(chat, "youtube")
    chat.world.add_room("lobby", live=True)

    assert "lobby has no targets" in (await chat.says("mo", "/hms stream start youtube --room lobby")).text


async def test_a_moderator_neither_adds_nor_sees_nor_removes_targets(chat: Chat, standup: Room) -> None:
    for line in ("add youtube rtmp://x.example/a k3y", "list", "remove youtube"):
        assert (await chat.says("mo", f"/hms stream-target {line}")).text.startswith("Only "), line
    assert "k3y" not in await everything(chat)


async def test_a_key_is_sealed_anew_so_that_the_older_secret_can_go(sqlite_url: str) -> None:
    async with opened(sqlite_url) as chat:
        await chat.binds("classes", chat.world.add_room("standup", live=True))
        await adds_target(chat, "youtube")
        world = chat.world
    async with opened(sqlite_url, besides={"SECRET_KEY": f"{NEWER},{OURS['SECRET_KEY']}"}) as chat:
        await chat.passes("2d")
    async with opened(sqlite_url, besides={"SECRET_KEY": NEWER}) as chat:
        chat.world.rooms.update(world.rooms)
        await chat.says("mo", "/hms stream start youtube --yes")

        [room] = chat.world.rooms.values()
        assert [beam.order.parameters["rtmp_urls"] for beam in room.beams] == [[address("youtube")]]


async def test_a_key_of_a_secret_that_is_gone_says_what_to_do(sqlite_url: str) -> None:
    async with opened(sqlite_url) as chat:
        await chat.binds("classes", chat.world.add_room("standup", live=True))
        await adds_target(chat, "youtube")
        world = chat.world
    async with opened(sqlite_url, besides={"SECRET_KEY": NEWER}) as chat:
        chat.world.rooms.update(world.rooms)
        await chat.says("mo", "/hms stream start youtube --yes")

        assert "encrypted with a SECRET_KEY that is not set any more" in chat.reads("mo").text
        assert chat.calls("external_streams.start_for_room") == []
