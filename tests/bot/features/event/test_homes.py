"""What Home reads from the lists of 100ms is drawn anew with what 100ms reports, or what a look finds."""

import pytest
from pydantic import SecretStr

from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, reporting
from tests.bot.slack.drawing.test_home import home, shown

MEETING = SecretStr("https://school.app.100ms.live/meeting/abc-def-ghi")


@pytest.mark.parametrize("besides", [REPORTED, LOOKED_AT], ids=["webhooks", "looks"])
async def test_home_follows_who_comes_what_is_recorded_and_the_end(
    sqlite_url: str, besides: dict[str, str]
) -> None:
    async with reporting(sqlite_url, besides) as reported:
        chat, room = reported.chat, reported.room
        assert "Nobody is in a room of yours." in (await home(chat, "mo")).text

        gus = room.join("Gus")
        await reported.passes("1m")
        assert "standup · 1 person" in shown(chat, "mo").text

        room.join("Ivy")
        await chat.bot.hms.recordings.start_for_room(room.id, meeting_url=MEETING)
        await reported.passes("2m")
        assert "standup · 2 people" in shown(chat, "mo").text
        assert "● 1 recording" in shown(chat, "mo").text

        await chat.bot.hms.recordings.stop_for_room(room.id)
        room.leave(gus)
        await reported.passes("2m")
        assert "standup · 1 person" in shown(chat, "mo").text
        assert "recording" not in shown(chat, "mo").text

        await chat.bot.hms.active_rooms.end_room(room.id)
        await reported.passes("2m")
        assert "Nobody is in a room of yours." in shown(chat, "mo").text
