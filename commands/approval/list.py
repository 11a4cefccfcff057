from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level
from bot.features.room import later
from bot.people import Yes
from bot.reply import Button, Invocation, Reply, on_page
from bot.request.request import Request

MOST = 20  # requests; Slack takes fifty blocks, of which each needs two


class ApprovalList(Command):
    """See what waits for a yes that you could give, and what you asked for yourself."""

    level = Level.MODERATOR
    reads = True
    about_requests = True
    also = ("approvals",)
    verb = "list requests"
    examples = ("approval list", "approvals --here")

    page: Annotated[int, Field(description="Which twenty of them, counted from 1")] = 1

    async def run(self, ctx: Context) -> Reply:
        waiting, others = await ctx.road.rows(ctx.actor, MOST, self.page)
        if not waiting:
            return Reply("Nothing waits for you.") + await _planned_end(ctx)
        others_decide = [_others_decide(request, ctx.actor.id) for request, _ in waiting]
        said = Reply("Nothing waits for you.") if all(others_decide) else self._this(len(waiting), others)
        if waiting and all(others_decide):
            said += Reply("You asked for this, and others decide it:")
        return said.with_rows([row for _, row in waiting])

    def _this(self, shown: int, others: int) -> Reply:
        if not others:
            return Reply("This waits for you:")
        number = shown + others
        span = on_page(self.page, MOST, number)
        more = [self._next()] if span.stop < number else []
        if not span.start:
            return Reply(
                "This waits for you, the oldest {shown} of {all}:", shown=shown, all=number, buttons=more
            )
        first, last = span.start + 1, span.start + shown
        return Reply(
            "This waits for you too, {first} to {last} of {all}:",
            first=first,
            last=last,
            all=number,
            buttons=more,
        )

    def _next(self) -> Button:
        return Button("More requests", Invocation("approval list", page=self.page + 1))


async def _planned_end(ctx: Context) -> Reply:
    """The next end that is planned for the room of this place: whoever says *cancel* may mean that."""
    room = await ctx.names.room_here()
    if room is None or not (await ctx.rights())(Level.MODERATOR, room.id).allowed:
        return Reply("")
    for stop in (await later.planned(ctx, room))[:1]:
        calls_off = Invocation("end-room", room=room, cancel=True, stop=stop.id)
        offer = Button("Call off the end", calls_off, once=True)
        return Reply("{room} ends {at}.", room=room, at=stop.ends_at, buttons=[offer])
    return Reply("")


def _others_decide(request: Request, who: str) -> bool:
    return request.yes > Yes.ACTOR and who in request.actor.askers
