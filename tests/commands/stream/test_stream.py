"""``stream``: a room pushed to other platforms, started, stopped, seen, and told of when it breaks."""

import pytest

from sandbox.hms.routes.external_streams import KIND
from sandbox.hms.state.beam.beam import Beam
from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.commands.everything import everything
from tests.commands.targets import KEY, address

START = "external_streams.start_for_room"


def streams(room: Room) -> list[Beam]:
    return [beam for beam in room.beams if beam.order.kind is KIND]


async def starts(chat: Chat, line: str = "stream start youtube") -> None:
    await chat.says("mo", f"/hms {line} --yes")
    await chat.passes("5s")


@pytest.mark.parametrize(
    "line",
    [
        "stream stop youtube",
        "stop the youtube stream",
        "stop streaming to youtube",
        "end youtube live stream",
    ],
)
async def test_a_stream_is_stopped_by_the_name_of_where_it_goes(chat: Chat, aimed: Room, line: str) -> None:
    await starts(chat)

    card = await chat.says("mo", f"/hms {line}")
    assert "it goes to youtube" in card.text
    await chat.clicks("mo", card.buttons[0], card)

    assert not any(stream.live for stream in streams(aimed))


# Start.


async def test_a_moderator_streams_to_the_targets_they_name(chat: Chat, aimed: Room) -> None:
    card = await chat.says("mo", "/hms stream start youtube Twitch --record")
    assert "Stream standup to youtube and twitch?\n3 people there · a recording is kept too" in card.text
    await chat.clicks("mo", "Stream standup", card)

    [stream] = streams(aimed)
    assert stream.order.parameters["rtmp_urls"] == [address("youtube"), address("twitch")]
    assert stream.order.parameters["recording"] is True
    assert (
        "Mo started streaming standup to youtube and twitch. A recording is kept too."
        in (chat.channel("classes")[-1])
    )


async def test_a_link_and_a_destination_are_said_or_kept_for_the_room(chat: Chat, aimed: Room) -> None:
    await chat.says(
        "ada", "/hms room defaults --meeting https://school.example/meeting/{room_id}/recorder --yes"
    )
    await starts(chat)
    await chat.says("mo", "/hms stream stop --yes")
    await chat.passes("5s")
    await starts(chat, "stream start youtube --url https://school.example/meeting/x/recorder")

    first, second = streams(aimed)
    assert first.order.meeting_url == f"https://school.example/meeting/{aimed.id}/recorder"
    assert second.order.meeting_url == "https://school.example/meeting/x/recorder"


async def test_a_link_that_lets_anybody_in_is_not_taken(chat: Chat, aimed: Room) -> None:
    said = await chat.says("mo", "/hms stream start youtube --url https://school.example/x?auth_token=secret")

    assert "This link holds a token" in said.text


async def test_a_viewer_neither_starts_nor_stops_a_stream(chat: Chat, aimed: Room) -> None:
    for line in ("stream start youtube", "stream stop"):
        assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only "), line
    assert streams(aimed) == []


async def test_a_target_that_is_not_there_is_named_with_those_that_are(chat: Chat, aimed: Room) -> None:
    said = await chat.says("mo", "/hms stream start nosuch")

    assert "standup has no target nosuch. It has twitch and youtube." in said.text


async def test_a_room_without_targets_says_who_adds_them(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms stream start youtube")

    assert "standup has no targets to stream to. An admin adds them" in said.text


async def test_what_is_streamed_already_is_said_to_be(chat: Chat, aimed: Room) -> None:
    await starts(chat)

    for line in ("stream start twitch", "stream start twitch --yes"):
        said = await chat.says("max", f"/hms {line}")
        assert "standup is streamed already, since 2 Mar 09:00" in said.text
        assert said.buttons == ()

    assert len(streams(aimed)) == 1


async def test_a_recording_holds_the_slot_and_what_works_is_offered(chat: Chat, aimed: Room) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("5s")

    said = await chat.says("max", "/hms stream start youtube")

    assert "standup is recorded since 2 Mar 09:00" in said.text
    assert "A stream can keep a recording itself" in said.text
    stop = await chat.clicks("max", "Stop recording…", said)
    await chat.clicks("max", "Stop recording", stop)
    await chat.passes("5s")
    again = await chat.clicks("max", "Stream and record…", said)
    await chat.clicks("max", "Stream standup", again)
    [stream] = streams(aimed)
    assert stream.order.parameters["recording"] is True


async def test_somebody_who_was_faster_is_no_riddle(chat: Chat, aimed: Room) -> None:
    chat.world.fault(
        f"/external-streams/room/{aimed.id}/start", status=409, body={"message": "beam already started"}
    )

    await chat.says("mo", "/hms stream start youtube --yes")

    assert "What recorded or streamed standup before is still on its way out." in chat.reads("mo").text
    assert "Try again" in chat.reads("mo").buttons


async def test_a_locked_room_is_not_streamed_and_it_is_said_why(chat: Chat, aimed: Room) -> None:
    aimed.enabled = False

    await chat.says("mo", "/hms stream start youtube --yes")

    assert "100ms neither records nor streams a locked room." in chat.reads("mo").text


async def test_what_100ms_says_of_a_key_is_not_repeated(chat: Chat, aimed: Room) -> None:
    whole, key = address("youtube"), KEY.format("youtube")
    words = f"cannot push to {whole}, since {key} is in use"
    chat.world.fault(f"/external-streams/room/{aimed.id}/start", status=400, body={"message": words})

    await chat.says("mo", "/hms stream start youtube --yes")

    assert "cannot push to …, since … is in use" in chat.reads("mo").text
    assert key not in await everything(chat)
    assert "Enter the link…" in chat.reads("mo").buttons


async def test_a_start_whose_answer_was_lost_is_looked_up_and_not_repeated(chat: Chat, aimed: Room) -> None:
    chat.world.fault(f"/external-streams/room/{aimed.id}/start", status=502, times=1)

    await chat.says("mo", "/hms stream start youtube --yes")

    assert "may have been done or not" in chat.reads("mo").text
    assert len(chat.calls(START)) == 1


# Stop.


async def test_stopping_says_first_what_stops_and_can_be_taken_back(chat: Chat, aimed: Room) -> None:
    await starts(chat)
    await chat.passes("12m")

    card = await chat.says("mo", "/hms stream stop")
    assert "Stop streaming standup?\nit goes to youtube · has run for 12 minutes · 3 people stay" in card.text
    await chat.clicks("mo", "Stop streaming", card)

    assert not streams(aimed)[0].live
    assert "Mo stopped streaming standup, after 12 minutes." in chat.channel("classes")[-1]
    await chat.passes("5s")
    again = await chat.clicks("max", "Stream standup again", chat.reads("max"))
    assert "Stream standup to youtube?" in again.text


async def test_the_button_of_an_older_stream_stops_no_newer_one(chat: Chat, aimed: Room) -> None:
    await starts(chat)
    older = chat.reads("max")
    streams(aimed)[0].fail("INTERNAL_ERROR")
    await chat.passes("5s")
    await starts(chat)

    said = await chat.clicks("max", "Stop streaming", older)

    assert "That stream of standup is over already." in said.text
    assert streams(aimed)[1].live


async def test_a_stream_that_begins_closes_the_card_of_the_one_before(chat: Chat, aimed: Room) -> None:
    await starts(chat)
    streams(aimed)[0].stop()
    await chat.passes("5s")
    await starts(chat)
    older, newer = (said for said in chat.channel("classes") if said.startswith("Mo started streaming"))
    assert "The stream of standup to other platforms is over." in older

    await chat.says("mo", "/hms stream stop --yes")
    assert older in chat.channel("classes")
    assert newer not in chat.channel("classes")


async def test_where_nothing_is_streamed_nothing_is_stopped(chat: Chat, aimed: Room) -> None:
    assert "Nothing streams standup to other platforms." in (await chat.says("mo", "/hms stream stop")).text


async def test_a_stream_of_another_room_is_not_there(chat: Chat, aimed: Room) -> None:
    await starts(chat)
    await chat.binds("webinars", chat.world.add_room("lobby", live=True))
    [stream] = streams(aimed)

    for line in (f"stream stop --stream {stream.id}", f"stream show {stream.id}"):
        said = await chat.says("mo", f"/hms {line}", "webinars")
        assert f"lobby has no stream {stream.id}." in said.text
    assert stream.live


# List and show.


async def test_streams_are_listed_and_shown_with_where_they_go(chat: Chat, aimed: Room) -> None:
    assert "was never streamed" in (await chat.says("vi", "/hms stream list")).text
    assert "was never streamed" in (await chat.says("vi", "/hms stream show")).text
    await starts(chat, "stream start youtube twitch")
    await chat.says("ada", "/hms stream-target remove twitch --yes")

    listed = await chat.says("vi", "/hms stream list")
    assert "1 stream of standup." in listed.text
    shown = await chat.clicks("vi", "Show", listed)
    assert "A stream of standup is running. It" in shown.text
    assert "It goes to youtube, and to 1 other address." in shown.text
    assert shown.buttons == ()
    assert (await chat.says("mo", "/hms stream show")).buttons == ("Stop…",)


async def test_nobody_without_a_level_sees_streams(chat: Chat, aimed: Room) -> None:
    await chat.says("ada", "/hms access revoke <@U0VI> --yes")

    for line in ("stream list", "stream show"):
        assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only ")


# What breaks.


async def test_a_stream_that_breaks_is_told_with_a_button_that_starts_it_again(
    chat: Chat, aimed: Room
) -> None:
    await starts(chat, "stream start youtube --record")
    streams(aimed)[0].fail("INTERNAL_ERROR")

    await chat.passes("2m")

    assert "The stream of standup to other platforms broke." in chat.channel("classes")[-1]
    card = await chat.clicks("max", "Start again", chat.reads("max"))
    assert "Stream standup to youtube?" in card.text
    await chat.clicks("max", "Stream standup", card)
    assert len(streams(aimed)) == 2
    assert streams(aimed)[1].order.parameters["recording"] is True
    assert "Start again" not in chat.reads("max").buttons


async def test_it_is_told_once_however_often_it_is_looked_at(chat: Chat, aimed: Room) -> None:
    await starts(chat)
    streams(aimed)[0].fail("INTERNAL_ERROR")

    for _ in range(4):
        await chat.passes("2m")

    assert sum("broke" in said for said in chat.channel("classes")) == 1


async def test_a_stream_that_was_stopped_is_no_failure(chat: Chat, aimed: Room) -> None:
    await starts(chat)
    await chat.says("mo", "/hms stream stop --yes")

    await chat.passes("5m")

    assert not [said for said in chat.channel("classes") if "broke" in said]
