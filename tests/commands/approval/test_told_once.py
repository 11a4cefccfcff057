"""Told once: reminders and outcomes stand in the card's thread, and who asked is called by name."""

from bot.people import Level
from sandbox.hms.state.room.room import Room
from sandbox.slack.messages import Message
from tests.chat import PEOPLE, Chat, buttons, words


def thread(chat: Chat, number: int = 0) -> list[Message]:
    """What hangs below a card of the channel, the first one unless said."""
    messages = chat.reads("ada").messages
    cards = [message for message in messages if message.thread_ts is None]
    return [message for message in messages if message.thread_ts == cards[number].ts]


def labels(message: Message) -> list[str]:
    return [button["text"]["text"] for button in buttons(message)]


async def test_half_time_says_what_is_asked_with_its_buttons_in_the_thread(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    await chat.passes("5m")

    (reminder,) = thread(chat)
    assert words(reminder) == "Ada: Mo still needs a second yes: Remove “Gus” (spamming). 5 minutes left."
    assert "<@U0ADA>" in str(reminder.blocks)
    assert labels(reminder) == ["Remove “Gus”", "Deny"]
    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))
    assert [peer.name for peer in standup.peers] == ["Hana", "Ivy"]


async def test_a_reminder_does_not_outlive_what_it_reminds_of(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.passes("5m")

    await chat.clicks("max", "Deny", card)

    reminder = thread(chat)[0]
    assert (words(reminder), labels(reminder)) == ("Remove “Gus”: denied.", [])


async def test_ten_that_wait_are_ten_cards_and_one_reminder(chat: Chat, standup: Room) -> None:
    for number in range(10):
        standup.join(f"Guest {number}")
        await chat.says("mo", f"/hms remove Guest {number} spamming")
        await chat.passes("10s")
    assert len(chat.channel("classes")) == 10

    for _ in range(8):
        await chat.passes("30s")

    assert len(chat.channel("classes")) == 11
    (reminder,) = thread(chat)
    assert words(reminder).startswith("Ada: 10 requests still need a second yes:")
    assert "#3 Mo: Remove “Guest 2” (spamming). 6 minutes left." in words(reminder)
    assert len(labels(reminder)) == 20
    await chat.clicks("max", "Deny #3", chat.reads("max"))
    assert "#3 Remove “Guest 2”: denied." in words(thread(chat)[0])
    assert len(labels(thread(chat)[0])) == 18


async def test_of_two_that_one_was_reminded_of_one_still_needs_its_yes(chat: Chat, standup: Room) -> None:
    for name in ("Gus", "Ivy"):
        await chat.says("mo", f"/hms remove {name} spamming")
    await chat.passes("5m")

    await chat.clicks("max", "Deny #1", chat.reads("max"))

    assert words(thread(chat)[0]).startswith("Ada: 1 request still needs a second yes:")


async def test_nobody_is_reminded_of_what_is_moot(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    standup.leave(next(peer for peer in standup.peers if peer.name == "Gus"))

    await chat.passes("5m")

    (told,) = thread(chat)
    assert words(told) == "Mo: Remove “Gus” from standup? “Gus” is no longer in standup. Nothing was done."


async def test_who_asked_hears_how_it_ended_once(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    await chat.clicks("max", "Remove “Gus”", card)

    (told,) = thread(chat)
    assert words(told) == "Mo: Max said yes. Mo removed “Gus” from standup."
    assert "<@U0MO>" in str(told.blocks)
    assert [one for one in chat.reads("mo").messages if one.only_for == PEOPLE["mo"]] == []


async def test_nobody_is_told_what_they_did_themselves(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    await chat.says("mo", "/hms withdraw 1")

    assert thread(chat) == []


async def test_what_failed_is_told_once_where_others_read_it(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    chat.world.fault(f"/active-rooms/{standup.id}/remove-peers", status=404)

    await chat.clicks("max", "Remove “Gus”", card)

    (told,) = thread(chat)
    assert words(told).startswith("Mo: Remove “Gus” from standup? Max said yes. 100ms does not know this")
    assert [one for one in chat.reads("mo").messages if one.only_for == PEOPLE["mo"]] == []


async def test_one_press_denies_and_why_can_be_said_afterwards(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")

    denied = await chat.clicks("max", "Deny", card)
    assert "Say why" in denied.buttons
    assert words(thread(chat)[0]) == "Mo: Remove “Gus” from standup? Denied by Max. Nothing was done."
    await chat.clicks("max", "Say why", denied)
    await chat.says("max", "/hms approval reason 1 he has apologised")

    assert "Reason: he has apologised." in chat.channel("classes")[0]
    assert words(thread(chat)[-1]) == "Mo: Max says why. Reason: he has apologised."


async def test_a_reason_that_is_typed_with_the_no_is_told_with_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    said = await chat.says("max", "/hms deny 1 he has apologised")

    assert "Say why" not in said.buttons
    (told,) = thread(chat)
    assert (
        words(told)
        == "Mo: Remove “Gus” from standup? Denied by Max. Nothing was done. Reason: he has apologised."
    )


async def test_only_who_denied_says_why(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Deny", card)

    said = await chat.says("ada", "/hms approval reason 1 I think so too")

    assert "Already denied by Max." in said.text
    assert "I think so" not in chat.channel("classes")[0]


async def test_who_asked_sees_withdraw_where_the_view_is_theirs(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    listed = await chat.says("mo", "/hms approval list")
    await chat.workspace.opens_home(PEOPLE["mo"])
    await chat.bot.idle()
    home = chat.workspace.home(PEOPLE["mo"])

    assert listed.buttons == ("Withdraw",)
    assert home
    assert "Withdraw" in str(home.body)
    assert "'Remove “Gus”'" not in str(home.body)
    await chat.clicks("mo", "Withdraw", listed)
    assert "Withdrawn by Mo." in chat.channel("classes")[0]


async def test_the_list_has_the_buttons_of_what_waits_for_one(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    await chat.says("mo", "/hms remove Ivy spamming")

    listed = await chat.says("max", "/hms approval list")
    assert listed.buttons == ("Remove “Gus”", "Deny", "Remove “Ivy”", "Deny")
    await chat.clicks("max", "Remove “Ivy”", listed)

    assert [peer.name for peer in standup.peers] == ["Hana", "Gus"]


async def test_asked_elsewhere_the_outcome_is_told_there(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming --room standup", "dm")

    await chat.clicks("max", "Remove “Gus”", chat.reads("max"))

    assert "removed “Gus” from standup." in chat.reads("mo", "dm").text


async def test_who_may_not_decide_calls_somebody_who_may_once(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    refused = await chat.clicks("vi", "Remove “Gus”", card)

    for _ in range(3):
        await chat.clicks("vi", "Ask Max", refused)

    (told,) = thread(chat)
    assert words(told) == "Max: Vi asks you to decide this one."
    assert "<@U0MAX>" in str(told.blocks)


async def test_nobody_is_called_for_what_is_decided(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.clicks("max", "Deny", card)

    said = await chat.says("vi", "/hms approval ask 1")
    unknown = await chat.says("vi", "/hms approval ask 99")

    assert "Already denied by Max." in said.text
    assert "There is no request 99." in unknown.text
    assert len(thread(chat)) == 1


async def test_without_a_level_nobody_is_called(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    await chat.says("ada", "/hms access revoke @vi --yes")

    said = await chat.says("vi", "/hms approval ask 1")

    assert said.text == "Only those who hold a level here can do this; you hold none. Ask Ada."
    assert thread(chat) == []


async def test_where_the_yes_names_nothing_the_question_says_what_it_is_about(
    chat: Chat, standup: Room
) -> None:
    await chat.grants("max", Level.ADMIN)
    await chat.says("ada", "/hms policy set none remove")
    await chat.says("ada", "/hms schedule once 'tomorrow 09:00' remove Gus spamming")

    await chat.passes("5m")

    said = words(thread(chat)[0])
    assert "#1 Ada: Let /hms remove wait for nobody's yes? 5 minutes left." in said
    assert '#2 Ada: Schedule “remove "Gus" spamming --room standup” in standup for 3 Mar 09:00' in said
    await chat.passes("6m")
    assert "#1 Let /hms remove wait for nobody's yes? It is expired." in words(thread(chat)[0])
