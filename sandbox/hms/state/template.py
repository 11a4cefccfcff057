"""A template: the roles people may have in a room."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import cast

from sandbox.hms.state.settings_body import SettingsBody
from sandbox.hms.wire import Json

Role = dict[str, Json]
HOST = "host"
GUEST = "guest"
SIZES: Mapping[str, str] = MappingProxyType({"f": "h", "h": "m", "q": "l"})


@dataclass(eq=False, kw_only=True)
class Template:
    """Roles, settings and destinations, kept as the API shows them (camelCase)."""

    id: str
    name: str
    created_at: datetime
    updated_at: datetime
    roles: dict[str, Role]
    settings: dict[str, Json] = field(default_factory=lambda: SettingsBody().settings())
    destinations: dict[str, Json] = field(default_factory=dict)
    plugins: dict[str, Json] = field(default_factory=dict)
    recordings: list[dict[str, Json]] = field(default_factory=list)  # none or one configuration
    # Only templates made on the dashboard have one; without it no room has a meeting URL of its own.
    subdomain: str = ""
    default: bool = False

    def publishes(self, role: str) -> tuple[str, ...]:
        """Tell what somebody with this role may send: audio, video, screen."""
        publish = cast("dict[str, list[str]]", self.roles.get(role, {}).get("publishParams", {}))
        return tuple(publish.get("allowed", ()))

    def sizes(self, role: str) -> Mapping[str, list[str]]:
        """Tell in which sizes pictures of a source are sent, by the names of the statistics."""
        publish = cast("dict[str, dict[str, Role]]", self.roles.get(role, {}).get("publishParams", {}))
        layers = {
            source: cast("list[dict[str, str]]", sent.get("layers", []))
            for source, sent in publish.get("simulcast", {}).items()
        }
        named = {"video": "regular", "screen": "screen"}
        return {named[source]: [SIZES[layer["rid"]] for layer in sent] for source, sent in layers.items()}

    def destinations_of(self, family: str) -> dict[str, dict[str, Json]]:
        """Find a family of destinations by name; a recording configuration counts as one of its family."""
        known = cast("dict[str, dict[str, Json]]", self.destinations.get(family, {}))
        configured = self.recordings if family == "browserRecordings" else []
        return known | {str(each["name"]): each for each in configured}

    def records(self, kind: str) -> bool:
        """Tell whether ``trackRecording`` or ``streamRecording`` is wanted of everybody."""
        return any(cast("Role", each.get(kind, {})).get("enabled") for each in self.recordings)

    @property
    def has_storage(self) -> bool:
        """Whether recordings go to a storage of the customer's own."""
        return bool(cast("Role", self.settings.get("recording") or {}).get("upload"))

    def may(self, role: str, permission: str) -> bool:
        """Tell whether somebody with this role is allowed something."""
        permissions = cast("dict[str, bool]", self.roles.get(role, {}).get("permissions", {}))
        return permissions.get(permission, False)

    def limit(self, role: str) -> int:
        """Tell how many may have this role: 0 any number, -1 nobody."""
        return cast("int", self.roles[role].get("maxPeerCount", 0))


def role(
    name: str, *, publishes: Iterable[str] = (), may: Iterable[str] = (), priority: int = 5, limit: int = 0
) -> Role:
    """Write a role as the API shows it: permissions that are false are left out, but for the room state's."""
    permissions: dict[str, Json] = dict.fromkeys(
        [*may, "browserRecording", "rtmpStreaming", "hlsStreaming"], True
    )
    permissions["sendRoomState"] = "sendRoomState" in permissions
    return {
        "name": name,
        "publishParams": _publish_params([*publishes]),
        "subscribeParams": {"subscribeToRoles": [HOST, "stage", GUEST], "maxSubsBitRate": 3200},
        "permissions": permissions,
        "priority": priority,
        "maxPeerCount": limit,
    }


def _publish_params(allowed: list[str]) -> dict[str, Json]:
    known: dict[str, Json] = {
        "audio": {"bitRate": 32, "codec": "opus"},
        "video": {"bitRate": 256, "codec": "vp8", "frameRate": 25, "width": 320, "height": 180},
        "screen": {"bitRate": 1024, "codec": "vp8", "frameRate": 10, "width": 1280, "height": 720},
    }
    return {"allowed": cast("Json", allowed)} | {kind: known[kind] for kind in allowed}


def classroom_roles() -> dict[str, Role]:
    """Furnish the default template: somebody who leads, people on stage, guests, and guests kept quiet."""
    roles = (
        role(
            HOST,
            publishes=("audio", "video", "screen"),
            may=("endRoom", "removeOthers", "mute", "unmute", "changeRole", "pollRead", "pollWrite"),
            priority=1,
        ),
        role("stage", publishes=("audio", "video", "screen"), may=("pollRead",), priority=2),
        role(GUEST, publishes=("audio", "video"), may=("pollRead",), priority=3),
        role("muted", priority=5),
    )
    return {str(each["name"]): each for each in roles}
