"""A database that somebody else holds keeps nobody waiting who only wants to see something."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, opened
from tests.patience import PATIENCE


@pytest.fixture
async def chat(sqlite_url: str) -> AsyncIterator[Chat]:
    """A bot that keeps people waiting for a write no longer than a moment."""
    async with opened(sqlite_url) as chat:
        await chat.says("mo", "/hms status", channel="webinars")  # who is who is known
        await chat.stops()
        chat._limits = type(chat._limits)(patience=0.05, backoff=chat._limits.backoff)
        await chat.starts()
        yield chat


@contextmanager
def held(sqlite_url: str) -> Iterator[None]:
    """Another process writes, and does not come to an end."""
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
    other.close()


async def reads(chat: Chat, sqlite_url: str, line: str, channel: str = "classes") -> str:
    """What Mo reads while the file is held."""
    changes = chat.workspace.subscribe()
    before = chat.reads("mo", channel).messages
    with held(sqlite_url):
        saying = asyncio.create_task(chat.says("mo", line, channel))
        async with asyncio.timeout(PATIENCE):
            while chat.reads("mo", channel).messages == before:
                await changes.get()
        read = chat.reads("mo", channel).text
    await saying
    return read


async def test_who_is_answered_and_says_that_its_numbers_mean_nothing(
    chat: Chat, standup: Room, sqlite_url: str
) -> None:
    read = await reads(chat, sqlite_url, "/hms who")

    assert "Gus" in read
    assert "My database takes no writes, so type names just now, and not the numbers." in read


async def test_a_choice_is_said_without_its_buttons(chat: Chat, standup: Room, sqlite_url: str) -> None:
    read = await reads(chat, sqlite_url, "/hms status", channel="webinars")

    assert "Which room?" in read
    assert "Buttons are missing here, since my database takes no writes." in read
    assert "standup" not in chat.reads("mo", "webinars").buttons


async def test_a_refusal_does_not_wait_until_it_is_written_and_is_written_all_the_same(
    chat: Chat, standup: Room, sqlite_url: str
) -> None:
    await chat.says("ada", "/hms help")
    read = await reads(chat, sqlite_url, "/hms nosuchcommand")

    assert "nosuchcommand" in read
    assert [entry.text for entry in chat.story(0).entries][-1] == "nosuchcommand (13 characters)"


async def test_status_with_what_waits_is_answered(chat: Chat, standup: Room, sqlite_url: str) -> None:
    await chat.says("mo", "/hms remove Gus spamming")

    read = await reads(chat, sqlite_url, "/hms status")

    assert "standup · 3 people · 1 minute · open" in read
    assert "waits for a second moderator · 10 minutes left" in read
    assert "Buttons are missing here, since my database takes no writes." in read
