"""Templates: the roles a room may have, and everything else its rooms have in common."""

from functools import partial

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.bodies import template_body
from sandbox.hms.bodies.template_body import TemplateBody
from sandbox.hms.operation import Body, Call, operation
from sandbox.hms.state.template import Template
from sandbox.hms.state.world import World
from sandbox.hms.wire import Answer, stamp


@operation("templates.list", "GET", "/templates")
def list_templates(world: World, call: Call) -> Answer:
    """Page through full templates."""
    return call.query.page(world.templates.values(), partial(_shown, world), lowest=choices.LOWEST_LIMIT)


@operation("templates.retrieve", "GET", "/templates/{template_id}")
def retrieve(world: World, call: Call) -> Answer:
    """Show one template."""
    return _shown(world, world.template(call.path["template_id"]))


@operation("templates.create", "POST", "/templates")
def create(world: World, call: Call) -> Answer:
    """Make a template, or overwrite the one that has this name already."""
    body = template_body.read(call, world.settings)
    template = world.template_named(body.name) or world.add_template(body.name or world.engine.uuid(), {})
    return _shown(world, _written(world, template, body))


@operation("templates.update", "POST", "/templates/{template_id}", body=Body.REQUIRED)
def update(world: World, call: Call) -> Answer:
    """Write all of a template anew; only its name is kept when it is not sent."""
    template, body = world.template(call.path["template_id"]), template_body.read(call, world.settings)
    for member in ("roles", "settings"):
        if member not in body.model_fields_set:
            raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: {member} is required")
    if world.template_named(body.name) not in {None, template}:
        raise ApiError(400, choices.NAME_TAKEN)
    template.name = body.name or template.name
    return _shown(world, _written(world, template, body))


def _written(world: World, template: Template, body: TemplateBody) -> Template:
    template.roles = body.written_roles()
    template.settings = body.settings.settings()
    template.destinations = body.destinations.destinations()
    template.plugins = body.written_plugins()
    world.template_changed(template)
    return template


def _shown(world: World, template: Template) -> Answer:
    answer: Answer = {
        "id": template.id,
        "_id": template.id,
        "name": template.name,
        "customerId": choices.CUSTOMER_ID,
        "customer": choices.CUSTOMER_ID,
        "appId": choices.APP_ID,
        "default": template.default,
        "roles": template.roles,
        "settings": template.settings,
        "destinations": template.destinations,
        "plugins": template.plugins,
        "createdAt": stamp(template.created_at),
        "updatedAt": stamp(template.updated_at),
    }
    return world.settings.written(answer, optional=("default", "plugins"), older=("_id", "customer"))
