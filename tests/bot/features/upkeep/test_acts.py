"""What was given up and is tried again."""

from dataclasses import replace

from bot.dispatch.context import context
from bot.dispatch.ledger import known
from bot.features.upkeep import acts
from bot.people import Actor
from bot.work import Failures, Job
from tests.chat import PEOPLE, Chat


async def test_a_try_that_was_cut_off_and_runs_again_is_still_the_same_try(chat: Chat) -> None:
    road, mo = chat.bot.dispatcher, Actor(PEOPLE["mo"], "Mo")
    async with chat.bot.db.write() as tx:
        number = await road.books[Failures].keep(tx, Job("daily", "daily:1", {"due": []}), "daily:1")
    await chat.says("mo", "/hms retry 99")
    asked = await known(road, 1)
    ctx = context(road, mo, asked)

    tries = [await acts.again(ctx, number), await acts.again(ctx, number)]
    another = await acts.again(context(road, mo, replace(asked, id=2)), number)

    assert tries == [True, True]
    assert not another
