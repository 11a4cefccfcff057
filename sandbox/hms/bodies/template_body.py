"""What may be sent about a whole template."""

import re
from collections.abc import Container, Iterable
from typing import Annotated, cast

from pydantic import BaseModel, Field

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.bodies.destinations_body import DestinationsBody
from sandbox.hms.bodies.role_body import RoleBody
from sandbox.hms.operation import Call
from sandbox.hms.settings import Settings
from sandbox.hms.state.settings_body import SettingsBody
from sandbox.hms.state.template import Role
from sandbox.hms.wire import CAMEL, Json

_NAME = re.compile(r"[A-Za-z0-9 .\-:_]*")


class WhiteboardPermissions(BaseModel):
    """Which roles do what to the whiteboard."""

    model_config = CAMEL
    admin: list[str] = []
    writer: list[str] = []
    reader: list[str] = []


class Whiteboard(BaseModel):
    """Who draws."""

    model_config = CAMEL
    permissions: WhiteboardPermissions = WhiteboardPermissions()


class CaptionPermissions(BaseModel):
    """Which roles switch captions on."""

    model_config = CAMEL
    admin: list[str] = []


class Captions(BaseModel):
    """Who switches captions on."""

    model_config = CAMEL
    permissions: CaptionPermissions = CaptionPermissions()
    mode: Annotated[str, Field(pattern="^caption$")] = "caption"


class Plugins(BaseModel):
    """What a template adds to a call."""

    model_config = CAMEL
    whiteboard: Whiteboard | None = None
    transcriptions: Captions | None = None


class TemplateBody(BaseModel):
    """Everything that may be said about a template; what is not sent takes its default."""

    model_config = CAMEL
    name: str = ""
    roles: dict[str, RoleBody] = {}
    settings: SettingsBody = SettingsBody()
    destinations: DestinationsBody = DestinationsBody()
    plugins: Plugins = Plugins()

    def written_roles(self) -> dict[str, Role]:
        """Write the roles as they are kept; a template without any gets two."""
        roles = self.roles or {name: RoleBody() for name in choices.DEFAULT_ROLES}
        return {name: role.role(name) for name, role in roles.items()}

    def written_plugins(self) -> dict[str, Json]:
        """Write the plugins as they are kept."""
        return cast("dict[str, Json]", self.plugins.model_dump(by_alias=True, exclude_none=True))


def read(call: Call, settings: Settings) -> TemplateBody:
    """Read a body and refuse names that no template or role can have, and what its parts cannot."""
    body = call.read(TemplateBody)
    for name in (body.name, *body.roles):
        check_name(name)
    recording = body.settings.recording
    for role in body.roles.values():
        check_subscribed(role.subscribe_params.subscribe_to_roles, body.roles)
    body.destinations.check(settings, own_storage=bool(recording and recording.upload))
    return body


def check_subscribed(names: Iterable[str], roles: Container[str]) -> None:
    """Refuse to let somebody see roles that the template does not have."""
    for name in names:
        if name not in roles:
            raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: subscribeToRoles: {name} not found")


def check_name(name: str) -> None:
    """Refuse a name with characters that are not allowed."""
    if not _NAME.fullmatch(name):
        raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: name has characters that are not allowed")
