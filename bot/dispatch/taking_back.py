"""What a card offers to do goes once it was done, by whomever and however; who did it is said there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import Command
from bot.dispatch import saying
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.standing import StandingBook
from bot.people import Actor
from bot.reply import Button, Place, Reply
from bot.request.request import Request


@dataclass(frozen=True)
class Done:
    """An act, what is said of it and whose it was; by its ``request``, if one brought it."""

    command: Command
    said: Reply
    by: Actor
    request: int = 0

    @classmethod
    def of(cls, road: Dispatcher, request: Request) -> "Done":
        """What a request has done."""
        said = request.answer or Reply("")
        return cls(road.registry.load(request.invocation), said, request.actor, request.id)


def is_offered(road: Dispatcher, done: Done, buttons: Iterable[Button]) -> bool:
    """Whether one of these buttons asks for what was done."""
    words = road.registry.invocation(done.command).command
    same = (button.invocation for button in buttons if button.invocation.command == words)
    asked = map(road.registry.known, same)
    return any(done.command.covers(each) for each in asked if each)


async def on_posts(road: Dispatcher, tx: AsyncConnection, several: Collection[Done]) -> None:
    """Take the buttons from posts that no request stands behind."""
    for post in await road.books[StandingBook].in_rooms(tx, {done.command.in_room for done in several}):
        once = [button for button in post.said.all_buttons() if button.once]
        done = next((each for each in several if is_offered(road, each, once)), None)
        if done:
            await road.books[StandingBook].remove(tx, post)
            said = post.said.overtaken(road.clock(), done.said)
            await saying.show(road, tx, post.key, Place(post.channel), said, request=post.request)
