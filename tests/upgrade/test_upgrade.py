"""What an earlier release has stored is brought up to date, read, and carried on."""

import shutil
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from bot.store import Database
from tests.chat import Chat, opened
from tests.commands.targets import address
from tests.postgres import Server
from tests.upgrade.complete import missing
from tests.upgrade.life import ENVIRONMENT, Life
from tests.upgrade.releases import dump_of, file_of, newest, releases
from tests.upgrade.town import BACK, town
from tests.way import Clock


@pytest.fixture(params=releases())
def release(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def stored(request: pytest.FixtureRequest, release: str, tmp_path: Path) -> str:
    """The url of what a release has stored, on each store in turn."""
    if request.param == "sqlite":
        shutil.copy(file_of(release), tmp_path / "hms-bot.db")
        return f"sqlite:///{tmp_path / 'hms-bot.db'}"
    server: Server = request.getfixturevalue("postgres_server")
    return loaded(server, release)


def loaded(server: Server, release: str) -> str:
    """A database of PostgreSQL with what a dump holds."""
    url = server.create(f"release_{uuid.uuid4().hex}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(dump_of(release).read_text())
    return url


@asynccontextmanager
async def carried_on(url: str) -> AsyncIterator[Life]:
    """This head on what a release has stored, some minutes after that was killed; 100ms has its rooms."""
    db = await Database.open(url)
    await db.migrate()
    await db.close()
    clock = Clock()
    clock.now = BACK
    async with opened(url, clock=clock, besides=ENVIRONMENT, furnish=town(clock)) as chat:
        await chat.grants("max", Chat.ADMIN)  # as they were: whoever opens a chat makes them a moderator
        yield Life(chat)


READ = {
    "access list": "Vi · moderator · yoga",
    "policy": "/hms room edit · the yes of a second person who is admin",
    "approval list": "waits for an admin",
    "room show": "Muted role · muted",
    "schedule list --room yoga": "By the clock in yoga:",
    "schedule list --room choir": "Paused until somebody answers for it",
    "schedule list --room standup": "Its session ends 3 Mar 17:00 UTC, asked by Mo.",
    "subscription list": "<#C0WEBINARS> follows every room",
    "stream-target list": "youtube · youtube.example",
    "sip trunk-list": "office",
    "poll list": "Ready?",
    "case list": "Ada added youtube (youtube.example) as a target of standup.",
    "audit verify": "The log is whole",
    "audit tail": "Mo locked exam.",
}


async def test_it_is_read_and_carried_on(stored: str) -> None:
    async with carried_on(stored) as life:
        said = {line: (await life.says("ada", line)).text for line in READ}
        assert {line: words for line, words in READ.items() if words not in said[line]} == {}

        await somebody_decides(life)
        await somebody_streams(life)
        await what_is_due_is_done(life)

        assert "The log is whole" in (await life.says("ada", "audit verify")).text


async def somebody_decides(life: Life) -> None:
    """What waited for an admin is approved, and holds from then on."""
    waiting = await life.says("max", "approval list")
    await life.says("max", f"approve {waiting.number} --yes")
    assert "/hms say · the yes of a second moderator" in (await life.says("ada", "policy")).text


async def somebody_streams(life: Life) -> None:
    """The key that was sealed then opens, and what was kept as a default holds."""
    standup = life.room("standup")
    standup.join("Gus")
    await life.says("mo", "stream start youtube --yes")
    assert [beam.order.parameters["rtmp_urls"] for beam in standup.beams] == [[address("youtube")]]
    assert "muted meanwhile, in the role muted" in (await life.says("mo", "remove Gus spamming")).text


async def what_is_due_is_done(life: Life) -> None:
    """The hours of a room end, a lock opens by itself, and on the next day a scheduled line runs."""
    for span in ("25m", "5h", "15h30m"):
        await life.chat.passes(span)
    read = "\n".join(life.chat.channel("classes"))
    assert not life.room("yoga").enabled
    assert "webinar is open again: the lock by Mo" in read
    assert not life.room("choir").enabled


@pytest.fixture
def databases(postgres_server: Server) -> list[str]:
    """The file and the dump of the release that this is, or will be."""
    dumped = loaded(postgres_server, newest()).replace("postgresql://", "postgresql+psycopg://")
    return [f"sqlite:///{file_of(newest())}", dumped]


@pytest.mark.postgres
def test_it_has_one_of_everything(databases: list[str]) -> None:
    for url in databases:
        engine = sa.create_engine(url)
        with engine.connect() as connection:
            assert missing(connection) == [], "teach tests/upgrade/life.py, then: python -m tests.upgrade"
        engine.dispose()
