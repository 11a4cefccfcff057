"""Where what happens at 100ms is brought to the bot, a room in which nothing happens is not asked about."""

from collections.abc import Sequence

import pytest

from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, Reported, reporting

HOURS = "/hms schedule window daily 09:01-18:00 --tz UTC --room standup --yes"


def asked_about(reported: Reported) -> Sequence[object]:
    """The calls that asked who is in the room."""
    calls = reported.chat.calls("sessions.list")
    return [call for call in calls if reported.room.id in call.query]


@pytest.mark.parametrize("besides", [REPORTED, LOOKED_AT], ids=["webhooks", "looks"])
async def test_an_empty_room_is_not_asked_about_and_guests_are_told_of_in_time(
    sqlite_url: str, besides: dict[str, str]
) -> None:
    async with reporting(sqlite_url, besides) as reported:
        await reported.chat.says("ada", HOURS)
        await reported.passes("12m")
        assert asked_about(reported) == []

        reported.room.join("Gus")
        await reported.passes("5m 30s")

        assert "1 person waits in standup" in reported.chat.reads("max").text
        gone = len(asked_about(reported))
        reported.room.end()
        await reported.passes("6m")
        assert len(asked_about(reported)) <= gone + 1
