"""The moderators of the town: what they may, what they ask for, and what they read and can press."""

import json
import re
from dataclasses import dataclass
from datetime import timedelta

from bot.access import Access
from bot.features.room.book import RoomBook
from bot.people import Level
from bot.store import Database
from sandbox.hms.state.room.room import Room
from sandbox.slack.messages import Message
from tests.chat import PEOPLE, buttons, words
from tests.faults.town import CHANNEL, Town, now


@dataclass(frozen=True)
class Deed:
    """What is asked for, who presses what, and which call does it."""

    line: str
    presser: str
    button: str
    operation: str
    done: str


REMOVE = Deed("remove Gus --reason spam", "max", "Remove “Gus”", "active_rooms.remove_peers", "removed “Gus”")
END = Deed("end-room", "mo", "End for 2 people", "active_rooms.end_room", "ended")
LOCK = Deed("room lock", "mo", "Lock", "rooms.set_enabled", "locked")


async def employ(database_url: str) -> None:
    """Mo and Max have been moderators since yesterday."""
    db = await Database.open(database_url)
    access = Access(db, lambda: now() - timedelta(days=1), (), RoomBook(db, now).viewers)
    for who in ("mo", "max"):
        async with db.write() as tx:
            await access.grant(tx, PEOPLE[who], Level.MODERATOR, "", PEOPLE["ada"])
    await db.close()


def pressable(here: Town, deed: Deed, room: Room) -> tuple[Message, str] | None:
    """The card of this room that can still be decided, with its button."""
    for message in here.sees(deed.presser):
        for button in buttons(message):
            if button["text"]["text"].startswith(deed.button) and room.name in json.dumps(message.blocks):
                return message, button["action_id"]
    return None


def said(here: Town, room: Room, deed: Deed) -> list[str]:
    """What everybody reads of the deed in the channel; below it, who asked is told of it too."""
    there = [message for message in here.sees("ada") if message.channel == CHANNEL]
    shown = [words(message) for message in there if message.thread_ts is None]
    return [text for text in shown if room.name in text and deed.done in text]


def number_of(card: tuple[Message, str]) -> str:
    """Of which request a card speaks."""
    found = re.search(r"#(\d+)", words(card[0]))
    assert found, words(card[0])
    return found[1]


def reported(here: Town, request: str) -> bool:
    """Whether Mo was told that what is said of a request may be there; that of another may come late."""
    return f"about request {request}. The message may be there or not" in here.reads("mo")
