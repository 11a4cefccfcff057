import re
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, Self

from pydantic import Field

from bot.command import (
    Ambiguous,
    Command,
    Context,
    Level,
    Names,
    Option,
    PersonRef,
    RoleName,
    RoomRef,
    Sentence,
    Yes,
    without_keys,
)
from bot.command.identity import connections
from bot.command.matching import called
from bot.errors import UserError
from bot.features.person import acts
from bot.features.room import live
from bot.features.room.live import counted
from bot.hms import NotFound
from bot.reply import Button, Counted, Invocation, Reply

CROWD = 50
ROLE = "role:"
_NAME_STOPS = re.compile(r"\A([^,:]+)[,:](?=\s|\Z)")
_TO = re.compile(r"\A(?:(?:privately|only|just)\s+){0,2}(?:to\s+)?(?=\S)", re.IGNORECASE)


class Say(Command):
    """Say something to the people in a live session."""

    level = Level.MODERATOR
    in_session = True
    examples = ("say We start in five minutes", "say Please come to the stage --to role:stage")

    text: Annotated[str, Sentence, Field(description="What to say")]
    room: RoomRef
    to: Annotated[
        PersonRef | None, Field(description="Only this person, or role:x for everybody with a role")
    ] = None
    role: Annotated[RoleName, Field(description="Only people with this role")] = ""
    everybody: Annotated[
        bool, Field(description="To everybody, also where it begins with the name of somebody there")
    ] = False
    kind: Annotated[str, Option("type"), Field(description="What apps know such messages as")] = "chat"

    async def pin(self, names: Names) -> Self:
        if (self.to is not None) + bool(self.role) + self.everybody > 1:
            raise UserError("Choose one of --to, --role and --everybody: who is to read it?").at("to")
        if self.to and self.to.words.startswith(ROLE):
            to_role = {"to": None, "role": self.to.words.removeprefix(ROLE).strip()}
            return await self.model_copy(update=to_role).pin(names)
        there = await super().pin(names)
        if not (there.to or there.role or there.everybody):
            await _look_for_a_name(there, names)
        return there

    async def yes_needed(self, ctx: Context) -> Yes:
        return Yes.ACTOR if len(await self._listeners(ctx)) > CROWD else self.yes

    async def consequence(self, ctx: Context) -> Reply:
        about: dict[str, Any] = {
            "facts": [Reply("{text}", text=without_keys(self.text))],
            "people": counted(await self._listeners(ctx)),
            "room": self.room,
        }
        if self.to:
            about["person"] = self.to
            return Reply("Say this to {person} in {room}?", button="Say it to {person}", **about)
        if self.role:
            about["role"] = self.role
            return Reply(
                "Say this to {people} with the role {role} in {room}?", button="Say it to {people}", **about
            )
        return Reply("Say this to {people} in {room}?", button="Say it to {people}", **about)

    async def run(self, ctx: Context) -> Reply:
        listeners = await self._listeners(ctx)
        if self.to is None:
            await ctx.once("say", self.room.id, partial(self._send, ctx, role=self.role or None))
        elif not any([await self._reached(ctx, one.peer_id) for one in listeners]):
            raise acts.gone(self.room, self.to)
        return self._said(ctx, counted(listeners))

    def _said(self, ctx: Context, people: Counted) -> Reply:
        about: dict[str, Any] = {
            "by": ctx.actor.mention,
            "people": people,
            "room": self.room,
            "text": without_keys(self.text),
        }
        if self.to:
            return Reply("{by} said to {person} in {room}: {text}", person=self.to, **about)
        if self.role:
            return Reply(
                "{by} said to {people} with the role {role} in {room}: {text}", role=self.role, **about
            )
        return Reply("{by} said to {people} in {room}: {text}", **about)

    async def _listeners(self, ctx: Context) -> tuple[PersonRef, ...]:
        here = await ctx.names.people(self.room.id)
        if not here:
            raise live.nobody(self.room)
        listening = tuple(someone for someone in here if self._means(someone))
        if not listening and self.to:
            raise acts.gone(self.room, self.to)
        if not listening:
            raise acts.nobody_with(self.room, self.role)
        return listening

    def _means(self, someone: PersonRef) -> bool:
        if self.to:
            return bool(connections(self.to, [someone]))
        return not self.role or someone.role == self.role

    async def _reached(self, ctx: Context, peer_id: str) -> bool:
        """Whether one device of somebody was there to hear it, once: another may have left just now."""

        async def call() -> bool:
            try:
                await self._send(ctx, peer_id=peer_id)
            except NotFound:
                return False
            return True

        return await ctx.once("say", peer_id, call) is not False

    async def _send(self, ctx: Context, *, peer_id: str | None = None, role: str | None = None) -> None:
        await ctx.hms.active_rooms.send_message(
            self.room.id, self.text, peer_id=peer_id, role=role, kind=self.kind
        )


async def _look_for_a_name(said: Say, names: Names) -> None:
    """Raise Ambiguous for ``say @gus stop it``: it may be for Gus alone, and everybody would read it.

    So may ``say to Gus: stop it``, unless somebody is called To. Of a name alone the text is to come.
    """
    people = await names.people(said.room.id)
    named = await _named(said.text, people) or await _named(_TO.sub("", said.text, count=1), people)
    if not named:
        return
    only = [
        Button(Reply("To {person} only", person=someone), _to(said, to=someone, text=text), form=not text)
        for someone, text in named
    ]
    everybody = Button(Reply("To all {people}", people=counted(people)), _to(said, everybody=True))
    asks = Ambiguous("This begins with the name of somebody in {room}. Who is to read it?", room=said.room)
    raise asks.offering([*only, everybody])


async def _named(text: str, people: Sequence[PersonRef]) -> list[tuple[PersonRef, str]]:
    """Whose name a text begins with, each with what stands behind it."""
    words = text.removeprefix("@")
    for typed in dict.fromkeys((words, _NAME_STOPS.sub(r"\1", words))):
        found = await called(typed, people, holds_text=True)
        named = [(someone, rest) for someone, rest in found.people if found.exact]
        if named:
            return named
    return []


def _to(said: Say, **whom: object) -> Invocation:
    return Invocation("say", **dict(said.model_copy(update=whom)))
