"""A card never outlives its subject: what 100ms tells of a room lets what waits there be looked at again."""

from typing import Any

import pytest

from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, reporting


@pytest.mark.parametrize("hears", [REPORTED, LOOKED_AT], ids=["told", "looks"])
async def test_a_card_goes_with_what_takes_its_subject(sqlite_url: str, hears: dict[str, Any]) -> None:
    async with reporting(sqlite_url, hears) as reported:
        chat, room = reported.chat, reported.room
        await chat.binds("classes", room)
        room.join("Hana", role="host")
        gus = room.join("Gus")
        await reported.passes("1m")
        card = await chat.says("mo", "/hms remove Gus spamming")

        room.leave(gus)
        await reported.passes("2m")

        assert "Remove “Gus”" not in chat.reads("max").buttons
        assert chat.request(card).states[-1] == "moot"


@pytest.mark.parametrize("hears", [REPORTED, LOOKED_AT], ids=["told", "looks"])
async def test_a_card_goes_with_the_session_that_it_is_about(sqlite_url: str, hears: dict[str, Any]) -> None:
    async with reporting(sqlite_url, hears) as reported:
        chat, room = reported.chat, reported.room
        await chat.binds("classes", room)
        room.join("Hana", role="host")
        await reported.passes("1m")
        card = await chat.says("mo", "/hms end-room")

        room.end(by="Hana")
        await reported.passes("2m")

        assert chat.request(card).states[-1] == "moot"
