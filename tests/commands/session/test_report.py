"""``session report``: the receipt of a session on demand, with everybody's times as a file."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.fixture
async def past(chat: Chat, standup: Room) -> Room:
    """A lesson of twelve minutes: Gus is muted for two and gone for two, and Ivy is removed."""
    _, gus, _ = standup.people
    standup.mute(gus, "audio", mute=True)
    await chat.passes("2m")
    standup.mute(gus, "audio", mute=False)
    await chat.passes("2m")
    standup.leave(gus)
    await chat.passes("2m")
    standup.join("Gus", user_id=gus.user_id)
    card = await chat.says("mo", "/hms remove Ivy --reason spam")
    await chat.passes("1m")
    await chat.clicks("max", "Remove “Ivy”", card)
    await chat.passes("5m")
    standup.end()
    await chat.passes("1m")
    return standup


def attached(chat: Chat, who: str, channel: str = "dm") -> list[str]:
    """The lines of the newest file that somebody sees there."""
    files = [file for message in chat.reads(who, channel).messages for file in message.files]
    assert files[-1].content
    return files[-1].content.decode("utf-8-sig").splitlines()


async def test_it_says_who_was_there_what_was_done_and_how_it_knows(chat: Chat, past: Room) -> None:
    said = await chat.says("vi", "/hms session report")

    assert (
        "The session in standup lasted 12 minutes, from 2 Mar 09:00 UTC to 09:12 UTC. "
        "3 people took part, 3 at once at most."
    ) in said.text
    assert "minute 0 to 4: 3 people\nminute 4 to 6: 2 people\nminute 6 to 7: 3 people" in said.text
    assert "Gus · guest · 04:00 · 04:12 · 10 minutes · 8 minutes · 10 minutes" in said.text
    assert "#1 remove" in said.text
    assert "asked for by Mo, approved by Max, done 1 minute later." in said.text
    assert "It was not recorded." in said.text
    assert "Known from 100ms's records alone" in said.text


async def test_everybodys_times_follow_as_a_file_that_who_asked_alone_reads(chat: Chat, past: Room) -> None:
    said = await chat.says("vi", "/hms session report")

    assert "standup-2026-03-02-0900.csv has all of it, in UTC." in said.text
    heading, *rows = attached(chat, "vi")
    assert heading == ("Name,User id,Role,Came,Left,Stays,Minutes there,Minutes unmuted,Minutes on camera")
    assert [row.split(",")[0] for row in rows] == ["Hana", "Gus", "Ivy"]
    assert rows[1].endswith(
        "guest,2026-03-02T09:00:00Z,2026-03-02T09:12:00Z,"
        "2026-03-02T09:00:00Z/2026-03-02T09:04:00Z; 2026-03-02T09:06:00Z/2026-03-02T09:12:00Z,10.0,8.0,10.0"
    )


async def test_the_microphones_of_everybody_are_one_question(chat: Chat, past: Room) -> None:
    await chat.says("vi", "/hms session report")

    [asked] = chat.calls("analytics.list_events")
    assert "session_id=" in asked.query


async def test_where_100ms_does_not_tell_of_microphones_the_rest_is_right(chat: Chat, past: Room) -> None:
    chat.world.fault(path="/v2/analytics", status=400, times=1)

    said = await chat.says("vi", "/hms session report")

    assert "100ms did not tell who was unmuted or on camera, so those minutes are missing." in said.text
    assert "Gus · guest · 04:00 · 04:12 · 10 minutes\n" in said.text
    assert attached(chat, "vi")[2].endswith(",10.0,,")


async def test_what_100ms_has_not_told_yet_is_said(chat: Chat, past: Room) -> None:
    chat.world.settings.analytics_lag_s = 90

    said = await chat.says("vi", "/hms session report")

    assert (
        "100ms has not told all of microphones and cameras: those minutes are as far as it has." in said.text
    )


async def test_one_that_goes_on_is_told_so_far(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("4m")

    said = await chat.says("vi", "/hms session report --here")

    assert "The session in standup has run for 4 minutes, since 2 Mar 09:00 UTC." in said.text
    assert "So far 3 people took part, 3 at once at most." in said.text
    assert "It is being recorded, for 4 minutes so far." in said.text
    assert "Ivy · guest · 04:00 · still there · 4 minutes" in said.text
    assert attached(chat, "mo", "classes")[3].split(",")[4] == ""


async def test_an_older_one_is_there_too_and_has_lost_what_100ms_forgets(chat: Chat, past: Room) -> None:
    assert past.sessions
    await chat.passes("31d")
    past.join("Ivy")

    said = await chat.says("vi", f"/hms session report {past.sessions[0].id}")

    assert "Who was unmuted or on camera 100ms tells for 30 days, and this was before." in said.text
    assert "Gus · guest" in said.text
    assert chat.calls("analytics.list_events") == []


async def test_a_session_that_nobody_knows_and_one_of_another_room_are_not_there(
    chat: Chat, past: Room
) -> None:
    other = chat.world.add_room("lobby", live=True)
    assert other.session

    for session in ("6501a9f0b2d4e5f60123000f", other.session.id):
        said = await chat.says("vi", f"/hms session report {session}")
        assert f"standup has had no session {session}." in said.text


async def test_nobody_without_a_level_gets_it(chat: Chat, past: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert (await chat.says("vi", "/hms session report")).text.startswith("Only ")
