"""A session that is followed has one card, edited through its life; what else is told hangs in its thread."""

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.dispatch import reactions
from bot.slack.outbound.outbox import posts
from bot.work.arrivals import Arrival
from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, Reported, reporting
from tests.chat import Chat, words

LINK = SecretStr("https://emulated.example/x")


@pytest.fixture
async def reported(sqlite_url: str):
    """A bot whose #classes speaks for standup, and to which 100ms reports."""
    async with reporting(sqlite_url, REPORTED) as stage:
        await stage.chat.binds("classes", stage.room)
        yield stage


def card(chat: Chat) -> str:
    """The one card that stands there."""
    [found] = [one for one in told(chat) if "took part" in one or "at most at once" in one]
    return found


def told(chat: Chat, *, thread: bool = False) -> list[str]:
    """What the bot has written in #classes, in it or in the threads there."""
    read = [one for one in chat.reads("ada").messages if one.only_for is None]
    return [words(one) for one in read if bool(one.thread_ts) is thread]


async def edits(chat: Chat) -> int:
    """How often a card was edited."""
    async with chat.bot.db.read() as tx:
        of_cards = sa.select(posts.c.revision).where(
            posts.c.key.startswith("session:"), posts.c.under.is_(None)
        )
        return sum(await tx.scalars(of_cards))


async def test_one_card_tells_a_session_from_its_first_to_its_last(reported: Reported) -> None:
    chat, room = reported.chat, reported.room
    await chat.says("mo", "/hms subscribe")

    room.join("Hana", "host")
    gus = room.join("Gus")
    await reported.passes("1m")
    assert card(chat).startswith(
        "standup · 2 people · open\nSince 09:00 UTC: 1 guest and 1 host; 2 people at most"
    )
    assert {"Who is here", "Lock", "End…"} <= set(chat.reads("mo").buttons)

    room.leave(gus)
    await chat.says("mo", "/hms record start")
    await chat.says("mo", "/hms room lock --yes")
    await reported.passes("1m")
    assert "standup · 1 person · ● 1 recording · locked" in card(chat)
    assert "1 host; 2 people at most at once" in card(chat)

    await reported.passes("9m")
    room.end()
    await reported.passes("2m")
    assert card(chat).startswith("The session in standup is over. It lasted 11 minutes")
    assert "2 people took part, 2 at most at once. It has 1 recording." in card(chat)
    assert "Lock" not in chat.reads("mo").buttons


async def test_what_is_done_stands_in_the_thread_and_what_waits_for_others_in_the_channel(
    reported: Reported,
) -> None:
    chat = reported.chat
    reported.room.join("Gus")
    await chat.says("mo", "/hms subscribe")
    await chat.passes("1s")

    await chat.says("mo", "/hms say Welcome")
    await chat.says("mo", "/hms remove Gus spamming")

    assert any("Mo said “Welcome”" in one or "Welcome" in one for one in told(chat, thread=True))
    assert any("Remove “Gus” from standup?" in one for one in told(chat))


async def test_forty_who_come_at_once_are_one_edit_and_one_line(reported: Reported) -> None:
    chat = reported.chat
    reported.room.join("Hana", "host")
    await chat.says("mo", "/hms subscribe --style verbose")
    await reported.passes("2m")
    before = await edits(chat)

    for number in range(40):
        reported.room.join(f"Guest {number}")
    await reported.passes("3m")

    assert await edits(chat) == before + 1
    assert told(chat, thread=True)[-1] == "40 people joined."
    assert "standup · 41 people" in card(chat)


async def test_who_drops_and_is_back_within_their_minute_is_one_line_and_counts_once(
    reported: Reported,
) -> None:
    chat, room = reported.chat, reported.room
    room.join("Hana", "host")
    gus = room.join("Gus")
    await chat.says("mo", "/hms subscribe standup sessions peers")
    await reported.passes("2m")

    room.drop(gus)  # is listed for a minute more
    room.join("Gus")
    await reported.passes("1m")
    assert "standup · 2 people" in card(chat)
    await reported.passes("3m")

    assert told(chat, thread=True) == ["“Gus” dropped out and came back at once."]
    assert "2 people at most at once" in card(chat)


async def test_who_has_left_for_good_is_told_by_name(reported: Reported) -> None:
    chat, room = reported.chat, reported.room
    room.join("Hana", "host")
    gus = room.join("Gus")
    await chat.says("mo", "/hms subscribe standup sessions peers roles")
    await reported.passes("2m")

    room.leave(gus)
    room.join("Ivy")
    await chat.bot.hms.active_rooms.update_peer(room.id, room.people[-1].id, role="stage")
    await reported.passes("3m")

    assert " ".join(told(chat, thread=True)) == "“Ivy” joined. “Gus” left. “Ivy” is now stage, was guest."


async def test_of_many_roles_that_changed_each_is_told_with_how_many_have_it_now(reported: Reported) -> None:
    chat, room = reported.chat, reported.room
    for number in range(6):
        room.join(f"Guest {number}")
    await chat.says("mo", "/hms subscribe standup sessions roles")
    await reported.passes("2m")

    for number, peer in enumerate(room.peers):
        await chat.bot.hms.active_rooms.update_peer(room.id, peer.id, role="stage" if number else "host")
    await reported.passes("3m")

    assert told(chat, thread=True) == ["Now host: 1 person. Now stage: 5 people."]


async def test_quiet_is_the_card_alone(reported: Reported) -> None:
    chat, room = reported.chat, reported.room
    room.join("Hana", "host")
    await chat.says("mo", "/hms subscribe standup sessions peers streams --style quiet")
    await reported.passes("2m")

    room.join("Gus")
    await chat.bot.hms.live_streams.start_for_room(room.id, meeting_url=LINK)
    await reported.passes("3m")

    assert told(chat, thread=True) == []
    assert "● 1 live stream" in card(chat)


async def test_files_come_into_the_thread_of_their_session(reported: Reported) -> None:
    chat = reported.chat
    await chat.says("mo", "/hms subscribe")

    await reported.lesson()

    thread = told(chat, thread=True)
    assert [one for one in thread if "was recorded: " in one]
    assert [one for one in thread if one == "A recording began."]
    assert [one for one in told(chat) if "was recorded: " in one] == []


async def test_the_same_card_goes_on_after_a_restart(reported: Reported) -> None:
    chat, room = reported.chat, reported.room
    await chat.says("mo", "/hms subscribe")
    room.join("Gus")
    await reported.passes("1m")

    await chat.stops()
    room.join("Ivy")
    chat.clock.now += chat.span("10m")
    await chat.starts()
    await reported.passes("1m")

    assert "standup · 2 people" in card(chat)


async def test_a_session_of_another_room_is_not_shown_whatever_an_event_says(reported: Reported) -> None:
    chat = reported.chat
    secret = chat.world.add_room("secret", live=True)
    secret.join("Gus")
    assert secret.session
    await chat.says("mo", "/hms subscribe")
    data = {"room_id": reported.room.id, "session_id": secret.session.id}
    async with chat.bot.db.write() as tx:
        event = Arrival("hostile", "peer.join.success", data, chat.clock.now)
        await reactions.happened(chat.bot.dispatcher, tx, [event])
    await chat.bot.idle()
    await reported.passes("2m")

    assert [one for one in chat.channel("classes") if "at once" in one] == []


async def test_one_card_with_webhooks_with_polling_and_with_both(sqlite_url: str, tmp_path) -> None:
    cards = []
    for number, way in enumerate((REPORTED, LOOKED_AT, REPORTED | LOOKED_AT)):
        async with reporting(f"sqlite:///{tmp_path / str(number)}.db", way) as stage:
            await stage.chat.binds("classes", stage.room)
            await stage.chat.says("mo", "/hms subscribe")
            await stage.lesson()
            cards.append(card(stage.chat))

    assert cards[0] == cards[1] == cards[2]
    assert "2 people took part, 2 at most at once. It has 1 recording." in cards[0]
