"""Rooms with a lesson each, some thirty events in every one, and what people finally read of them."""

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress

from bot.command import RoomRef
from bot.features.room.book import Binding, RoomBook
from sandbox.hms.api_error import ApiError
from sandbox.hms.events.webhooks import Weather
from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from sandbox.slack.conversations import Channel
from sandbox.slack.people import ADA, BOT, MAX, MO
from tests.bot.features.event.reporting import Reported
from tests.chat import words

ROOMS = 20
STEPS = 5  # in which something is done in all rooms
PUPILS = ("Gus", "Ivy", "Vi", "Max", "Mo", "Ada", "Gia")
LINK = "https://emulated.example/preview/abc?skip_preview=true"
BAD = Weather(loss=0.1, repeat=0.1, reorder_s=30, seed=14)
GONE = Weather(loss=1)
NUMBER = re.compile(r"(#|request )\d+")


class Lesson:
    """One room: who comes and goes, what is done in the app, what is recorded, and how it ends."""

    def __init__(self, room: Room, number: int, more: int) -> None:
        self.room = room
        self.number = number
        self.names = [*PUPILS, *(f"Pupil {each}" for each in range(more))]

    def begins(self) -> None:
        """Hana comes first, then the others."""
        self.hana = self.room.join("Hana", role="host")
        self.pupils = [self.room.join(name) for name in self.names]

    def is_recorded(self) -> None:
        """Every second one is."""
        if self.number % 2:
            self.room.start(Order(kind=Kind.RECORDING, meeting_url=LINK))

    def goes_on(self) -> None:
        """Roles are given in the app, one is put out, one drops and comes back."""
        for pupil in self.pupils[:3]:
            self.room.change(pupil, role="stage", by=self.hana.id)
        self.room.leave(self.pupils[3], reason="peer kicked", message="noise")
        self.room.leave(self.pupils[4])
        self.room.join(PUPILS[4])

    def is_full(self) -> None:
        """Some come in a role that there is not."""
        for name in PUPILS[: 3 + self.number % 3]:
            with suppress(ApiError):
                self.room.join(f"Late {name}", role="pupil")

    def ends(self) -> None:
        """By Hana in the app, with a lock in every fifth; where nobody ends it all of them go."""
        if self.number % 3:
            self.room.end(by=self.hana.id, lock=self.number % 5 == 0)
            return
        for peer in self.room.people:
            self.room.leave(peer)


class School:
    """All rooms and their channels; ``day`` lets every lesson happen, ``read`` is what came of it."""

    def __init__(self, reported: Reported, rooms: int = ROOMS, more: int = 0) -> None:
        """``more`` pupils than usual come to each lesson, with two events each."""
        self.reported = reported
        chat = reported.chat
        made = [chat.world.add_room(f"room-{number}") for number in range(rooms)]
        self.lessons = [Lesson(room, number, more) for number, room in enumerate(made)]

    async def opens(self) -> None:
        """Give each room a channel of its own."""
        chat = self.reported.chat
        for lesson in self.lessons:
            people = {MO.id, MAX.id, ADA.id, BOT.id}
            channel = chat.workspace.directory.open(
                Channel(f"C0ROOM{lesson.number}", lesson.room.name, frozenset(people))
            )
            async with chat.bot.db.write() as tx:
                room = RoomRef(id=lesson.room.id, name=lesson.room.name)
                await RoomBook(chat.bot.db, chat.clock).bind(tx, Binding(channel.id, room, viewers=False))

    async def day(self, *, weather: Weather, down: bool) -> None:
        """The lessons, in the same minutes whatever the weather; ``down`` is the bot for five of them."""
        chat, webhooks = self.reported.chat, self.reported.chat.world.webhooks
        webhooks.set_weather(weather)
        await self._minutes(Lesson.begins, Lesson.is_recorded, Lesson.goes_on)
        if down:
            await chat.stops()
            webhooks.set_weather(GONE)
        await self._minutes(Lesson.is_full, Lesson.ends, asleep=down)
        if down:
            webhooks.set_weather(weather)
            await chat.starts()
        for _ in range(4):
            await self.reported.passes("30s")
        for _ in range(7):
            await self.passes("5m")

    async def _minutes(self, *deeds: Callable[[Lesson], None], asleep: bool = False) -> None:
        """Each of these in one room after the other, within two minutes and a half."""
        for deed in deeds:
            for first in range(STEPS):
                await self._half_a_minute(deed, self.lessons[first::STEPS], asleep=asleep)

    async def _half_a_minute(
        self, deed: Callable[[Lesson], None], lessons: Sequence[Lesson], *, asleep: bool
    ) -> None:
        chat = self.reported.chat
        for lesson in lessons:
            deed(lesson)
            chat.clock.now += chat.span("29s") / len(lessons)
        if not asleep:
            await self.passes("1s")
            return
        chat.clock.now += chat.span("1s")
        chat.world.tick()
        await self.reported.courier.deliver()

    async def passes(self, span: str) -> None:
        """Let time go by, with whatever 100ms tells in it."""
        await self.reported.chat.passes(span)
        await self.reported.courier.deliver()
        await self.reported.chat.bot.idle()

    async def read(self) -> Mapping[str, list[str]]:
        """What people finally read, by room: its channel, and its cases; numbers aside, in whatever order."""
        return {
            lesson.room.name: sorted([one async for one in self._read(lesson)]) for lesson in self.lessons
        }

    async def _read(self, lesson: Lesson) -> AsyncIterator[str]:
        chat = self.reported.chat
        for message in chat.workspace.sees(ADA.id, f"C0ROOM{lesson.number}"):
            said = words(message).splitlines()  # how the bot knows is another thing on another day
            yield NUMBER.sub("#", "\n".join(line for line in said if not line.startswith("Known from")))
        said = await chat.says("mo", f"/hms case list --room {lesson.room.name}", "dm")
        for line in said.text.splitlines():
            yield NUMBER.sub("#", line)
