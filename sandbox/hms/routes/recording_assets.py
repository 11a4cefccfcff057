"""Recording assets: the files themselves, and links to download them."""

from enum import StrEnum

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.operation import Call, operation
from sandbox.hms.state.beam.asset import Asset
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer


class Status(StrEnum):
    """What the list can be asked for; what is still being made shows in it but has no filter."""

    COMPLETED = "completed"
    FAILED = "failed"


class Type(StrEnum):
    """Every kind of file."""

    ROOM_COMPOSITE = "room-composite"
    ROOM_COMPOSITE_LEGACY = "room-composite-legacy"
    ROOM_VOD = "room-vod"
    CHAT = "chat"
    TRANSCRIPT = "transcript"
    SUMMARY = "summary"
    TRACK = "track"
    STREAM = "stream"


@operation("recording_assets.list", "GET", "/recording-assets")
def list_recording_assets(world: World, call: Call) -> Answer:
    """Page through files; the filters combine."""
    query = call.query
    room_id, session_id = query.get("room_id"), query.get("session_id")
    status, kind = query.word("status", Status), query.word("type", Type)
    found = [
        asset
        for asset in world.assets
        if room_id in {"", asset.take.room_id}
        and session_id in {"", asset.take.session_id}
        and status in {None, asset.status}
        and kind in {None, asset.plan.type}
    ]
    return query.page(found, Asset.shown)


@operation("recording_assets.get", "GET", "/recording-assets/{asset_id}")
def get(world: World, call: Call) -> Answer:
    """Show one file."""
    return world.asset(call.path["asset_id"]).shown()


@operation("recording_assets.presigned_url", "GET", "/recording-assets/{asset_id}/presigned-url")
def presigned_url(world: World, call: Call) -> Answer:
    """Make a link that downloads a file for a while."""
    asset = world.asset(call.path["asset_id"])
    seconds = call.query.number("presign_duration", choices.LINK_DURATION_S, 1, choices.LONGEST_LINK_S)
    if asset.status != "completed":
        raise ApiError(400, choices.NOT_READY)
    return {"id": asset.id, "path": asset.path, "url": asset.link(seconds, world.now()), "expiry": seconds}
