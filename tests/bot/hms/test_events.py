"""What the emulated 100ms reports, the client reads whole: two opinions of the same reference."""

import json

from bot.hms import ReportedEvent
from bot.hms.objects import plain
from tests.bot.hms.each_operation.stage import built
from tests.bot.hms.sameness import normal


async def test_every_report_is_read_and_written_back_whole(hms, world) -> None:
    stage = await built(hms, world)
    for beam in (stage.recording, stage.push, stage.studio.beams[1]):
        beam.fail("INTERNAL_ERROR")
    stage.standup.end(reason="over")

    reports = [event.envelope() for event in world.journal.events]
    for report in reports:
        event = ReportedEvent.model_validate_json(json.dumps(report))
        assert normal(plain(event)) == normal(report)
        assert (event.id, event.data.room_id) == (report["id"], report["data"]["room_id"])
    assert len({report["type"] for report in reports}) > 12
