"""Two days in which everything is kept that can be kept, until the process is killed."""

from dataclasses import dataclass
from typing import Any

from bot.features.subscription.book import Feature
from bot.work.arrivals import Arrival, Source
from bot.work.inbox import Inbox
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat, Said
from tests.commands.targets import adds_target
from tests.upgrade.town import LEFT

ENVIRONMENT = {
    "AUDIT_KEY": "a-key-of-the-audit-log-that-is-long-enough",
    "HMS_BOT_POLL": "30s",
    "HMS_WEBHOOK_SECRET": "a-secret",
}
NEEDS = (
    ("none", "room lock"),
    ("actor", "announce add"),
    ("second", "schedule once"),
    ("admin", "room edit"),
)
FOLLOWED = sorted(Feature)


@dataclass(frozen=True)
class Life:
    """The people and their rooms."""

    chat: Chat

    def room(self, name: str) -> Room:
        """A room by its name."""
        return next(room for room in self.chat.world.rooms.values() if room.name == name)

    async def says(self, who: str, *lines: str, channel: str = "classes") -> Said:
        """Somebody types one line after the other; answers what they read last."""
        for line in lines:
            said = await self.chat.says(who, f"/hms {line}", channel)
        return said

    async def asks(self, who: str, line: str, by: str, answer: int = 0) -> None:
        """Somebody asks, and somebody presses a button of the card, the first if none is named."""
        card = await self.says(who, line)
        await self.chat.clicks(by, card.buttons[answer], card)

    async def happens(self, kind: str, room: str, source: Source = Source.WEBHOOK, **data: Any) -> None:
        """100ms reports something of a room."""
        about, now = self.room(room), self.chat.clock.now
        told = {"room_id": about.id, "room_name": room, "session_id": about.sessions[0].id, **data}
        arrival = Arrival(f"evt-{kind}-{source}-{data}", kind, told, now, source)
        await self.chat.bot.dispatcher.books[Inbox].take(arrival)
        await self.chat.bot.idle()


async def live(chat: Chat) -> None:
    """All of it, in the order in which it is told."""
    life = Life(chat)
    await _they_set_up(life)
    await _a_lesson(life)
    await _they_ask(life)
    await _they_plan(life)
    await _some_waits(life)


async def _they_set_up(life: Life) -> None:
    """Levels, rules, the rooms of channels, what channels follow, targets of streams, a trunk."""
    await life.says(
        "ada",
        "access grant @max admin --yes",
        "access grant @vi moderator --room yoga --yes",
        "room bind standup --yes",
        "room defaults --host-role host --muted-role muted --zone Europe/Rome --host-wait 2m --yes",
        "room defaults yoga --host-role host --host-wait 5m --yes",
    )
    await life.says("ada", "room bind yoga --viewers yes --yes", channel="webinars")
    for needs, command in NEEDS:
        await life.asks("ada", f"policy set {needs} {command}", "max")
    await life.says("mo", "subscription add standup --style quiet --yes", "subscription add yoga --yes")
    every = " ".join(FOLLOWED)
    await life.says("ada", f"subscription add * {every} --style verbose --yes", channel="webinars")
    await adds_target(life.chat, "youtube")
    await life.says("ada", "sip trunk-create office acme pw sip.example.com +15550199 --yes")


async def _a_lesson(life: Life) -> None:
    """People come and go, it is recorded and streamed, a poll is made, and somebody is invited."""
    standup = life.room("standup")
    standup.join("Hana", "host")
    standup.join("Gus")
    standup.join("Ivy")
    await _is_looked_at(life)
    await life.says(
        "mo",
        "who",
        "record start choir",
        f"poll show {next(iter(life.chat.world.polls._polls))}",
        "announce add 'every 15m' Drink water --yes",
        "code create guest --yes",
        "code send @vi guest --yes",
    )
    await life.says("mo", "live start yoga --yes", "stream start youtube --yes")
    await life.says("ada", "record require on --yes")
    await _is_looked_at(life)
    await life.happens("peer.join.success", "standup", Source.REPLAY, peer_id="a-peer-of-then")


async def _is_looked_at(life: Life) -> None:
    """100ms is asked what is new, as it is every 30 seconds."""
    for _ in range(3):
        await life.chat.passes("30s")


async def _they_ask(life: Life) -> None:
    """What becomes of what is asked for: each end that a request can have."""
    standup = life.room("standup")
    await life.says("vi", "end-room")
    await life.asks("mo", "remove Ivy humming", "max", answer=1)
    withdrawn = await life.says("mo", "remove Ivy singing")
    await life.says("mo", f"approval withdraw {withdrawn.number}")
    await life.says("mo", "remove Ivy shouting")
    await life.chat.passes("11m")
    gone = await life.says("mo", "remove Ivy dancing")
    standup.leave(next(peer for peer in standup.peers if peer.name == "Ivy"))
    await life.chat.clicks("max", gone.buttons[0], gone)
    say = f"/active-rooms/{standup.id}/send-message"
    for status in (403, 500):
        life.chat.world.fault(say, status=status)
        await life.says("mo", "say Hello everybody --yes")
    refused = "restricted_action"
    life.chat.workspace.switches.refuse_next("chat.postMessage", refused, channel="C0CLASSES", times=1)
    await life.says("mo", "say Slack refuses this --yes")
    life.chat.world.fault(say, status=403)
    await life.chat.passes("3m")  # and with it the moment of what is announced


async def _they_plan(life: Life) -> None:
    """Locks, planned ends, hours and scheduled lines, of which some came already."""
    await life.says(
        "ada",
        "schedule window daily 09:30-12:30 --tz UTC --room yoga --yes",
        "schedule every 'daily 10:00' room lock choir --yes",
    )
    for room in ("exam", "choir"):
        await life.says("ada", f"schedule window daily 20:00-21:00 --tz UTC --room {room} --yes")
    await life.asks("ada", "access grant @vi admin", "max")
    await life.says("vi", "schedule every 'daily 12:00' room unlock choir --yes")
    await life.says("ada", "access grant @vi viewer --yes")  # so that it is paused when it comes
    paused = await life.says("ada", "schedule every 'daily 11:00' room unlock choir --yes")
    await life.asks("ada", "schedule once 3d room lock webinar", "max")
    await life.chat.passes("2h")
    await life.says(
        "ada", f"schedule pause {paused.number} --room choir --yes", "schedule skip fri --room yoga --yes"
    )
    for span in ("1h13m", "20h30m", "2h"):  # the hours end, and the next day what is scheduled comes
        await life.chat.passes(span)


async def _some_waits(life: Life) -> None:
    """What is left open when the process stops, and when it is killed in the middle of something."""
    left = LEFT - life.chat.clock.now
    await life.chat.passes(f"{int(left.total_seconds())}s")
    life.room("standup").join("Gus")
    await _is_looked_at(life)
    await life.chat.workspace.opens_home(PEOPLE["mo"])
    await life.says(
        "mo", "live start yoga --yes", "announce add 15m Drink water --yes", "end-room --in 2h --lock --yes"
    )
    await life.says("mo", "end-room --at 18:00 --warn 10,5 --yes", "remove Gus spamming")
    await life.says("mo", "room lock standup --keep --yes", "room lock webinar --until 18:30 --yes")
    await life.says("ada", "policy set second say", "schedule run-now --room choir --yes")
    await life.happens("beam.started.success", "standup", beam_id="a-recording-of-then")
    await life.happens("peer.join.failure", "standup", error_message="role not allowed")
    await life.happens("session.close.success", "standup")
    await life.happens("beam.recording.success", "standup", recording_id="a-file-of-then")
    life.chat.way.hold(f"/v2/rooms/{life.room('exam').id}")
    await life.chat.begins(life.chat.says("mo", "/hms room lock exam --keep --yes"))
    await life.chat.dies()
