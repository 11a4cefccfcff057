"""A room with one of everything, by the ids that the examples use: for whoever types all of them."""

from datetime import timedelta

from pydantic import SecretStr

from bot.people import Level
from sandbox.hms.state.poll.poll_run import Vote
from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.house.test_commands import furnish

SESSION = "6501a9f0b2d4e5f60123000f"
RECORDING = "6501aa00b2d4e5f601230010"
LIVE_STREAM = "6502bb00b2d4e5f601230020"
STREAM = "6503cc00b2d4e5f601230030"
FILE = "6504dd00b2d4e5f601230040"
PREVIEW = SecretStr("https://classroom.app.100ms.live/preview/abc")
TARGET = SecretStr("rtmps://youtube.example/live2/key")


async def furnished(chat: Chat) -> Room:
    """#classes speaks for standup: a session is over, and one runs in which everything runs."""
    await chat.grants("max", Level.ADMIN)  # for what needs the yes of a second one
    standup = chat.world.add_room("standup")
    await lesson(chat, standup)
    for name, role in (("Hana", "host"), ("Gus", "guest"), ("Ivy", "stage")):
        standup.join(name, role)
    await furnish(chat, standup)
    chat.clock.now += timedelta(seconds=20)  # by then what was started runs
    chat.world.tick()
    await votes(chat, standup)
    return standup


async def lesson(chat: Chat, room: Room) -> None:
    """Yesterday's: it was shown live, streamed and recorded, and left files."""
    hana, gus, ivy = room.join("Hana", role="host"), room.join("Gus"), room.join("Ivy")
    assert room.session
    room.session.id = SESSION
    hms = chat.bot.hms
    await hms.live_streams.start_for_room(room.id, meeting_url=PREVIEW)
    await hms.external_streams.start_for_room(room.id, [TARGET], meeting_url=PREVIEW)
    live, pushed = room.beams
    live.id, pushed.id = LIVE_STREAM, STREAM
    await chat.passes("2m")
    pushed.end("client request")
    await chat.passes("1m")
    await hms.recordings.start_for_room(room.id, meeting_url=PREVIEW)
    recorded = room.beams[-1]
    recorded.id = RECORDING
    await chat.passes("12m")
    for peer in (ivy, gus, hana):
        room.leave(peer)
    await chat.passes("1h")
    assert recorded.assets
    recorded.assets[0].id = FILE


async def votes(chat: Chat, room: Room) -> None:
    """Gus and Ivy answer the quiz, which is shown to them."""
    await chat.says("ada", "/hms poll launch 'Team quiz'")
    poll = next(poll for poll in chat.world.polls.linked(room.polls) if poll.title == "Team quiz")
    for option, name in enumerate(("Gus", "Ivy"), start=1):
        peer = next(peer for peer in room.peers if peer.name == name)
        for question in (1, 2):
            chat.world.polls.vote(room, poll, peer, question, Vote(options=[option], text=""))
