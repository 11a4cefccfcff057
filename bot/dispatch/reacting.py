"""What the clock brings: each moment goes to the reaction registered for its kind."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from bot.command import Context
from bot.command.ports import Road
from bot.dispatch.context import context
from bot.dispatch.parts import Parts
from bot.work import Due, Handler, Job, due

Reaction = Callable[[Context, Mapping[str, Any]], Awaitable[None]]


class Reacting:
    """Runs reactions, each in the context of the approved request that provided for it."""

    def __init__(self, parts: Parts, road: Road, reactions: Mapping[str, Reaction]) -> None:
        self._parts = parts
        self._road = road
        self._reactions = reactions

    def handlers(self) -> Mapping[str, Handler]:
        """Every kind of moment that a feature reacts to."""
        return dict.fromkeys(self._reactions, self._react)

    async def _react(self, job: Job) -> None:
        for moment in due(job):
            await self._one(self._reactions[job.kind], moment)

    async def _one(self, reaction: Reaction, moment: Due) -> None:
        async with self._parts.db.read() as tx:
            request = await self._parts.requests.find(tx, moment.payload["request"])
        if request:
            ctx = context(self._parts, self._road, request.actor, request)
            await reaction(ctx, moment.payload)
