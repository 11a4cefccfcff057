"""``approval list``, ``approve``, ``deny`` and ``withdraw``: the text twins of a card's buttons."""

from sandbox.hms.room import Room
from tests.chat import Chat


async def test_the_list_shows_what_somebody_can_decide(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    assert "1 · /hms remove" in (await chat.says("max", "/hms approvals")).text
    assert (await chat.says("mo", "/hms approval list")).text == "Nothing waits for you."


async def test_approving_by_words_does_what_the_button_does(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("max", "/hms approve 1")

    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]
    assert "Approved by" in chat.channel("classes")[0]
    assert chat.request(card).states == ["asked", "waiting", "running", "done"]


async def test_denying_by_words_says_why(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("max", "/hms deny 1 --reason 'she has apologised'")

    assert "Denied by Max. Nothing was done. Reason: she has apologised." in chat.channel("classes")[0]
    assert len(standup.peers) == 3


async def test_nobody_approves_their_own_request_by_words_either(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    told = await chat.says("mo", "/hms approve 1")

    assert "somebody else decides" in told.text
    assert len(chat.channel("classes")) == 1  # nobody else is told of it
    assert len(standup.peers) == 3


async def test_what_was_asked_can_be_taken_back(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("mo", "/hms withdraw 1")

    assert "Withdrawn by Mo." in chat.channel("classes")[0]
    assert chat.request(card).states == ["asked", "waiting", "withdrawn"]


async def test_another_moderator_cannot_take_it_back(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    told = await chat.says("max", "/hms withdraw 1")

    assert "withdraw this" in told.text
    assert chat.request(card).states == ["asked", "waiting"]


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    for line in ("approvals", "approve 1", "deny 1", "withdraw 1"):
        assert "This takes a moderator" in (await chat.says("vi", f"/hms {line}")).text
    assert len(standup.peers) == 3


async def test_a_request_that_does_not_exist_is_named(chat: Chat) -> None:
    for line in ("approve 99", "deny 99", "withdraw 99"):
        assert "There is no request 99." in (await chat.says("max", f"/hms {line}")).text


async def test_what_is_over_is_named_by_its_number(chat: Chat, standup: Room) -> None:
    asked = await chat.says("mo", "/hms remove Gus spamming")
    await chat.says("max", f"/hms deny #{asked.number}")

    said = await chat.says("ada", f"/hms approve {asked.number}")

    assert f"Request {asked.number}:" in said.text
    assert "enied by Max" in said.text
