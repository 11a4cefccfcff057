"""A thousand requests wait: a list of them asks the database no more than a list of one."""

import time
from collections.abc import Awaitable, Callable

import pytest
import sqlalchemy as sa

from bot.request.book import requests
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, buttons, words
from tests.tally import statements

MANY = 1000
MOST = 1.0  # seconds of processor


async def listed(chat: Chat) -> str:
    return (await chat.says("max", "/hms approval list")).text


async def at_home(chat: Chat) -> str:
    await chat.workspace.opens_home("U0MAX")
    await chat.bot.idle()
    return str(chat.workspace.home("U0MAX"))


async def multiply(chat: Chat) -> None:
    """Let as many wait as the one that does, each of them another."""
    columns = [column for column in requests.c if column.name not in {"id", "key", "token", "same"}]
    async with chat.bot.db.write() as tx:
        row = (await tx.execute(sa.select(*columns))).one()
        copies = [{"key": f"{each}", "token": f"{each}", **row._mapping} for each in range(1, MANY)]
        await tx.execute(requests.insert(), copies)


async def processor(look: Callable[[Chat], Awaitable[str]], chat: Chat) -> float:
    """How much of it a look takes, in seconds."""
    began = time.process_time()
    await look(chat)
    return time.process_time() - began


@pytest.mark.parametrize(("look", "turns"), [(listed, 1), (at_home, 0)])
async def test_a_thousand_are_listed_with_the_questions_of_one(
    chat: Chat, standup: Room, look: Callable[[Chat], Awaitable[str]], turns: int
) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    with statements(chat.bot.db) as few:
        await look(chat)
    await multiply(chat)

    with statements(chat.bot.db) as many:
        said = await look(chat)
    spent = min([await processor(look, chat) for _ in range(3)])  # the least: others work on the machine too

    assert "Remove “Gus” from" in said
    assert len(many) == len(few) + turns  # what the button is kept with that turns the page
    assert spent < MOST, spent


async def test_one_of_a_thousand_is_shown_by_its_number(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    await multiply(chat)

    shown = await chat.says("max", f"/hms approval show {MANY}")

    assert "Remove “Gus” from" in shown.text
    assert f"#{MANY}" in shown.text
    assert "Deny" in shown.buttons


async def test_an_own_confirm_is_shown_to_nobody_else(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --room standup")

    assert "There is no request 1." in (await chat.says("max", "/hms approval show 1")).text
    assert (await chat.says("mo", "/hms approval show 1")).buttons == ("End for 3 people", "Cancel")


async def test_a_question_that_was_shown_again_is_gone_once_it_is_decided(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --room standup")
    shown = await chat.says("mo", "/hms approval show 1")

    await chat.clicks("mo", "End for 3 people", shown)

    [there] = [one for one in chat.workspace.sees("U0MO", "C0CLASSES") if one.ts == shown.messages[-1].ts]
    assert words(there) == "Said yes to #1."
    assert list(buttons(there)) == []


async def test_what_waits_no_more_says_what_became_of_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --room standup --yes")

    shown = await chat.says("mo", "/hms approval show 1")

    assert "#1 waits for nobody: it was asked" in shown.text
    assert "is done" in shown.text
