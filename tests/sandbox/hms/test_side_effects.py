"""The side-effect map of the reference (§23), row by row: what is done, what becomes of it, what is told.

Long because whatever an operation brings about is seen here, one by one.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from sandbox.hms.api_error import ApiError
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.world import World
from tests.sandbox.hms.conftest import Api

OPEN, CLOSE = "session.open.success", "session.close.success"
JOIN, LEAVE, REFUSED = "peer.join.success", "peer.leave.success", "peer.join.failure"
STARTED, STOPPED, FILMED = "beam.started.success", "beam.stopped.success", "beam.recording.success"
WRITING, WRITTEN = "transcription.started.success", "transcription.success"
HLS_STARTED, HLS_STOPPED, HLS_FILMED = "hls.started.success", "hls.stopped.success", "hls.recording.success"
END, ROLE, ROLE_REFUSED = "room.end.success", "role.change.success", "role.change.failure"


@dataclass
class Scene:
    """One room, and whoever acts on it."""

    api: Api
    world: World
    room: Room

    def refused(self, name: str, role: str) -> None:
        with pytest.raises(ApiError):
            self.room.join(name, role)

    @property
    def gus(self) -> str:
        return next(peer.id for peer in self.room.people if peer.name == "Gus")


Act = Callable[[Scene], object]


@dataclass(frozen=True)
class Row:
    """A row of the map; ``before`` sets the scene, and what it reports does not count."""

    act: Act
    reported: list[str]
    state: Callable[[Scene], bool]
    before: Act = lambda _: None


def two_are_in(scene: Scene) -> None:
    scene.room.join("Hana", "host")
    scene.room.join("Gus")


def one_is_recorded(scene: Scene) -> None:
    scene.room.join("Gus")
    record(scene)
    scene.world.advance(60)


def two_are_recorded_and_streamed(scene: Scene) -> None:
    two_are_in(scene)
    record(scene)
    stream(scene)
    scene.world.advance(60)


def record(scene: Scene, **how: object) -> None:
    scene.api.post(f"/recordings/room/{scene.room.id}/start", **how)


def stream(scene: Scene) -> None:
    scene.api.post(f"/live-streams/room/{scene.room.id}/start", recording={"hls_vod": True})


def record_and_stop(scene: Scene) -> None:
    record(scene, transcription={"enabled": True})
    scene.world.advance(60)
    scene.api.post(f"/recordings/room/{scene.room.id}/stop")
    scene.world.advance(600)


def stream_and_stop(scene: Scene) -> None:
    stream(scene)
    scene.world.advance(60)
    scene.api.post(f"/live-streams/room/{scene.room.id}/stop")
    scene.world.advance(600)


def last_one_leaves(scene: Scene) -> None:
    scene.room.leave(scene.room.people[0])
    scene.world.advance(600)


def lift(scene: Scene, role: str, status: int = 200) -> None:
    scene.api.post(f"/active-rooms/{scene.room.id}/peers/{scene.gus}", status, role=role)


def fill_the_stage(scene: Scene) -> None:
    two_are_in(scene)
    scene.room.template.roles["stage"]["maxPeerCount"] = 1
    scene.room.join("Ivy", "stage")


def end(scene: Scene, **how: object) -> None:
    scene.api.post(f"/active-rooms/{scene.room.id}/end-room", **how)
    scene.world.advance(600)


def remove_guests(scene: Scene) -> None:
    scene.api.post(f"/active-rooms/{scene.room.id}/remove-peers", role="guest", reason="spam")


def disable(scene: Scene) -> None:
    scene.api.post(f"/rooms/{scene.room.id}", enabled=False)


def make_codes_and_key(scene: Scene) -> None:
    two_are_in(scene)
    scene.api.post(f"/room-codes/room/{scene.room.id}")
    scene.api.post(f"/stream-keys/room/{scene.room.id}")


def codes_and_key_are_refused(scene: Scene) -> bool:
    codes = scene.api.get(f"/room-codes/room/{scene.room.id}", 403)
    key = scene.api.get(f"/stream-keys/room/{scene.room.id}", 403)
    return bool(codes and key) and len(scene.room.people) == 2


def delete_the_stage_role(scene: Scene) -> None:
    scene.api.delete(f"/templates/{scene.room.template.id}/roles/stage")


def only_the_next_sync_disables_its_code(scene: Scene) -> bool:
    def enabled() -> bool:
        return next(code for code in scene.world.room_codes.of(scene.room) if code.role == "stage").enabled

    before = enabled()
    scene.api.post(f"/room-codes/room/{scene.room.id}")
    return before and not enabled() and "stage" not in scene.room.template.roles


def create_again(scene: Scene) -> None:
    again = scene.api.post("/rooms", name=scene.room.name.upper(), description="rewritten")
    assert again["id"] == scene.room.id


def cap_and_stay(scene: Scene) -> None:
    scene.room.max_duration_seconds = 600
    two_are_in(scene)


def link_a_poll(scene: Scene) -> None:
    poll = scene.api.post("/polls", title="Where to?")
    scene.api.post(f"/rooms/{scene.room.id}", polls=[poll["id"]])


def record_by_itself(scene: Scene) -> None:
    config = {
        "name": "all",
        "role": "host",
        "compositeRecording": {"browserComposite": {"autoStart": True}},
    }
    at = f"/templates/{scene.room.template.id}/recordings"
    assert scene.api.send("POST", at, json=[config]).status_code == 200


def the_poll_runs(scene: Scene) -> bool:
    (run,) = scene.api.get(f"/polls/{scene.room.polls[0]}/sessions")["responses"]
    return run["session_id"] == scene.room.session.id and run["stopped_at"] is None


MAP = {
    "the first comes": Row(
        act=lambda scene: scene.room.join("Gus"),
        reported=[OPEN, JOIN],
        state=lambda scene: scene.room.session is not None,
    ),
    "the first comes where a poll is linked": Row(
        before=link_a_poll,
        act=lambda scene: scene.room.join("Gus"),
        reported=[OPEN, JOIN],
        state=the_poll_runs,
    ),
    "the first comes where recordings start by themselves": Row(
        before=record_by_itself,
        act=lambda scene: (scene.room.join("Gus"), scene.world.advance(1)),
        reported=[OPEN, JOIN, STARTED],
        state=lambda scene: scene.room.beams[0].status == "running",
    ),
    "somebody comes with a wrong role": Row(
        act=lambda scene: scene.refused("Gus", "pope"),
        reported=[REFUSED],
        state=lambda scene: scene.room.session is None,
    ),
    "somebody comes with a role that has its number": Row(
        before=fill_the_stage,
        act=lambda scene: scene.refused("Max", "stage"),
        reported=[REFUSED],
        state=lambda scene: len(scene.room.people) == 3,
    ),
    "somebody comes into a disabled room": Row(
        before=disable,
        act=lambda scene: scene.refused("Gus", "guest"),
        reported=[REFUSED],
        state=lambda scene: scene.room.session is None,
    ),
    "the last leaves": Row(
        before=lambda scene: scene.room.join("Gus"),
        act=last_one_leaves,
        reported=[LEAVE, CLOSE],
        state=lambda scene: scene.room.session is None,
    ),
    # The recorder is a peer, so it holds the session until it has stopped (`sandbox/hms/choices.py`).
    "the last leaves while it is recorded": Row(
        before=one_is_recorded,
        act=last_one_leaves,
        reported=[LEAVE, STOPPED, CLOSE, FILMED],
        state=lambda scene: scene.room.beams[0].reason == "last peer left",
    ),
    "the last leaves while it is streamed": Row(
        before=lambda scene: (scene.room.join("Gus"), stream(scene), scene.world.advance(60)),
        act=last_one_leaves,
        reported=[LEAVE, HLS_STOPPED, CLOSE, HLS_FILMED],
        state=lambda scene: scene.room.beams[0].reason == "last peer left",
    ),
    "a role is given": Row(
        before=two_are_in,
        act=lambda scene: lift(scene, "stage"),
        reported=[ROLE],
        state=lambda scene: scene.room.peer(scene.gus).role == "stage",
    ),
    "a role is given that has its number": Row(
        before=fill_the_stage,
        act=lambda scene: lift(scene, "stage", 400),
        reported=[ROLE_REFUSED],
        state=lambda scene: scene.room.peer(scene.gus).role == "guest",
    ),
    "a role is given that there is not": Row(
        before=two_are_in,
        act=lambda scene: lift(scene, "pope", 400),
        reported=[],
        state=lambda scene: scene.room.peer(scene.gus).role == "guest",
    ),
    "guests are removed": Row(
        before=lambda scene: (two_are_in(scene), scene.room.join("Ivy")),
        act=remove_guests,
        reported=[LEAVE, LEAVE],
        state=lambda scene: [peer.name for peer in scene.room.people] == ["Hana"],
    ),
    "the session is ended": Row(
        before=two_are_in,
        act=end,
        reported=[END, LEAVE, LEAVE, CLOSE],
        state=lambda scene: scene.room.session is None and scene.room.enabled,
    ),
    "the session is ended and locked while it is recorded and streamed": Row(
        before=two_are_recorded_and_streamed,
        act=lambda scene: end(scene, lock=True, reason="time is up"),
        reported=[END, STOPPED, HLS_STOPPED, LEAVE, LEAVE, CLOSE, FILMED, HLS_FILMED],
        state=lambda scene: scene.room.session is None and not scene.room.enabled,
    ),
    "the room is disabled": Row(
        before=make_codes_and_key,
        act=disable,
        reported=[],
        state=codes_and_key_are_refused,
    ),
    "a recording is started and stopped": Row(
        before=two_are_in,
        act=record_and_stop,
        reported=[STARTED, STOPPED, FILMED, WRITING, WRITTEN],
        state=lambda scene: scene.room.beams[0].status == "completed",
    ),
    "a live stream is started and stopped": Row(
        before=two_are_in,
        act=stream_and_stop,
        reported=[HLS_STARTED, HLS_STOPPED, HLS_FILMED],
        state=lambda scene: scene.room.beams[0].status == "completed",
    ),
    "a role is deleted": Row(
        before=make_codes_and_key,
        act=delete_the_stage_role,
        reported=[],
        state=only_the_next_sync_disables_its_code,
    ),
    "a room is created with a known name": Row(
        act=create_again,
        reported=[],
        state=lambda scene: scene.room.description == "rewritten" and len(scene.world.rooms) == 1,
    ),
    "the longest duration is over": Row(
        before=cap_and_stay,
        act=lambda scene: scene.world.advance(601),
        reported=[LEAVE, LEAVE, CLOSE],
        state=lambda scene: scene.room.session is None,
    ),
    "twelve hours are over": Row(
        before=two_are_in,
        act=lambda scene: scene.world.advance(12 * 3600 + 1),
        reported=[LEAVE, LEAVE, CLOSE],
        state=lambda scene: scene.room.session is None,
    ),
}


@pytest.mark.parametrize("row", MAP.values(), ids=MAP.keys())
async def test_the_side_effect_map(row, api, world, receiver):
    scene = Scene(api, world, world.add_room("standup"))
    row.before(scene)
    await receiver.hears()
    row.act(scene)
    assert await receiver.hears() == row.reported
    assert row.state(scene)
