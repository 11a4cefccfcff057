"""What commands need of the layers above them, as protocols; ``bot/app.py`` hands them in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command.references import PersonRef, PollRef, RoomRef
from bot.command.times import Zone
from bot.hms import Beam, Peer, Role
from bot.people import Actor, Level
from bot.reply import Invocation, Message, Place, Reply, Row
from bot.request.request import Origin, Request


class Names(Protocol):
    """What words may mean, for one actor at one place; ``pin`` asks it."""

    @property
    def now(self) -> datetime:
        """What time it is."""

    def needing(self, level: Level) -> "Names":
        """The same for a command that needs this level: only rooms where it may be run are offered."""

    def within(self, template: str) -> "Names":
        """The same for a command about this template, by its id: its roles are offered."""

    async def zone(self) -> Zone:
        """The zone in which times are meant."""

    async def room_called(self, words: str) -> RoomRef | None:
        """The room with this name (any case) or id; one that the actor may not look into is not there."""

    async def room_linked(self, code: str) -> RoomRef | None:
        """The room into which a meeting link with this code lets people; one call of 100ms."""

    async def room_here(self) -> RoomRef | None:
        """The room bound to the channel where it was asked."""

    async def room_of(self, channel: str) -> RoomRef | None:
        """The room that a channel speaks for."""

    async def rooms(self) -> Sequence[RoomRef]:
        """Rooms to choose from of which the actor may know, the likeliest first; at most a hundred."""

    async def rooms_near(self, words: str) -> Sequence[RoomRef]:
        """What may have been meant, the likeliest first, of all whose names are known here."""

    async def people(self, room: str) -> Sequence[PersonRef]:
        """Who is connected to the room now; empty when nothing is live."""

    async def took_part(self, room: str, session: str = "") -> Sequence[PersonRef]:
        """Who took part in a session of the room, without one in the last that ended."""

    async def recorders(
        self, room: str, peers: Sequence[Peer], known: Sequence[Beam] | None = None
    ) -> frozenset[str]:
        """Which of those who are connected are 100ms's own, by their ids; ``known`` are the room's jobs."""

    async def roles(self, room: str) -> Mapping[str, Role]:
        """The roles of the room's template by name, as they were a minute ago at most."""

    async def templates(self) -> Mapping[str, str]:
        """What every template is called, by id, the newest first; none for who may not do this everywhere."""

    async def openings(self, room: str) -> Sequence[datetime]:
        """When the hours of a room open it within the week to come, the soonest first."""

    async def template_roles(self) -> Sequence[str]:
        """The roles of the template that the command is about; none for who may not do this everywhere."""

    async def polls(self, room: str) -> Sequence[PollRef]:
        """The polls that are known of a room, the newest first: made or shown here, or linked there."""

    async def targets(self, room: str) -> Sequence[str]:
        """What the platforms are called that a room may be streamed to."""

    async def trunks(self) -> Sequence[str]:
        """What the trunks are called through which telephones are called."""

    async def row(self, number: int) -> str | None:
        """The ``PersonRef.key`` in this row of the actor's last ``who``, for ten minutes."""

    async def linked(self, slack_user: str) -> str | None:
        """The 100ms user id linked to somebody of the workspace."""


class Road(Protocol):
    """The road of requests, for commands and reactions: to decide on others, and to ask for something."""

    async def rows(self, actor: Actor, most: int, page: int = 1) -> tuple[Sequence[tuple[Request, Row]], int]:
        """What waits for somebody, or was asked by them and waits for others, as the rows they read.

        At most so many, the oldest first, and how many more there are.
        """

    async def find(self, number: int) -> Request | None:
        """One request as it is now."""

    async def decide(
        self, number: int, actor: Actor, *, yes: bool, channel: str = "", why: str = "", revision: int = 0
    ) -> Reply | None:
        """Bring a yes or a no, to the card as it is or at one ``revision``.

        Answers what stood in its way, or what can still be said; None when it was taken.
        """

    async def reason(self, number: int, actor: Actor, why: str, *, channel: str = "") -> Reply | None:
        """Say more about a request; answers what stood in its way, None when it was taken."""

    async def ask(self, number: int, actor: Actor) -> Reply | None:
        """Call somebody who could decide a request, once; answers why not, None when it was done."""

    async def remind(self, number: int) -> None:
        """Say once, half its time being up, that a request still waits, with all that wait beside it."""

    async def notice(self, tx: AsyncConnection, *rooms: str) -> None:
        """Let what waits about these rooms be looked at again, since something was done there."""

    async def done(self, tx: AsyncConnection, *several: tuple[Invocation, Reply]) -> None:
        """Say on each card that offers it what came about without a request, so that it offers it no more.

        Each is what would ask for it, and what is said of it.
        """

    def card(self, request: Request, actor: Actor) -> Reply:
        """One request that waits as somebody reads it who it concerns, in an answer that is kept."""

    async def withdraw(self, number: int, actor: Actor, *, channel: str = "") -> Reply | None:
        """Take a request back; answers what stood in its way, None when it was taken."""

    async def expire(self, number: int) -> None:
        """Say that its time is up; nothing happens to one that is decided."""

    async def submit(self, invocation: Invocation, *, as_: Actor, key: str, reason: str = "") -> int | None:
        """Ask for something as oneself, as a schedule does; None where this ``key`` was used before.

        The ``reason`` is for a command that has no field for it.
        """


class Voice(Protocol):
    """The outward side of a door: what the road says, and who is who."""

    async def actor(self, who: str) -> Actor:
        """Who this is; ``barred`` says why not, also when the place could not be asked."""

    def has_left(self, who: str) -> bool:
        """Whether the place has said lately that this person may not act any more; nobody is asked anew."""

    async def reaches(self, channel: str) -> bool:
        """Whether the bot can post to the channel."""

    async def answer(self, origin: Origin, who: str, message: Message) -> None:
        """Say something privately, at once; it is never written down."""

    async def pressed(self, tx: AsyncConnection, origin: Origin, token: str) -> None:
        """A button of the card with this token was pressed: that card is there, whatever we knew of it."""

    def clicked(self, origin: Origin, who: str) -> None:
        """A click was brought to what it was on: where its button stands is brought up to date."""

    async def form(
        self,
        origin: Origin,
        who: str,
        trigger: str,
        words: str,
        values: Mapping[str, Any],
        problem: Reply | None,
    ) -> None:
        """Open the form of a command, filled with what is known."""

    def show(
        self, tx: AsyncConnection, key: str, place: Place, message: Message, *, request: int = 0
    ) -> None:
        """Post what others see once ``tx`` is committed; what is there under this key is edited instead."""
