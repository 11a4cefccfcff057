"""Conversations about recordings: started, stopped, their files, the sessions that they are of."""

from sandbox.hms.state.beam.beam import Kind, Order
from tests.recorded.stage import Stage

STREAM = Order(kind=Kind.EXTERNAL_STREAM, meeting_url="https://classroom.app.100ms.live/preview")


async def record(stage: Stage) -> None:
    """Recorded, paused, resumed, stopped by a confirm; then its files come, and a link to one."""
    await stage.says("mo", "/hms record start --dry-run")
    await stage.says("mo", "/hms record start")
    await stage.passes("10s")
    await stage.says("max", "/hms record start")
    await stage.says("vi", "/hms record show")
    await stage.says("vi", "/hms record config")
    await stage.says("max", "/hms record pause")
    await stage.says("max", "/hms record resume")
    await stage.passes("12m")
    card = await stage.says("mo", "/hms record stop")
    await stage.clicks("mo", "Stop recording", card)
    await stage.says("mo", "/hms record stop")
    await stage.passes("1m")
    await stage.passes("1m")
    await stage.says("vi", "/hms record list")
    files = await stage.says("vi", "/hms asset list")
    await stage.clicks("vi", "Fresh link: video", files)
    await stage.says("vi", "/hms session list")
    await stage.says("vi", "/hms session show")


async def record_refused(stage: Stage) -> None:
    """Not recorded: a stream has the one slot of the room, or the room is locked."""
    stage.happens("a stream to other platforms begins")
    stream = stage.room.start(STREAM)
    await stage.says("mo", "/hms record start")
    stream.stop()
    await stage.passes("10s")
    stage.room.enabled = False
    stage.happens("the room is locked in the dashboard")
    await stage.says("mo", "/hms record start")
    await stage.says("mo", "/hms record stop")
    await stage.says("vi", "/hms asset list")


async def record_require(stage: Stage) -> None:
    """Each session is to be recorded: one is not, which is told, and put right by the button."""
    await stage.says("ada", "/hms record require on")
    await stage.passes("1m")
    await stage.passes("1m")
    await stage.clicks("mo", "Start recording", stage.chat.reads("mo"))
    await stage.passes("1m")
    stage.happens("the recording breaks")
    stage.room.beams[0].fail("INTERNAL_ERROR")
    await stage.passes("5m")
    await stage.says("ada", "/hms record require off")


SCENES = (record, record_refused, record_require)
