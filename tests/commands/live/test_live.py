"""``live``: a room shown to an audience, started, stopped, seen, annotated, and told of when it breaks.

Long because a live stream is one story from its start to its end, whoever switches it.
"""

import pytest

from sandbox.hms.routes.live_streams import KIND
from sandbox.hms.state.beam.beam import Beam
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

START = "live_streams.start_for_room"
META = "live_streams.send_timed_metadata"


def streams(room: Room) -> list[Beam]:
    return [beam for beam in room.beams if beam.order.kind is KIND]


async def starts(chat: Chat, line: str = "live start") -> None:
    await chat.says("mo", f"/hms {line} --yes")
    await chat.passes("5s")


# Start.


async def test_a_moderator_shows_a_room_live(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms live start --record")
    assert "Show standup live?\n3 people there · what is shown is kept · whoever has the link" in card.text
    await chat.clicks("mo", "Show standup live", card)

    [stream] = streams(standup)
    assert stream.order.parameters["recording"] == {"hls_vod": True, "single_file_per_layer": True}
    assert "Mo started the live stream of standup. What is shown is kept." in chat.channel("classes")[-1]
    watched = await chat.clicks("vi", "Where to watch", chat.reads("vi"))
    assert f"https://cdn.example/hls/{stream.id}/master.m3u8" in watched.text


async def test_a_recording_runs_beside_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("5s")

    await starts(chat)

    assert streams(standup)[0].live
    assert len(standup.beams) == 2


async def test_a_link_and_a_destination_are_said_or_kept_for_the_room(chat: Chat, standup: Room) -> None:
    await chat.says(
        "ada", "/hms room defaults --meeting https://school.example/meeting/{room_id}/recorder --yes"
    )
    await starts(chat)
    await chat.says("mo", "/hms live stop --yes")
    await chat.passes("5s")
    await starts(chat, "live start --url https://school.example/meeting/x/recorder")

    first, second = streams(standup)
    assert first.order.meeting_url == f"https://school.example/meeting/{standup.id}/recorder"
    assert second.order.meeting_url == "https://school.example/meeting/x/recorder"
    said = await chat.says("mo", "/hms live start --url https://school.example/x?auth_token=secret")
    assert "This link holds a token" in said.text


async def test_what_is_live_already_is_said_to_be(chat: Chat, standup: Room) -> None:
    await starts(chat)

    for line in ("live start", "live start --yes"):
        said = await chat.says("max", f"/hms {line}")
        assert "standup is streamed live already, since 2 Mar 09:00" in said.text
        assert said.buttons == ()

    assert len(streams(standup)) == 1


async def test_somebody_who_was_faster_is_no_riddle(chat: Chat, standup: Room) -> None:
    chat.world.fault(
        f"/live-streams/room/{standup.id}/start", status=409, body={"message": "beam already started"}
    )

    await chat.says("mo", "/hms live start --yes")

    assert "The last live stream of standup is still on its way out." in chat.reads("mo").text


async def test_a_locked_room_and_one_without_a_way_in_say_so(chat: Chat, standup: Room) -> None:
    standup.enabled = False
    await chat.says("mo", "/hms live start --yes")
    assert "100ms neither records nor streams a locked room." in chat.reads("mo").text

    standard = next(iter(chat.world.templates.values()))
    template = chat.world.add_template("made over the API", standard.roles)
    await chat.binds("classes", chat.world.add_room("yoga", template=template, live=True))
    await chat.says("mo", "/hms live start yoga --yes")
    assert "then it needs a link" in chat.reads("mo").text
    assert "Enter the link…" in chat.reads("mo").buttons


async def test_a_start_whose_answer_was_lost_is_looked_up_and_not_repeated(chat: Chat, standup: Room) -> None:
    chat.world.fault(f"/live-streams/room/{standup.id}/start", status=502, times=1)

    await chat.says("mo", "/hms live start --yes")

    assert "may have been done or not" in chat.reads("mo").text
    assert len(chat.calls(START)) == 1


async def test_a_viewer_starts_stops_and_notes_nothing(chat: Chat, standup: Room) -> None:
    for line in ("start", "stop", "meta hello", "pause-recording", "resume-recording"):
        assert (await chat.says("vi", f"/hms live {line}")).text.startswith("Only "), line
    assert streams(standup) == []


# Stop.


async def test_one_who_stays_is_one(chat: Chat, standup: Room) -> None:
    await starts(chat, "live start --record")
    for peer in list(standup.peers)[1:]:
        standup.leave(peer)

    card = await chat.says("mo", "/hms live stop")

    assert "1 person stays in the room" in card.text


async def test_stopping_says_first_what_stops_and_can_be_taken_back(chat: Chat, standup: Room) -> None:
    await starts(chat, "live start --record")
    await chat.passes("12m")

    card = await chat.says("mo", "/hms live stop")
    assert "Stop the live stream of standup?\nhas run for 12 minutes · 3 people stay in the room" in card.text
    await chat.clicks("mo", "Stop the live stream", card)

    assert not streams(standup)[0].live
    assert "Mo stopped the live stream of standup, after 12 minutes." in chat.channel("classes")[-1]
    await chat.passes("5s")
    again = await chat.clicks("max", "Show standup live again", chat.reads("max"))
    assert "what is shown is kept" in again.text


async def test_where_nothing_is_live_nothing_is_done_about_it(chat: Chat, standup: Room) -> None:
    for line in ("stop", "meta hello", "pause-recording", "resume-recording"):
        said = await chat.says("mo", f"/hms live {line}")
        assert "standup is not streamed live. Start: /hms live start" in said.text, line


async def test_a_live_stream_of_another_room_is_not_there(chat: Chat, standup: Room) -> None:
    await starts(chat)
    await chat.binds("webinars", chat.world.add_room("lobby", live=True))
    [stream] = streams(standup)

    for line in (f"live stop --stream {stream.id}", f"live show {stream.id}"):
        said = await chat.says("mo", f"/hms {line}", "webinars")
        assert f"lobby has no live stream {stream.id}." in said.text
    assert stream.live


# Notes for the players.


async def test_a_note_reaches_the_players_for_as_long_as_is_said(chat: Chat, standup: Room) -> None:
    await starts(chat)

    await chat.says("mo", "/hms live meta question 2 --for 30s")

    assert streams(standup)[0].timed_metadata == ["question 2"]
    [call] = chat.calls(META)
    assert call.body == {"payload": "question 2", "duration": 30}
    assert "Mo sent the players of standup “question 2”, for 30s." in chat.channel("classes")[-1]


@pytest.mark.parametrize("length", [101, 300])
async def test_a_note_that_is_too_long_is_refused_before_the_call(
    chat: Chat, standup: Room, length: int
) -> None:
    await starts(chat)

    said = await chat.says("mo", f"/hms live meta {'x' * length}")

    assert f"A note for the players may have 100 characters, and this has {length}." in said.text
    assert chat.calls(META) == []


async def test_a_note_before_it_is_on_the_air_says_so(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms live start --yes")

    said = await chat.says("mo", "/hms live meta hello")

    assert "The live stream of standup is not on the air yet, or over." in said.text


async def test_the_stop_of_a_live_stream_is_said_of_no_older_one(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    await starts(chat)
    await chat.passes("10m")
    await chat.passes("2m")
    assert "Stop the live stream" not in chat.reads("mo").buttons
    [older] = [said for said in chat.channel("classes") if said.startswith("Mo started the live stream")]
    assert "The live stream of standup is over." in older

    standup.join("Gus")
    await starts(chat)
    await chat.says("mo", "/hms live stop --yes")

    assert older in chat.channel("classes")


async def test_a_live_stream_that_begins_closes_the_card_of_the_one_before(chat: Chat, standup: Room) -> None:
    await starts(chat)
    streams(standup)[0].stop()
    await chat.passes("5s")
    await starts(chat)
    older, newer = (
        said for said in chat.channel("classes") if said.startswith("Mo started the live stream of standup.")
    )
    assert "The live stream of standup is over." in older

    await chat.says("mo", "/hms live stop --yes")
    assert older in chat.channel("classes")
    assert newer not in chat.channel("classes")


# Its recording.


async def test_what_is_kept_of_it_is_paused_and_resumed_by_the_button(chat: Chat, standup: Room) -> None:
    await starts(chat, "live start --record")

    await chat.says("mo", "/hms live pause-recording")
    assert streams(standup)[0].paused
    assert "Mo paused the recording of the live stream of standup" in chat.channel("classes")[-1]

    await chat.clicks("max", "Resume recording", chat.reads("max"))
    assert not streams(standup)[0].paused
    assert "Max resumed the recording of the live stream of standup." in chat.channel("classes")[-1]


async def test_what_somebody_resumed_elsewhere_can_be_paused_again(chat: Chat, standup: Room) -> None:
    await starts(chat, "live start --record")
    await chat.says("mo", "/hms live pause-recording")
    streams(standup)[0].paused = False

    await chat.says("mo", "/hms live pause-recording")

    assert streams(standup)[0].paused


async def test_where_nothing_is_kept_nothing_is_paused(chat: Chat, standup: Room) -> None:
    await starts(chat)

    for line in ("pause-recording", "resume-recording"):
        said = await chat.says("mo", f"/hms live {line}")
        assert "The live stream of standup keeps nothing that could be paused." in said.text


# List and show.


async def test_live_streams_are_listed_and_shown(chat: Chat, standup: Room) -> None:
    assert "standup was never streamed live." in (await chat.says("vi", "/hms live list")).text
    assert "standup was never streamed live." in (await chat.says("vi", "/hms live show")).text
    await starts(chat)

    listed = await chat.says("vi", "/hms live list")
    assert "1 live stream of standup." in listed.text
    shown = await chat.clicks("vi", "Show", listed)
    assert "A live stream of standup is running. It has run since 2 Mar 09:00" in shown.text
    assert shown.buttons == ()
    assert (await chat.says("mo", "/hms live show")).buttons == ("Stop…",)


async def test_nobody_without_a_level_sees_live_streams(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke <@U0VI> --yes")

    for line in ("live list", "live show"):
        assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only ")


# What breaks.


async def test_a_live_stream_that_breaks_is_told_with_a_button_that_starts_it_again(
    chat: Chat, standup: Room
) -> None:
    await starts(chat, "live start --record")
    streams(standup)[0].fail("INTERNAL_ERROR")

    await chat.passes("2m")
    await chat.passes("2m")

    assert sum("The live stream of standup broke." in said for said in chat.channel("classes")) == 1
    card = await chat.clicks("max", "Start again", chat.reads("max"))
    assert "what is shown is kept" in card.text
    await chat.clicks("max", "Show standup live", card)
    assert len(streams(standup)) == 2
    assert "Start again" not in chat.reads("max").buttons


async def test_a_live_stream_that_was_stopped_is_no_failure(chat: Chat, standup: Room) -> None:
    await starts(chat)
    await chat.says("mo", "/hms live stop --yes")

    await chat.passes("5m")

    assert not [said for said in chat.channel("classes") if "broke" in said]
