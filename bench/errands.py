"""What people ask of a bot that is killed meanwhile, and what they read of it: one errand, a room each."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from bot.request.book import clicks, requests
from bot.store import Database
from sandbox.hms.state.record import RecordedCall
from sandbox.slack.messages import Message
from tests.chat import PEOPLE, buttons, words
from tests.faults.town import CHANNEL, Town

LOOKS = 3.0  # seconds that somebody who was shown an error looks for an answer before they ask again
GLANCE = 0.05  # seconds from one look to the next
NEWEST = 100  # requests; a round makes no more
UNDECIDED = frozenset({"Deny", "Cancel"})  # the labels on a card that can be decided
STOPPED = "stopped before it could take this on"
TOO_LATE = "This reached me too late"
NOT_WRITTEN = "could not write that down in time"
ASK_AGAIN = "ask again"  # what both of them end with
LOST = "so it may have been done or not"
POST_AGAIN, SHOW_IT = "Post again", "Show it"
REQUEST = re.compile(r"#(\d+)")

END, REMOVE = "active_rooms.end_room", "active_rooms.remove_peers"
TWICE, UNASKED, UNTRUE, REPEATED, LEFT, LATE = WRONGS = (
    "acted twice",
    "acted without its yes",
    "said and not done",
    "said twice",
    "left pressable",
    "not answered in time",
)


@dataclass(frozen=True)
class Ask:
    """What Mo types, which call does it and what is said then; who presses what, where it takes a yes."""

    line: str
    operation: str
    done: str
    who: str = ""
    button: str = ""
    acts: bool = True
    by_the_clock: str = ""  # what is said when the moment comes


ASKS = (
    Ask("say Hello", "active_rooms.send_message", "said to"),
    Ask("end-room --yes", END, "ended"),
    Ask("end-room", END, "ended", "mo", "End for 2 people"),
    Ask("remove Gus --reason spam", REMOVE, "removed “Gus”", "max", "Remove “Gus”"),
    Ask("remove Gus --reason spam", REMOVE, "Denied", "max", "Deny", acts=False),
    Ask("remove Gus --reason spam", REMOVE, "Remove “Gus”", acts=False),  # nobody presses anything
    Ask("end-room --in 3s --yes", END, "planned the end of", by_the_clock="as planned"),
)


class Sight:
    """What people read in the town since a moment, looked through once for every change."""

    def __init__(self, here: Town) -> None:
        self._here = here
        self._since = f"{time.time():.6f}"
        self._revision = -1
        self._seen: dict[str, list[tuple[Message, str]]] = {}

    def of(self, who: str, *wanted: str) -> list[tuple[Message, str]]:
        """What somebody sees that holds all of these words, each message with its own."""
        if self._here.workspace.revision != self._revision:
            self._revision, self._seen = self._here.workspace.revision, {}
        if who not in self._seen:
            fresh = (one for one in self._here.sees(who) if one.ts >= self._since)
            self._seen[who] = [(one, words(one)) for one in fresh]
        return [(one, text) for one, text in self._seen[who] if all(each in text for each in wanted)]

    def button(
        self, who: str, label: str, *wanted: str, besides: Collection[str] = ()
    ) -> tuple[Message, Mapping[str, Any]] | None:
        """A button on what holds all of these words, other than those with the values that were pressed."""
        for message, _ in self.of(who, *wanted):
            for button in buttons(message):
                if button["text"]["text"] == label and button["value"] not in besides:
                    return message, button
        return None


@dataclass
class Bot:
    """Whether the bot is there, and since when."""

    up: asyncio.Event
    since: float = 0.0


class Errand:
    """One thing that is asked for, from its line until somebody reads what came of it."""

    def __init__(self, ask: Ask, name: str, here: Town, db: Database, sight: Sight, bot: Bot) -> None:
        self.ask = ask
        self._here = here
        self._db = db
        self._sight = sight
        self._bot = bot
        self._room = here.world.add_room(name, live=True)
        self._room.join("Gus")
        self.accepted = 0  # lines and clicks
        self.called = 0  # as it was when all was at rest
        self.slowest = 0.0  # seconds
        self.answered = self._agreed = False
        self._heard = 0  # notices that nothing was done
        self._pressed: list[str] = []  # the values of the buttons

    @property
    def name(self) -> str:
        return self._room.name

    @property
    def calls(self) -> Sequence[RecordedCall]:
        """What 100ms was asked to do."""
        every = self._here.world.calls_of(self.ask.operation)
        return [call for call in every if self._room.id in call.path]

    async def run(self, after: float) -> None:
        """Ask, press, and read, however often the bot dies meanwhile."""
        await asyncio.sleep(after)
        await self._insist("mo", self._type, self._is_taken)
        while self.ask.button and not await self._is_over():
            await self._insist(self.ask.who, self._press, self._is_over_or_asked_anew)
        self._agreed = True
        if self.ask.by_the_clock:
            await self._read(self._is_told, time.monotonic() + 3)
        self.answered = True

    async def wrongs(self) -> Iterator[str]:
        """What must not have come of it, once all is at rest."""
        calls, posts = self.calls, self._sight.of("ada", self.name)
        read_by_all = [(one, text) for one, text in posts if one.channel == CHANNEL and one.only_for is None]
        public = [(one, text) for one, text in read_by_all if not one.thread_ts]
        outcomes = [text for one, text in read_by_all if one.thread_ts and self.ask.done in text]
        said = [text for _, text in public if self.ask.done in text]
        clock = [text for _, text in public if self.ask.by_the_clock and self.ask.by_the_clock in text]
        done = clock if self.ask.by_the_clock else said
        cards = [text for _, text in public if text not in clock]
        titles = Counter(number for text in cards for number in REQUEST.findall(text)[:1])
        found = {
            TWICE: len(calls) > 1,
            UNASKED: bool(calls) and not (self.ask.acts and self._agreed),
            UNTRUE: self.ask.acts and bool(done) and not calls,
            REPEATED: max(len(said), len(clock), len(outcomes), *titles.values()) > 1,
            LEFT: await self._is_left(),
            LATE: not self.answered,
        }
        return (wrong for wrong, holds in found.items() if holds)

    async def told(self) -> str:
        """What everybody reads of it, and how its requests stand: to see where something went wrong."""
        seen = {
            one.ts: (one, text)
            for who in ("mo", "max", "ada")
            for one, text in self._sight.of(who, self.name)
        }
        lines = [
            f"  {one.ts} {one.only_for or 'all'}: {' / '.join(text.splitlines())} "
            f"{[button['text']['text'] for button in buttons(one)]}"
            for one, text in seen.values()
        ]
        return "\n".join([f"  requests {dict(await self._states())}, {len(self.calls)} calls", *lines])

    async def _insist(
        self, who: str, deed: Callable[[], Awaitable[bool]], answered: Callable[[], Awaitable[bool]]
    ) -> None:
        """Do it until it is answered; again after an error of Slack's, or where the bot says to."""
        while True:
            await self._bot.up.wait()
            await self._is_dropped(who)  # what was read until now is answered by doing it
            if not await deed():
                await self._bot.up.wait()
                if await self._looks(answered):
                    return
                continue
            self.accepted += 1
            if await self._read(answered, time.monotonic(), who):
                return

    async def _read(self, answered: Callable[[], Awaitable[bool]], since: float, who: str = "") -> bool:
        """Wait for an answer; False when it is that the bot was stopped, and to ask again."""
        while not await answered():
            if who and await self._is_dropped(who):
                return False
            await asyncio.sleep(GLANCE)
        self.slowest = max(self.slowest, time.monotonic() - max(since, self._bot.since))
        return True

    async def _looks(self, answered: Callable[[], Awaitable[bool]]) -> bool:
        """Whether there is an answer all the same."""
        for _ in range(round(LOOKS / GLANCE)):
            if await answered():
                return True
            await asyncio.sleep(GLANCE)
        return False

    async def _type(self) -> bool:
        line = f"/hms {self.ask.line} --room {self.name}"
        return (await self._here.workspace.says(PEOPLE["mo"], CHANNEL, line)).error is None

    async def _press(self) -> bool:
        """Press the button once there is one; a card that may have been lost is asked for again."""
        while not (pressed := self._card()):
            if await self._is_over():
                return True
            for number in await self._numbers():
                again = self._sight.button("mo", POST_AGAIN, f"about request {number}.")
                again = again or self._sight.button("mo", SHOW_IT, self.name, f"(#{number})")
                if again:
                    await self._clicks("mo", *again)
            await asyncio.sleep(GLANCE)
        answered = await self._clicks(self.ask.who, *pressed)
        if answered:
            self._pressed.append(pressed[1]["value"])
        return answered

    async def _clicks(self, who: str, message: Message, button: Mapping[str, Any]) -> bool:
        return (await self._here.workspace.clicks(PEOPLE[who], message, button["action_id"])).error is None

    def _card(self) -> tuple[Message, Mapping[str, Any]] | None:
        """The button on a card that was not pressed yet."""
        return self._sight.button(self.ask.who, self.ask.button, self.name, besides=self._pressed)

    async def _is_taken(self) -> bool:
        """Whether Mo reads anything of it: an answer, a card, or that it goes on."""
        read = (text for _, text in self._sight.of("mo", self.name))
        return any(ASK_AGAIN not in text.lower() for text in read) or await self._is_unclear()

    async def _is_over(self) -> bool:
        return bool(self._sight.of(self.ask.who, self.name, self.ask.done)) or await self._is_unclear()

    async def _is_over_or_asked_anew(self) -> bool:
        """Whether it is over, or a press on a card of before brought the one that waits."""
        return bool(self._card()) or await self._is_over()

    async def _is_told(self) -> bool:
        return bool(self._sight.of("mo", self.name, self.ask.by_the_clock)) or await self._is_unclear()

    async def _is_unclear(self) -> bool:
        """Whether Mo was told that a post may be there or not, or the deed itself."""
        if any(map(self._is_lost, await self._numbers())):
            return True
        return bool(self._sight.of("mo", LOST)) and "unknown" in (await self._states()).values()

    def _is_lost(self, number: str) -> bool:
        """Whether Mo was told that a post about a request may be there or not: nobody can edit it."""
        return bool(self._sight.of("mo", f"about request {number}. The message may be there or not"))

    async def _is_left(self) -> bool:
        """Whether a card can still be pressed of which the request has ended, and the bot knows of it."""
        states = await self._states()
        cards = [each for who in ("mo", "max", "ada") for each in self._sight.of(who, self.name)]
        open_ = [text for one, text in cards if any(b["text"]["text"] in UNDECIDED for b in buttons(one))]
        numbers = (number for text in open_ for number in REQUEST.findall(text)[:1])
        return any(states.get(number) != "waiting" and not self._is_lost(number) for number in numbers)

    async def _is_dropped(self, who: str) -> bool:
        """Whether somebody was told once more that nothing was done of this, and to ask again."""
        heard = await self._notices(who)
        fresh, self._heard = heard > self._heard, heard
        if fresh or await self._is_unwritten(who):
            self._pressed.clear()  # nothing came of it
            return True
        return False

    async def _is_unwritten(self, who: str) -> bool:
        """Whether they were told that a press was not written in time, and the last one is not there."""
        if not self._pressed or not self._sight.of(who, NOT_WRITTEN):
            return False
        written = sa.select(sa.exists().where(clicks.c.value == self._pressed[-1]))
        async with self._db.read() as tx:
            return not await tx.scalar(written)

    async def _notices(self, who: str) -> int:
        """How often they were told; that a line was not written in time is said at once, by no name."""
        told = [text for notice in (STOPPED, TOO_LATE) for _, text in self._sight.of(who, notice)]
        states = await self._states() if told or self._sight.of(who, NOT_WRITTEN) else {}
        clicks = sum(any(f"on request {number}." in text for number in states) for text in told)
        lines = sum(self.name in text for text in told)
        withdrawn = list(states.values()).count("withdrawn") if self._sight.of(who, NOT_WRITTEN) else 0
        return clicks + max(lines, withdrawn)

    async def _numbers(self) -> Sequence[str]:
        return list(await self._states())

    async def _states(self) -> Mapping[str, str]:
        """The requests of this room by their numbers, the newest first."""
        columns = (requests.c.id, requests.c.state, requests.c.sentence)
        newest = sa.select(*columns).order_by(requests.c.id.desc()).limit(NEWEST)
        async with self._db.read() as tx:
            rows = (await tx.execute(newest)).all()
        return {str(row.id): row.state for row in rows if self.name in row.sentence.split()}
