"""``record``: started, paused, resumed, stopped; which recordings there are, and how they were started.

Long because each of these is one story of a beam that somebody else may switch too.
"""

from sandbox.hms.routes.external_streams import KIND as STREAM
from sandbox.hms.state.beam.beam import Beam, Kind, Order
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

START = "recordings.start_for_room"
STOP = "recordings.stop"


def beams(room: Room) -> list[Beam]:
    return [beam for beam in room.beams if beam.order.kind is Kind.RECORDING]


async def records(chat: Chat) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("5s")


# Start.


async def test_a_moderator_starts_recording_and_everybody_reads_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")

    [recording] = beams(standup)
    assert recording.live
    assert chat.channel("classes") == ["Mo started recording standup.\n2 Mar 09:00 UTC · #1"]
    assert "Stop recording" in chat.reads("mo").buttons


async def test_an_end_stops_it_so_that_nobody_is_offered_to(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")
    await chat.passes("5s")

    await chat.says("max", "/hms end-room --yes")

    assert "Stop recording" not in chat.reads("mo").buttons
    assert "2 Mar 09:00 UTC · Max ended standup." in chat.channel("classes")[0]


async def test_a_viewer_does_not_start_recording(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms record start")

    assert said.text.startswith("Only ")
    assert beams(standup) == []


async def test_a_room_that_is_not_there_is_not_recorded(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("mo", "/hms record start nosuch")).text


async def test_a_room_that_is_recorded_already_is_said_to_be(chat: Chat, standup: Room) -> None:
    await records(chat)

    said = await chat.says("max", "/hms record start")

    assert "standup is recorded already, since 2 Mar 09:00" in said.text
    assert len(beams(standup)) == 1


async def test_no_yes_is_asked_for_to_what_is_recorded_already(chat: Chat, standup: Room) -> None:
    await records(chat)

    for line in ("rec", "please start recording"):
        said = await chat.says("max", f"/hms {line}")

        assert "standup is recorded already, since 2 Mar 09:00" in said.text
        assert said.buttons == ()


async def test_a_stream_that_holds_the_slot_is_named(chat: Chat, standup: Room) -> None:
    standup.start(Order(kind=STREAM, meeting_url="https://emulated.example/preview/x/host"))

    said = await chat.says("mo", "/hms record start")

    assert "A stream to other platforms has gone out of standup since 2 Mar 09:00" in said.text
    assert beams(standup) == []


async def test_somebody_who_was_faster_is_no_riddle(chat: Chat, standup: Room) -> None:
    """The slot was free when it was looked at, and is taken when 100ms is asked."""
    chat.world.fault(
        f"/recordings/room/{standup.id}/start", status=409, body={"message": "beam already started"}
    )

    said = await chat.says("mo", "/hms record start")

    assert "What recorded or streamed standup before is still on its way out." in said.text


async def test_an_empty_room_is_recorded_and_it_is_said_how_long_that_lasts(chat: Chat) -> None:
    await chat.binds("classes", chat.world.add_room("yoga"))

    await chat.says("mo", "/hms record start")

    assert "it stops by itself if nobody comes within 5 minutes" in chat.channel("classes")[-1]


async def test_a_locked_room_is_not_recorded_and_it_is_said_why(chat: Chat, standup: Room) -> None:
    standup.enabled = False

    said = await chat.says("mo", "/hms record start")

    assert "100ms neither records nor streams a locked room. Open standup first" in said.text


async def test_where_100ms_finds_no_way_in_the_form_asks_for_the_link(chat: Chat) -> None:
    standard = next(iter(chat.world.templates.values()))
    template = chat.world.add_template("made over the API", standard.roles)
    await chat.binds("classes", chat.world.add_room("yoga", template=template, live=True))

    said = await chat.says("mo", "/hms record start")
    assert "its template has no address of its own, then it needs a link" in said.text

    await chat.clicks("mo", "Enter the link…", said)
    [form] = chat.workspace.views_of("U0MO")
    assert form.body["title"]["text"] == "Record"


async def test_a_link_is_said_or_kept_for_the_room(chat: Chat, standup: Room) -> None:
    kept = "https://school.example/meeting/{room_id}/recorder"
    await chat.says("ada", f"/hms room defaults --meeting {kept} --yes")
    await records(chat)
    await chat.says("mo", "/hms record stop --yes")
    await chat.passes("5s")
    await chat.says("mo", "/hms record start --url https://school.example/meeting/x/recorder")

    first, second = beams(standup)
    assert first.order.meeting_url == f"https://school.example/meeting/{standup.id}/recorder"
    assert second.order.meeting_url == "https://school.example/meeting/x/recorder"


async def test_a_link_that_lets_anybody_in_is_not_taken(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms record start --url https://school.example/x?auth_token=secret")
    assert "This link holds a token" in said.text

    said = await chat.says("mo", "/hms record start --url nonsense")
    assert "“nonsense” is no link." in said.text
    assert beams(standup) == []


async def test_a_start_whose_answer_was_lost_is_looked_up_and_not_repeated(chat: Chat, standup: Room) -> None:
    chat.world.fault(f"/recordings/room/{standup.id}/start", status=502, times=1)

    said = await chat.says("mo", "/hms record start")

    assert "may have been done or not" in said.text
    assert len(chat.calls(START)) == 1


async def test_what_would_be_done_is_said_and_nothing_is(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms record start --dry-run")

    assert "Record standup?\n3 people there" in said.text
    assert beams(standup) == []


# Stop.


async def test_one_who_stays_is_one(chat: Chat, standup: Room) -> None:
    await records(chat)
    for peer in list(standup.peers)[1:]:
        standup.leave(peer)

    card = await chat.says("mo", "/hms record stop")

    assert "1 person stays, and nothing more of it is kept" in card.text


async def test_stopping_says_first_what_stops(chat: Chat, standup: Room) -> None:
    await records(chat)
    await chat.passes("12m")

    card = await chat.says("mo", "/hms record stop")
    assert "Stop recording standup?\nhas run for 12 minutes · 3 people stay, and nothing more" in card.text
    assert beams(standup)[0].live

    await chat.clicks("mo", "Stop recording", card)
    assert not beams(standup)[0].live
    assert "Mo stopped recording standup, after 12 minutes." in chat.channel("classes")[-1]


async def test_what_was_started_is_stopped_by_its_own_button(chat: Chat, standup: Room) -> None:
    await records(chat)

    card = await chat.clicks("max", "Stop recording", chat.reads("max"))
    await chat.clicks("max", "Stop recording", card)

    assert not beams(standup)[0].live


async def test_once_it_is_stopped_nothing_offers_to_stop_it(chat: Chat, standup: Room) -> None:
    await records(chat)
    assert "Stop recording" in chat.reads("max").buttons

    await chat.says("mo", "/hms record stop --yes")

    assert "Stop recording" not in chat.reads("max").buttons


async def test_the_button_of_an_older_recording_stops_no_newer_one(chat: Chat, standup: Room) -> None:
    await records(chat)
    older = chat.reads("max")
    beams(standup)[0].stop()
    await chat.passes("5s")
    await records(chat)

    said = await chat.clicks("max", "Stop recording", older)

    assert "That recording of standup is over already." in said.text
    assert beams(standup)[1].live


async def test_the_stop_of_a_recording_is_said_of_no_older_one(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    await records(chat)
    await chat.passes("10m")
    await chat.passes("6m")
    assert "Stop recording" not in chat.reads("mo").buttons
    [older] = [said for said in chat.channel("classes") if said.startswith("Mo started recording standup.")]
    assert "The recording of standup has ended." in older

    standup.join("Gus")
    await records(chat)
    await chat.says("mo", "/hms record stop --yes")

    assert older in chat.channel("classes")


async def test_a_recording_that_begins_closes_the_card_of_the_one_before(chat: Chat, standup: Room) -> None:
    await records(chat)
    beams(standup)[0].stop()
    await chat.passes("5s")
    await records(chat)
    older, newer = (
        said for said in chat.channel("classes") if said.startswith("Mo started recording standup.")
    )
    assert "The recording of standup has ended." in older

    await chat.says("mo", "/hms record stop --yes")
    assert older in chat.channel("classes")
    assert newer not in chat.channel("classes")


async def test_a_viewer_stops_nothing(chat: Chat, standup: Room) -> None:
    await records(chat)

    assert (await chat.says("vi", "/hms record stop")).text.startswith("Only ")
    assert beams(standup)[0].live


async def test_where_nothing_is_recorded_nothing_is_stopped_paused_or_resumed(
    chat: Chat, standup: Room
) -> None:
    for line in ("record stop", "record pause", "record resume"):
        said = await chat.says("mo", f"/hms {line}")
        assert "Nothing records standup. Start: /hms record start" in said.text, line
    assert chat.calls(STOP) == []


async def test_a_recording_of_another_room_is_not_stopped(chat: Chat, standup: Room) -> None:
    other = chat.world.add_room("lobby", live=True)
    await chat.says("mo", "/hms record start lobby")
    await chat.passes("5s")

    said = await chat.says("mo", f"/hms record stop --recording {beams(other)[0].id}")

    assert "standup has no recording" in said.text
    assert beams(other)[0].live


# Pause and resume.


async def test_a_recording_is_paused_and_resumed_by_the_button(chat: Chat, standup: Room) -> None:
    await records(chat)

    await chat.says("mo", "/hms record pause")
    assert beams(standup)[0].paused
    assert "Mo paused the recording of standup" in chat.channel("classes")[-1]

    await chat.clicks("max", "Resume recording", chat.reads("max"))
    assert not beams(standup)[0].paused
    assert "Max resumed the recording of standup." in chat.channel("classes")[-1]


async def test_a_paused_recording_is_shown_as_paused_by_whom_and_when(chat: Chat, standup: Room) -> None:
    await records(chat)
    await chat.says("mo", "/hms record pause")
    await chat.passes("2m")

    shown = await chat.says("max", "/hms record show")
    assert shown.text.startswith("A recording of standup is paused. Mo paused it 2 Mar 09:00 UTC: nothing")
    assert shown.buttons == ("Resume", "Stop…")
    assert "· is paused" in (await chat.says("vi", "/hms record list")).text
    status = (await chat.says("max", "/hms status")).text
    assert "● 1 recording · the recording is paused, by Mo, 2 Mar 09:00 UTC" in status

    await chat.clicks("max", "Resume", shown)
    assert not beams(standup)[0].paused
    assert "A recording of standup is running." in (await chat.says("max", "/hms record show")).text
    assert "paused" not in (await chat.says("max", "/hms status")).text


async def test_the_next_recording_is_not_paused_for_the_last(chat: Chat, standup: Room) -> None:
    await records(chat)
    await chat.says("mo", "/hms record pause")
    await chat.says("mo", "/hms record stop --yes")
    await chat.passes("1m")
    await records(chat)

    assert "A recording of standup is running." in (await chat.says("mo", "/hms record show")).text
    assert "paused" not in (await chat.says("mo", "/hms status")).text


async def test_what_somebody_resumed_elsewhere_can_be_paused_again(chat: Chat, standup: Room) -> None:
    await records(chat)
    await chat.says("mo", "/hms record pause")
    beams(standup)[0].pause(paused=False)

    await chat.says("mo", "/hms record pause")

    assert beams(standup)[0].paused


async def test_what_somebody_paused_elsewhere_can_be_resumed(chat: Chat, standup: Room) -> None:
    await records(chat)
    beams(standup)[0].pause(paused=True)

    await chat.says("mo", "/hms record resume")

    assert not beams(standup)[0].paused


async def test_a_recording_that_is_just_starting_is_not_said_to_be_none(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")

    for line in ("record pause", "record resume"):
        said = await chat.says("mo", f"/hms {line}")
        assert said.text == "The recording of standup is just starting. Try again in a moment.", line


async def test_a_viewer_pauses_and_resumes_nothing(chat: Chat, standup: Room) -> None:
    await records(chat)

    for line in ("record pause", "record resume"):
        assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only ")
    assert not beams(standup)[0].paused


# List, show, config.


async def test_the_recordings_of_a_room_are_listed_the_newest_first(chat: Chat, standup: Room) -> None:
    await records(chat)
    await chat.passes("10m")
    beams(standup)[0].stop()
    await chat.passes("1m")
    await records(chat)

    said = await chat.says("vi", "/hms record list")

    assert "2 recordings of standup." in said.text
    newest, oldest = (said.text.index(words) for words in ("is running", "10 minutes · has ended"))
    assert newest < oldest


async def test_one_recording_is_shown_with_what_can_be_done_about_it(chat: Chat, standup: Room) -> None:
    await records(chat)
    shown = (await chat.says("vi", "/hms record show")).text
    assert (
        shown
        == "A recording of standup is running. It has run since 2 Mar 09:00 UTC. It leaves video and chat."
    )
    assert (await chat.says("vi", "/hms record show")).buttons == ()
    assert (await chat.says("mo", "/hms record show")).buttons == ("Pause", "Stop…")

    beams(standup)[0].stop()
    await chat.passes("1m")

    said = await chat.says("vi", f"/hms record show {beams(standup)[0].id}")
    assert "A recording of standup has ended" in said.text
    assert said.buttons == ("Its files",)


async def test_a_recording_that_failed_promises_no_files(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms record start")
    beams(standup)[0].fail("its bot did not get in")

    shown = (await chat.says("mo", "/hms record show")).text

    assert shown == "A recording of standup has failed."


async def test_how_it_was_started_is_told_without_what_lets_anybody_in(chat: Chat, standup: Room) -> None:
    link = "https://school.example/meeting/x/recorder"
    await chat.says("mo", f"/hms record start --url {link}?name=Recorder")

    said = await chat.says("vi", "/hms record config")

    assert "Picture · 1280 x 720" in said.text
    assert f"Link of the recorder · {link}\n" in f"{said.text}\n"


async def test_what_was_never_recorded_and_what_nobody_knows_is_said(chat: Chat, standup: Room) -> None:
    assert "standup was never recorded." in (await chat.says("vi", "/hms record list")).text
    for line in ("record show", "record config"):
        assert "standup was never recorded." in (await chat.says("vi", f"/hms {line}")).text
        said = await chat.says("vi", f"/hms {line} 6501aa00b2d4e5f601230010")
        assert "standup has no recording 6501aa00b2d4e5f601230010." in said.text


async def test_nobody_without_a_level_sees_recordings(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    for line in ("record list", "record show", "record config"):
        assert (await chat.says("vi", f"/hms {line}")).text.startswith("Only ")
