"""Every message that the examples of docs/commands.md bring, as the bot sent it to Slack."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.store import Database
from tests.chat import PEOPLE, Chat, Said, opened
from tests.house.source import ROOT

EXAMPLE = re.compile(r"^    (/hms .+)$", re.MULTILINE)


def examples() -> list[str]:
    """The lines that the page shows, each once."""
    return list(dict.fromkeys(EXAMPLE.findall((ROOT / "docs" / "commands.md").read_text())))


def as_sent(example: str) -> str:
    """A line as Slack sends it: who is mentioned, by id."""
    return re.sub(r"@(\w+)", lambda found: f"<@{PEOPLE[found[1]]}>", example)


async def messages() -> list[dict[str, Any]]:
    """What is read after each line, as it is asked for, tried and decided, and what stands on Home then."""
    return [{"from": line, "blocks": blocks} for line in examples() async for blocks in _brought(line)]


async def _brought(line: str) -> AsyncIterator[list[Any]]:
    async with _town() as chat:
        for words in (f"{line} --dry-run", line):
            said = await chat.says("mo" if "approv" not in line else "max", as_sent(words))
            for blocks in _drawn(said):
                yield blocks
        for who in ("mo", "max", "ada"):
            for blocks in _drawn(await _pressed(chat, who, said)):
                yield blocks
        for blocks in _drawn(await chat.says("ada", as_sent(line))):
            yield blocks
        for view in await _views(chat):
            yield view


async def _pressed(chat: Chat, who: str, said: Said) -> Said:
    """The first button of a card, while it has one."""
    there = [button for button in said.buttons[:1] if button in chat.reads(who).buttons]
    return await chat.clicks(who, there[0], chat.reads(who)) if there else said


async def _views(chat: Chat) -> list[list[Any]]:
    """Home of everybody, and the forms that were opened."""
    for person in PEOPLE.values():
        await chat.workspace.opens_home(person)
    await chat.bot.idle()
    homes = [chat.workspace.home(person) for person in PEOPLE.values()]
    forms = [form for person in PEOPLE.values() for form in chat.workspace.views_of(person)]
    return [list(view.body["blocks"]) for view in [*homes, *forms] if view]


def _drawn(said: Said) -> Iterator[list[Any]]:
    return (list(message.blocks) for message in said.messages if message.by_app and message.blocks)


@asynccontextmanager
async def _town() -> AsyncIterator[Chat]:
    """A live room that the channel speaks for, and a removal that waits."""
    with TemporaryDirectory(prefix="hms-bot-strangers-") as folder:
        url = f"sqlite:///{Path(folder) / 'hms-bot.db'}"
        db = await Database.open(url)
        await db.migrate()
        await db.close()
        async with opened(url) as chat:
            room = chat.world.add_room("standup", live=True)
            room.join("Gus")
            room.join("Ivy", role="stage")
            await chat.binds("classes", room)
            await chat.says("mo", "/hms remove Ivy spamming")
            yield chat
