"""What may be sent about a room, and what is refused."""

import re
from collections.abc import Mapping
from typing import Literal, cast

from pydantic import BaseModel

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.operation import Call
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.room_profile import RoomChange, RoomFields

_NAME = re.compile(r"[A-Za-z0-9.\-:_]*")


class Credentials(BaseModel, strict=True):
    """The key to somebody's storage."""

    key: str
    secret: str


class UploadInfo(BaseModel, strict=True):
    """Where recordings go."""

    type: Literal["s3", "gs", "oss", "azure"]
    location: str
    prefix: str = ""
    options: dict[str, str] = {}
    credentials: Credentials | None = None


class Webhook(BaseModel, strict=True):
    """Where the events of one room go."""

    url: str
    headers: dict[str, str] = {}


class RoomBody(BaseModel, strict=True):
    """Everything that may be said about a room; what was not sent stays unset."""

    name: str = ""
    description: str = ""
    recording_info: dict[str, object] = {}
    region: str = "auto"
    large_room: bool = False
    size: int = 0
    max_duration_seconds: int = 0
    webhook: Webhook | None = None
    polls: list[str] = []
    template_id: str = ""
    enabled: bool = True

    def fields(self) -> RoomFields:
        """Take what was sent that a new room may have."""
        sent = self.model_dump(exclude_unset=True, exclude={"name", "template_id", "enabled"})
        return cast("RoomFields", sent)

    def change(self) -> RoomChange:
        """Take what was sent that may be changed about a room."""
        sent = self.model_dump(exclude_unset=True, exclude={"name", "template_id"})
        return cast("RoomChange", sent)


def read(call: Call, room: Room | None = None) -> RoomBody:
    """Read a body and refuse what the platform refuses; ``room`` is the one about to be changed."""
    if "template" in call.body:
        raise _refused("Invalid body param: template. Use template_id")
    body = call.read(RoomBody)
    check_name(body.name)
    if body.region not in {"in", "us", "eu", "auto"}:
        raise _refused("Error: region not supported")
    if "max_duration_seconds" in body.model_fields_set:
        _check_cap(body.max_duration_seconds)
    check_upload(body.recording_info)
    check_size(body, room)
    return body


def check_name(name: str) -> None:
    """Refuse a name with characters that are not allowed."""
    if not _NAME.fullmatch(name):
        raise _refused("Invalid body param: name has characters that are not allowed")


def check_size(body: RoomBody, room: Room | None) -> None:
    """Refuse a size that the room, as it would be then, cannot have."""
    sent = body.model_fields_set
    large = room.large_room if room and "large_room" not in sent else body.large_room
    size = room.size if room and "size" not in sent else body.size
    if size < 0:
        raise _bad("room size less than 0")
    if size > choices.LARGEST_LARGE_ROOM:
        raise _bad(f"room size greater than {choices.LARGEST_LARGE_ROOM}")
    if size > choices.LARGEST_ROOM and not large:
        raise _bad(f"room size greater than {choices.LARGEST_ROOM}, set large_room flag as true")


def _check_cap(seconds: int) -> None:
    name = "max_duration_seconds"
    if seconds < choices.SHORTEST_CAP_S:
        raise _refused(f"{choices.BAD_BODY}: {name} less than {choices.SHORTEST_CAP_S} seconds")
    if seconds > choices.LONGEST_CAP_S:
        raise _refused(f"{choices.BAD_BODY}: {name} greater than {choices.LONGEST_CAP_S} seconds")


def check_upload(recording_info: Mapping[str, object]) -> None:
    """Refuse a storage that recordings cannot go to."""
    upload = recording_info.get("upload_info")
    if upload is None:
        return
    if isinstance(upload, dict) and not upload.get("location"):
        raise _refused("Bucket location is missing")
    try:
        UploadInfo.model_validate(upload)
    except ValueError:
        # The cause would carry the credentials that were sent.
        raise _refused("Invalid upload configuration") from None


def _bad(detail: str) -> ApiError:
    return ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: {detail}")


def _refused(text: str) -> ApiError:
    return ApiError(400, text, text)
