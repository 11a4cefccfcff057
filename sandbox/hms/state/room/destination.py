"""Where a job goes in, and what the template says about where its work goes."""

from datetime import timedelta
from typing import cast
from urllib.parse import urlsplit

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.state.room.room_profile import RoomProfile
from sandbox.hms.wire import Json


def meeting_url(room: RoomProfile, given: str, role: str) -> str:
    """Take the URL that was given, else the template's own; without either nothing can be started."""
    if given.startswith(("https://", "http://")):
        return given
    if given or not room.template.subdomain:
        raise ApiError(400, "invalid input")
    return f"https://{room.template.subdomain}.app.100ms.live/preview/{room.id}/{role}?skip_preview=true"


def role_of(url: str) -> str:
    """Tell in which role a meeting URL leads into the room; empty where it does not say."""
    match urlsplit(url).path.split("/"):
        case ["", "preview" | "meeting", _, role]:
            return role
    return ""


class Destination:
    """What the template says about one of its destinations."""

    def __init__(self, room: RoomProfile, family: str, name: str) -> None:
        known = room.template.destinations_of(family)
        if (name and name not in known) or (not name and len(known) > 1):
            raise ApiError(400, "invalid input", "invalid input: destination")
        self._settings = known[name] if name else next(iter(known.values()), {})
        self._usual = room.engine.settings.recorder_role

    @property
    def role(self) -> str:
        """The role in which a recorder comes that has no address of its own."""
        return str(self._settings.get("role") or self._usual)

    @property
    def empty_room(self) -> timedelta:
        """How long to go on in an empty room."""
        composite = cast("dict[str, dict[str, Json]]", self._settings.get("compositeRecording", {}))
        browser = composite.get("browserComposite", {})
        return _seconds({**browser, **self._settings}, "autoStopTimeout", choices.EMPTY_ROOM)

    @property
    def longest(self) -> timedelta:
        """How long to go on at most."""
        return _seconds(self._settings, "maxDuration", choices.LONGEST_JOB)


def _seconds(settings: dict[str, Json], member: str, otherwise: timedelta) -> timedelta:
    seconds = settings.get(member)
    return timedelta(seconds=seconds) if isinstance(seconds, int) and seconds else otherwise
