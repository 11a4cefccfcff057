"""Conversations about a room: how it goes, its end, its lock, who is there and what is said to them."""

from sandbox.hms.state.beam.beam import Kind, Order
from tests.recorded.stage import Stage

RECORDING = Order(kind=Kind.RECORDING, meeting_url="https://classroom.app.100ms.live/preview")


async def status(stage: Stage) -> None:
    """What goes on, for who only looks, and with a recording, a lock and something that waits."""
    await stage.says("vi", "/hms status")
    await stage.says("vi", "/hms")
    stage.room.start(RECORDING)
    await stage.passes("10s")
    await stage.says("mo", "/hms room lock --reason 'the exam has begun' --yes")
    await stage.says("mo", "/hms remove Gus spamming")
    await stage.says("max", "/hms status")
    await stage.says("vi", "/hms status --here")
    await stage.says("vi", "/hms status", "webinars")
    await stage.says("vi", "/hms status nosuch")


async def end_room(stage: Stage) -> None:
    """Ended by a confirm, pressed twice; then there is nobody to end it for."""
    stage.room.start(RECORDING)
    await stage.says("mo", "/hms end-room --dry-run")
    card = await stage.says("mo", "/hms end-room --reason 'time is up'")
    await stage.clicks("mo", "End for 3 people", card)
    await stage.clicks("mo", "End for 3 people", card)
    await stage.says("mo", "/hms end-room")


async def end_room_cancelled(stage: Stage) -> None:
    """Not ended: cancelled, forgotten, overtaken by another session."""
    card = await stage.says("mo", "/hms end-room")
    await stage.clicks("mo", "Cancel", card)
    await stage.clicks("mo", "End for 3 people", card)
    late = await stage.says("mo", "/hms end-room")
    await stage.passes("11m")
    await stage.clicks("mo", "End for 3 people", late)
    other = await stage.says("mo", "/hms end-room")
    stage.happens("Hana ends the session and begins another")
    stage.room.end(by="Hana")
    stage.room.join("Hana", role="host")
    await stage.clicks("mo", "End for 3 people", other)


async def end_room_locked(stage: Stage) -> None:
    """Ended and locked, and opened again by somebody else's undo."""
    card = await stage.says("mo", "/hms end-room --lock --reason 'time is up'")
    await stage.clicks("mo", "End and lock for 3 people", card)
    await stage.clicks("max", "Unlock standup", stage.chat.reads("max"))


async def end_room_later(stage: Stage) -> None:
    """A planned end: called off, then kept."""
    card = await stage.says("mo", "/hms end-room --in 5m --lock --reason 'time is up'")
    await stage.clicks("mo", "End and lock in 5m", card)
    await stage.says("vi", "/hms status")
    await stage.clicks("max", "Cancel", stage.chat.reads("max"))
    await stage.passes("5m")
    await stage.says("mo", "/hms end-room --in 5m --lock --reason 'time is up' --yes")
    await stage.passes("5m")
    await stage.says("vi", "/hms status")


async def end_room_later_cancelled(stage: Stage) -> None:
    """A planned end that is called off by words."""
    await stage.says("mo", "/hms end-room --in 5m --yes")
    await stage.says("max", "/hms end-room --cancel")
    await stage.says("max", "/hms end-room --cancel")
    await stage.passes("5m")


async def end_room_later_moot(stage: Stage) -> None:
    """A planned end that finds the session over, another one running, or nobody there."""
    await stage.says("mo", "/hms end-room --in 5m --yes")
    stage.happens("Hana ends the session")
    stage.room.end(by="Hana")
    await stage.passes("5m")
    stage.happens("Ivy begins another")
    stage.room.join("Ivy")
    await stage.says("mo", "/hms end-room --in 5m --yes")
    stage.happens("Hana ends it and begins another")
    stage.room.end()
    stage.room.join("Hana", role="host")
    await stage.passes("5m")


async def stops(stage: Stage) -> None:
    """Three ends of one room: warned of, moved by a press and by words, called off; then it ends."""
    card = await stage.says("mo", "/hms end-room --at 12:00 --lock --warn 10,1 --reason 'the exam is over'")
    await stage.clicks("mo", "End and lock it then", card)
    later = await stage.says("ada", "/hms end-room --in 3h --warn none")
    await stage.clicks("ada", "End in 3h", later)
    await stage.says("max", "/hms end-room --in 20m --yes")
    await stage.says("max", "/hms end-room --cancel --dry-run")
    await stage.passes("16m")
    await stage.clicks("mo", "+5 min", stage.chat.reads("mo"))
    await stage.says("max", "/hms schedule extend 3h --dry-run")
    await stage.says("max", "/hms extend 3h")
    await stage.says("mo", "/hms end-room --cancel")
    await stage.says("ada", "/hms end-room --cancel --stop 9")
    await stage.says("mo", "/hms end-room --in 5m --at 12:00")
    await stage.says("mo", "/hms end-room --warn 5")
    await stage.says("mo", "/hms end-room --yes")
    await stage.says("mo", "/hms extend 5m")


async def room_lock(stage: Stage) -> None:
    """Locked by a confirm, locked anew, opened by hand, by the undo and by itself."""
    card = await stage.says("mo", "/hms room lock --reason 'the exam has begun'")
    await stage.clicks("mo", "Lock standup", card)
    await stage.says("max", "/hms room lock --dry-run")
    await stage.says("max", "/hms room unlock")
    await stage.says("max", "/hms room unlock")
    until = await stage.says("mo", "/hms room lock --until 12:00")
    await stage.clicks("mo", "Lock standup", until)
    await stage.says("vi", "/hms status")
    await stage.says("max", "/hms room lock --dry-run")
    await stage.passes("1h59m")
    await stage.passes("1m")
    missed = await stage.says("mo", "/hms room lock --until 'in 5m'")
    await stage.passes("6m")
    await stage.clicks("mo", "Lock standup", missed)


async def who_and_say(stage: Stage) -> None:
    """Who is there, and what is said to them."""
    await stage.says("vi", "/hms who --role guest --find IV")
    await stage.says("vi", "/hms who --find zoe")
    await stage.says("vi", "/hms who --here")
    await stage.says("mo", "/hms say We start in five minutes")
    await stage.says("mo", "/hms say Please mute yourselves --to role:guest")
    await stage.says("mo", "/hms say Your turn --to Gus --type whisper")
    for number in range(48):
        stage.room.join(f"Guest {number}")
    stage.happens("48 more come")
    card = await stage.says("mo", "/hms say We start now")
    await stage.clicks("mo", "Say it to 51 people", card)


async def announcements(stage: Stage) -> None:
    """Said again and again: seen, stopped, over with its session; and what cannot be announced."""
    await stage.says("mo", '/hms announce add "every 15m" Drink water --dry-run')
    await stage.says("mo", '/hms announce add "every 15m" Drink water')
    await stage.says("max", "/hms announce add 'daily 18:30' Last questions")
    await stage.says("max", "/hms announce add 5m Drink water")
    await stage.says("mo", "/hms announce add 1s Hurry")
    await stage.passes("15m")
    listed = await stage.says("mo", "/hms announce list")
    await stage.clicks("mo", "Stop it", listed)
    await stage.says("mo", "/hms announce remove 1")
    await stage.says("max", "/hms announce add 1h Stretch")
    stage.happens("Hana ends the session")
    stage.room.end(by="Hana")
    await stage.passes("1h")
    await stage.says("mo", "/hms announce list")
    await stage.says("mo", "/hms announce add 1h Stretch")


SCENES = (
    status,
    end_room,
    end_room_cancelled,
    end_room_locked,
    end_room_later,
    end_room_later_cancelled,
    end_room_later_moot,
    stops,
    room_lock,
    who_and_say,
    announcements,
)
