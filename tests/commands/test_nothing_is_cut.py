"""A list of very many things is never cut: what is not on the screen is in a file, or on the next page."""

import csv
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import RoomRef
from bot.features.subscription.book import Feature, Style, Subscription, Subscriptions
from bot.people import Actor, Level
from bot.reply import Mention
from bot.request.book import requests
from sandbox.hms.state.beam.beam import Beam, Kind, Order, Status
from sandbox.hms.state.poll.poll import PollBody
from sandbox.hms.state.poll.poll_run import Run
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.session import Session
from tests.chat import CHANNELS, PEOPLE, Chat, Said

MANY = 130  # Slack draws 99 of them below their headings
CODES = 100  # of a room: 100ms takes no more
KEPT = {
    Kind.LIVE_STREAM: {"recording": {"hls_vod": False, "single_file_per_layer": False}},
    Kind.EXTERNAL_STREAM: {"rtmp_urls": [], "recording": False},
}
SHEETS = {
    "session list": "131 sessions of standup.",
    "record list": "130 recordings of standup.",
    "live list": "130 live streams of standup.",
    "stream list": "130 streams of standup.",
    "poll sessions 'Ready?'": "“Ready?” ran 130 times.",
    "case list": "130 cases in standup:",
    "access list": "Who may do what:",
    "room list": "131 rooms.",
    "audit tail --count 130": "The newest entries of the log:",
}


async def fills(chat: Chat, room: Room) -> None:
    """So many of all that is listed, as after years."""
    poll = chat.world.polls.make(PollBody.model_validate({"title": "Ready?", "type": "poll"}))
    room.polls = [poll.id]
    for number in range(MANY):
        _happens(chat, room, timedelta(hours=number + 1))
        began = chat.clock.now - timedelta(hours=number)
        one = f"{number:024x}"
        run = Run(id=one, poll=poll, session_id=one, started_at=began, stopped_at=began)
        chat.world.polls._runs.append(run)
        chat.world.add_room(f"room {number}")
    await chat.says("mo", "/hms room lock --yes")
    await chat.says("mo", "/hms room unlock --yes")
    async with chat.bot.db.write() as tx:
        await _multiplied(tx, MANY - 2)
        for number in range(MANY):
            user = f"U{number:09}"
            await chat.bot.dispatcher.access.grant(tx, user, Level.VIEWER, room.id, PEOPLE["ada"])
            await chat.bot.audit.add(tx, Actor(user, user), "slack", "done", "who")


def _happens(chat: Chat, room: Room, ago: timedelta) -> None:
    """A session with a job of each kind, some time ago."""
    at, engine = chat.clock.now - ago, room.engine
    session = Session(id=engine.object_id(), room_id=room.id, created_at=at, updated_at=at, active=False)
    room.sessions.append(session)
    for kind in Kind:
        beam = Beam(
            engine=engine,
            room=room,
            order=Order(kind=kind, meeting_url="", parameters=KEPT.get(kind, {})),
            hears=lambda *_: None,
            id=engine.object_id(),
            session_id=session.id,
            created_at=at,
            updated_at=at,
            status=Status.COMPLETED,
            started_at=at,
            stopped_at=at + timedelta(minutes=5),
        )
        room.beams.append(beam)


async def _multiplied(tx: AsyncConnection, times: int) -> None:
    """The newest request so many times more."""
    columns = [column for column in requests.c if column.name not in {"id", "key", "token", "same"}]
    row = (await tx.execute(sa.select(*columns).order_by(requests.c.id.desc()).limit(1))).one()
    copies = [{"key": f"{row}{each}", "token": f"{row}{each}", **row._mapping} for each in range(times)]
    await tx.execute(requests.insert(), copies)


def sheet(chat: Chat, who: str) -> list[list[str]]:
    """The newest file in somebody's direct messages."""
    file = [file for message in chat.reads(who, "dm").messages for file in message.files][-1]
    assert file.content
    return list(csv.reader(file.content.decode("utf-8-sig").splitlines()))


def drawn(said: Said) -> list[str]:
    """What the cells of an answer's table say that is on the screen."""
    [table] = [block for block in said.messages[0].blocks if block["type"] == "data_table"]
    return [str(row) for row in table["rows"][1:]]


async def test_what_slack_draws_no_more_of_is_in_a_file(chat: Chat, standup: Room) -> None:
    await fills(chat, standup)

    for line, head in SHEETS.items():
        said = await chat.says("ada", f"/hms {line}")
        rows = sheet(chat, "ada")
        assert head in said.text, line
        left = len(rows) - 1 - len(drawn(said))
        assert left >= MANY - 99, line
        assert f"… and *{left}* more: all of them are in *" in str(said.messages[0].blocks), line
        assert "The file follows in our direct messages" in said.text, line


async def test_what_has_no_table_is_in_a_text(chat: Chat, standup: Room) -> None:
    by, features = Mention(PEOPLE["ada"], "Ada"), (Feature.SESSIONS,)
    async with chat.bot.db.write() as tx:
        for number in range(MANY):
            room = RoomRef(id=standup.id if not number else f"{number}", name=f"room {number}")
            one = Subscription(CHANNELS["mods"], room, features, Style.NORMAL, by, number, chat.clock.now)
            await Subscriptions(chat.bot.db, chat.clock).put(tx, one)

    said = await chat.says("ada", "/hms subscription list", "dm")

    assert said.text.startswith("All of it is in all.txt: a message has no room for more than this.")
    assert sum("follows" in row[0] for row in sheet(chat, "ada")) == MANY


async def test_what_lets_somebody_in_is_in_no_file_and_turns_pages(chat: Chat, standup: Room) -> None:
    for _ in range(CODES):
        chat.world.room_codes.add(standup, "guest")

    said = await chat.says("mo", "/hms code list")
    shown = drawn(said)
    said = await chat.clicks("mo", "More codes", said)
    shown += drawn(said)

    assert (len(set(shown)), "More codes" in said.buttons) == (CODES, False)
    assert not [message for message in chat.reads("mo", "dm").messages if message.files]


async def test_what_waits_turns_pages_too(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    async with chat.bot.db.write() as tx:
        await _multiplied(tx, 24)

    first = await chat.says("max", "/hms approval list")
    second = await chat.clicks("max", "More requests", first)

    assert "This waits for you, the oldest 20 of 25:" in first.text
    assert "This waits for you too, 21 to 25 of 25:" in second.text
    assert "More requests" not in second.buttons


async def test_what_100ms_pages_without_end_says_what_is_beyond(chat: Chat, standup: Room) -> None:
    for number in range(510):
        _happens(chat, standup, timedelta(hours=number + 1))

    sessions = await chat.says("vi", "/hms session list")
    assert "There are older ones: say which with --before 30d." in sessions.text
    assert len(sheet(chat, "vi")) - 1 == 501  # the one that runs, too
    older = await chat.says("vi", "/hms session list --before 21d")
    assert "7 sessions of standup." in older.text
    streams = await chat.says("vi", "/hms live list")
    assert "There are older ones: see those of one session with --session." in streams.text
    one = standup.sessions[-1].id
    assert "1 recording of standup." in (await chat.says("vi", f"/hms record list --session {one}")).text
    assert "There was none in the session 1 of" in (await chat.says("vi", "/hms live list --session 1")).text
