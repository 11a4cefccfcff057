"""What goes on in the demo's rooms before anybody does anything."""

import json

from sandbox.hms.state.room.recording_order import recording
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.world import World

# With Hana, who is let in with a live room, twelve people.
ON_STAGE = ("Noa", "Ben")
GUESTS = ("Gus", "Ivy", "Lia", "Tom", "Zoe", "Eli", "Uma", "Kai", "Pia")


def furnish(world: World) -> None:
    """Fill the rooms: a recorded lesson with twelve people, a small class, a webinar nobody is in yet."""
    standup = world.add_room("standup", live=True, description="The lesson that everybody is in")
    for name in ON_STAGE:
        standup.join(name, "stage")
    for name in GUESTS:
        standup.join(name)
    _enliven(standup)
    _record(standup)
    yoga = world.add_room("yoga", live=True, description="The small class")
    for name in ("Rio", "Sam"):
        yoga.join(name)
    world.add_room("webinar", description="Every second Thursday")


def _enliven(room: Room) -> None:
    """Not everybody sits there alike: cameras off, microphones off, a hand up, a screen shared."""
    people = {peer.name: peer for peer in room.peers}
    for name in GUESTS[1:]:
        room.mute(people[name], "audio", mute=True)
    for name in ("Tom", "Uma", "Pia"):
        room.mute(people[name], "video", mute=True)
    room.mute(people["Hana"], "screen", mute=False)
    room.change(people["Ivy"], metadata=json.dumps({"isHandRaised": True}))


def _record(room: Room) -> None:
    """Record it as its template says, so that it leaves its files like any other."""
    room.start(recording(room))
