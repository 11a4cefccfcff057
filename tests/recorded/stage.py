"""Plays a conversation and writes down what comes of it: what everybody reads, and what is done."""

import json
import textwrap
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

from sandbox.hms.state.peer import Peer
from sandbox.hms.state.room.room import Room
from sandbox.slack.messages import Message
from tests.chat import CHANNELS, PEOPLE, Chat, Said, buttons, opened, words

MOMENT = "%H:%M:%S"
NAMES = {user: name for name, user in PEOPLE.items()}
PLACES = {channel: f"#{name}" for name, channel in CHANNELS.items()}
Key = tuple[str, str]


class Stage:
    """A live room, its channel, and a script that grows with everything that somebody does."""

    def __init__(self, chat: Chat, room: Room) -> None:
        self.chat = chat
        self.room = room
        self.script: list[str] = []
        self._read: dict[Key, Message] = {}
        self._homes: dict[str, str] = {}
        self._logged = 0
        self._called = 0
        self._ids = {room.id: room.name}

    async def says(self, who: str, line: str, channel: str = "classes") -> Said:
        """Somebody types a line."""
        place = "" if channel == "classes" else f" (in {channel})"
        self._begins(f"{who}{place}: {line}")
        said = await self.chat.says(who, line, channel)
        await self._writes()
        return said

    async def clicks(self, who: str, label: str, card: Said) -> Said:
        """Somebody presses a button of what was read, as it was read then."""
        self._begins(f"{who} presses [{label}]")
        said = await self.chat.clicks(who, label, card)
        await self._writes()
        return said

    async def passes(self, span: str) -> None:
        """Time goes by."""
        self._begins(f"({span} later)")
        await self.chat.passes(span)
        await self._writes()

    async def looks(self, who: str) -> None:
        """Somebody opens their Home with the bot."""
        self._begins(f"{who} opens Home")
        await self.chat.workspace.opens_home(PEOPLE[who])
        await self.chat.bot.idle()
        self._homes.setdefault(who, "")
        await self._writes()

    def happens(self, what: str) -> None:
        """Write down what somebody does in the room."""
        self._begins(f"({what})")

    def peer(self, name: str) -> Peer:
        """Somebody in the room."""
        return next(peer for peer in self.room.peers if peer.name == name)

    def _begins(self, cue: str) -> None:
        self._ids |= {peer.id: peer.name for peer in self.room.peers}
        self.script += ["", f"{self.chat.clock():{MOMENT}} {cue}"]

    async def _writes(self) -> None:
        self.script += [*self._calls(), *self._news(), *self._views(), *await self._trail()]

    def _calls(self) -> Iterator[str]:
        """What 100ms was told to do; ids as names."""
        calls = self.chat.world.calls
        for call in calls[self._called :]:
            if call.method != "GET":
                told = f"{call.path} {json.dumps(call.body, ensure_ascii=False, sort_keys=True)}"
                for known, name in self._ids.items():
                    told = told.replace(known, name)
                yield f"  ! 100ms: {call.method} {told}"
        self._called = len(calls)

    def _news(self) -> Iterator[str]:
        now = {(one.channel, one.ts): one for one in self._visible()}
        for key, message in now.items():
            before = self._read.get(key)
            if before != message:
                yield f"  → {_reader(message)}{' instead' if before else ''}:"
                yield _shown(message)
        for key, message in self._read.items():
            if key not in now:
                yield f"  → {_reader(message)} no longer: {words(message).splitlines()[0]}"
        self._read = now

    def _visible(self) -> list[Message]:
        """Everything that anybody sees, by place and reader: which of two came first is nobody's promise."""
        workspace = self.chat.workspace
        seen: dict[Key, Message] = {}
        for person in PEOPLE.values():
            for place in workspace.channels(person):
                seen |= {(one.channel, one.ts): one for one in workspace.sees(person, place.id)}
                if place.is_im:
                    PLACES.setdefault(place.id, f"the messages of {NAMES[person]} with the bot")
        return sorted(seen.values(), key=lambda one: (one.channel, one.only_for or "", one.ts))

    def _views(self) -> Iterator[str]:
        """The Homes that were opened, where they changed."""
        for who, before in self._homes.items():
            view = self.chat.workspace.home(PEOPLE[who])
            shown = _shown(Message("", "", "", blocks=tuple(view.body["blocks"]))) if view else ""
            if shown != before:
                yield f"  → {who} sees at Home{' instead' if before else ''}:"
                yield shown
            self._homes[who] = shown

    async def _trail(self) -> list[str]:
        """What was written down, request by request: two of them take turns as they like."""
        entries = list(reversed(await self.chat.bot.audit.tail(1000)))[self._logged :]
        self._logged += len(entries)
        return [
            f"  = request {one.request} is {one.state}, by {_named(one.actor)} ({one.door}): {one.text}"
            for one in sorted(entries, key=lambda entry: entry.request)
        ]


@asynccontextmanager
async def staged(database_url: str) -> AsyncIterator[Stage]:
    """Hana, Gus and Ivy are live in standup, and #classes speaks for it."""
    async with opened(database_url) as chat:
        room = chat.world.add_room("standup", live=True)
        room.join("Gus")
        room.join("Ivy")
        await chat.binds("classes", room)
        yield Stage(chat, room)


def _reader(message: Message) -> str:
    place = PLACES[message.channel]
    return f"{NAMES[message.only_for]} alone reads in {place}" if message.only_for else f"{place} reads"


def _named(actor: str) -> str:
    user, _, via = actor.partition(" ")
    return f"{NAMES.get(user, user)} {via}".strip()


def _shown(message: Message) -> str:
    """Its words and its buttons in reading order, a line or more for each block."""
    blocks = [replace(message, blocks=(block,)) for block in message.blocks] or [message]
    return textwrap.indent("\n".join(_labels(block) or words(block) for block in blocks), " " * 6)


def _labels(block: Message) -> str:
    return " ".join(f"[{button['text']['text']}]" for button in buttons(block))
