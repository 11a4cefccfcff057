"""What 100ms sends and we cannot use takes nothing along with it: it is left out and counted."""

import httpx
import pytest
import structlog.testing

from bot.hms import Illegible, Template
from bot.hms.objects import plain

GUS = {"id": "p1", "name": "Gus", "role": "guest"}
LINE = "100ms sent what does not fit; it is left out"


async def test_a_member_that_does_not_fit_is_left_out_with_all_else_kept(office, script) -> None:
    video = {"width": "wide", "height": 180, "frameRate": 29.97}
    host = {"name": "host", "publishParams": {"video": video}, "permissions": {"endRoom": True}}
    answers = script(httpx.Response(200, json={"id": "t", "roles": {"host": host}}))

    with structlog.testing.capture_logs() as logged:
        role = (await office.calls(answers).templates.retrieve("t")).roles["host"]

    assert role.permissions.end_room
    assert role.publish_params.video
    assert (role.publish_params.video.width, role.publish_params.video.height) == (320, 180)
    assert role.publish_params.video.frame_rate == 29.97
    assert [line["places"] for line in logged if line["event"] == LINE] == [{"VideoParams.width": 1}]
    assert "wide" not in str(logged)


async def test_an_item_that_does_not_fit_is_left_out_and_counted(office, script) -> None:
    nobody, blank = {"name": "without an id"}, None
    answers = script(httpx.Response(200, json={"peers": {"p1": GUS, "p2": nobody, "p3": blank, "p4": 4}}))

    with structlog.testing.capture_logs() as logged:
        (peer,) = await office.calls(answers).active_rooms.list_peers("r")

    assert peer.name == "Gus"
    assert [line["places"] for line in logged if line["event"] == LINE] == [{"ConnectedPeers.peers": 3}]


@pytest.mark.parametrize("odd", [{"metadata": {"hand": True}}, {"joined_at": "yesterday"}, {"tracks": []}])
async def test_somebody_with_an_odd_member_is_still_somebody(office, script, odd) -> None:
    answers = script(httpx.Response(200, json={"peers": {"p1": GUS | odd}}))

    (peer,) = await office.calls(answers).active_rooms.list_peers("r")

    assert (peer.id, peer.name, peer.role) == ("p1", "Gus", "guest")
    assert (peer.metadata, peer.joined_at, peer.tracks) == ("", None, {})


async def test_a_page_with_an_odd_item_is_no_shorter(office, script) -> None:
    first = {"limit": 2, "data": [{"id": "b"}, {"name": "no id"}], "last": "a"}
    answers = script(httpx.Response(200, json=first), httpx.Response(200, json={"limit": 2, "data": []}))

    assert [room.id async for room in office.calls(answers).rooms.each()] == ["b"]
    assert len(answers.requests) == 2


async def test_a_page_of_answers_with_an_odd_item_is_no_shorter(office, script) -> None:
    first = {"limit": 2, "responses": [{"id": "b"}, "odd"], "last": "a"}
    answers = script(httpx.Response(200, json=first), httpx.Response(200, json={"limit": 2, "responses": []}))

    assert [answer.id async for answer in office.calls(answers).polls.each_response("p")] == ["b"]
    assert len(answers.requests) == 2


async def test_what_was_left_out_goes_back_as_it_came(office, script) -> None:
    came = {"id": "t", "roles": {"host": {"name": "host", "priority": "first", "maxPeerCount": 2}}}
    answers = script(httpx.Response(200, json=came))

    template = await office.calls(answers).templates.retrieve("t")

    assert template.roles["host"].priority == 0
    assert plain(template) == came
    changed = template.roles["host"].model_copy(update={"priority": 3})
    changed.model_fields_set.add("priority")
    assert plain(changed) == {"name": "host", "priority": 3, "maxPeerCount": 2}


async def test_what_is_not_whole_is_never_written_back(office, script) -> None:
    came = {"id": "t", "roles": {"host": {"name": "host"}, "odd": 5}}
    answers = script(httpx.Response(200, json=came))

    template = await office.calls(answers).templates.retrieve("t")

    assert [*template.roles] == ["host"]
    with pytest.raises(ValueError, match="could not be read"):
        plain(template)


async def test_a_secret_that_does_not_fit_shows_nowhere(office, script) -> None:
    webhook = {"url": "https://hook.example", "headers": "S-1"}
    answers = script(httpx.Response(200, json={"id": "r", "webhook": webhook}))

    with structlog.testing.capture_logs() as logged:
        room = await office.calls(answers).rooms.retrieve("r")

    assert "S-1" not in repr(room) + str(room.model_dump()) + str(logged)


async def test_without_what_it_is_known_by_nothing_is_read(office, script) -> None:
    with pytest.raises(Illegible):
        await office.calls(script(httpx.Response(200, json={"session": {}}))).active_rooms.retrieve("r")


def test_what_comes_from_elsewhere_is_read_strictly() -> None:
    with pytest.raises(ValueError, match="priority"):
        Template.model_validate({"roles": {"host": {"priority": "first"}}})
