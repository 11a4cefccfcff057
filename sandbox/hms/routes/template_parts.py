"""The parts of a template, each read and written by itself: roles, settings, destinations, recordings."""

from typing import cast

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError, not_found
from sandbox.hms.bodies.destinations_body import DestinationsBody
from sandbox.hms.bodies.recording_config import RecordingConfig
from sandbox.hms.bodies.role_body import RoleBody
from sandbox.hms.bodies.template_body import check_name, check_subscribed
from sandbox.hms.operation import Body, Call, checked, operation
from sandbox.hms.state.settings_body import SettingsBody
from sandbox.hms.state.template import Role, Template
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, Json

_ROLE = "/templates/{template_id}/roles/{role_name}"


@operation("templates.retrieve_role", "GET", _ROLE)
def retrieve_role(world: World, call: Call) -> Answer:
    """Show one role."""
    return dict(_role(_template(world, call), call))


@operation("templates.upsert_role", "POST", _ROLE)
def upsert_role(world: World, call: Call) -> Answer:
    """Make a role, or change of a known one what was sent; another name renames it."""
    template, name = _template(world, call), call.path["role_name"]
    sent = {member: value for member, value in call.body.items() if value is not None}
    kept = template.roles.get(name, {}) if world.settings.unsent_of_role == "kept" else {}
    body = checked(RoleBody, {**kept, **sent})
    renamed = body.name or name
    check_name(renamed)
    if renamed != name and renamed in template.roles:
        raise ApiError(400, choices.NAME_TAKEN)
    if "subscribeParams" in sent:
        check_subscribed(body.subscribe_params.subscribe_to_roles, {*template.roles, renamed})
    _put(template, name, body.role(renamed))
    _see_instead(template, name, renamed)
    world.template_changed(template)
    return dict(template.roles[renamed])


@operation("templates.delete_role", "DELETE", _ROLE)
def delete_role(world: World, call: Call) -> Answer:
    """Take a role away; its room codes follow when they are next brought in step."""
    template = _template(world, call)
    name = str(_role(template, call)["name"])
    del template.roles[name]
    _see_instead(template, name, "")
    world.template_changed(template)
    return {}


@operation("templates.retrieve_settings", "GET", "/templates/{template_id}/settings")
def retrieve_settings(world: World, call: Call) -> Answer:
    """Show the settings."""
    return dict(_template(world, call).settings)


@operation("templates.update_settings", "POST", "/templates/{template_id}/settings")
def update_settings(world: World, call: Call) -> Answer:
    """Write all settings anew."""
    template = _template(world, call)
    template.settings = call.read(SettingsBody).settings()
    world.template_changed(template)
    return dict(template.settings)


@operation("templates.retrieve_destinations", "GET", "/templates/{template_id}/destinations")
def retrieve_destinations(world: World, call: Call) -> Answer:
    """Show where streams, films and transcripts go."""
    return dict(_template(world, call).destinations)


@operation("templates.update_destinations", "POST", "/templates/{template_id}/destinations")
def update_destinations(world: World, call: Call) -> Answer:
    """Write all destinations anew."""
    template, body = _template(world, call), call.read(DestinationsBody)
    body.check(world.settings, own_storage=template.has_storage)
    template.destinations = body.destinations()
    world.template_changed(template)
    return dict(template.destinations)


@operation("templates.retrieve_recordings", "GET", "/templates/{template_id}/recordings")
def retrieve_recordings(world: World, call: Call) -> list[dict[str, Json]]:
    """Show what records itself, as a list."""
    return _template(world, call).recordings


@operation("templates.configure_recordings", "POST", "/templates/{template_id}/recordings", body=Body.LIST)
def configure_recordings(world: World, call: Call) -> list[dict[str, Json]]:
    """Say what records itself: a list of exactly one configuration."""
    template = _template(world, call)
    if len(call.items) != 1 or not isinstance(call.items[0], dict):
        raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: exactly one configuration")
    config = checked(RecordingConfig, call.items[0])
    if config.role not in template.roles:
        raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: role not found")
    template.recordings = [config.config()]
    world.template_changed(template)
    return template.recordings


def _template(world: World, call: Call) -> Template:
    return world.template(call.path["template_id"])


def _role(template: Template, call: Call) -> Role:
    if call.path["role_name"] in template.roles:
        return template.roles[call.path["role_name"]]
    raise not_found("role")


def _see_instead(template: Template, name: str, renamed: str) -> None:
    """Let whoever sees a role see it under its other name; one that is gone nobody sees."""
    for role in template.roles.values():
        sees = cast("dict[str, list[str]]", role["subscribeParams"])
        instead = [renamed if each == name else each for each in sees.get("subscribeToRoles", [])]
        sees["subscribeToRoles"] = [each for each in instead if each]


def _put(template: Template, name: str, role: Role) -> None:
    """Put a role where the one of this name stands, or behind the others."""
    renamed = cast("str", role["name"])
    known = {**template.roles, name: role}
    template.roles = {renamed if each == name else each: value for each, value in known.items()}
