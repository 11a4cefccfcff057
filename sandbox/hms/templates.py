"""Templates: the roles a room may have."""

from sandbox.hms import choices
from sandbox.hms.api_error import not_found
from sandbox.hms.operation import Call, operation
from sandbox.hms.template import Template
from sandbox.hms.wire import Answer, stamp, without_empty
from sandbox.hms.world import World


@operation("templates.list", "GET", "/templates")
def list_templates(world: World, call: Call) -> Answer:
    """Page through full templates."""
    return call.query.page(world.templates.values(), _shown, lowest=choices.LOWEST_LIMIT)


@operation("templates.retrieve", "GET", "/templates/{template_id}")
def retrieve(world: World, call: Call) -> Answer:
    """Show one template."""
    return _shown(world.template(call.path["template_id"]))


@operation("templates.retrieve_role", "GET", "/templates/{template_id}/roles/{role_name}")
def retrieve_role(world: World, call: Call) -> Answer:
    """Show one role."""
    template = world.template(call.path["template_id"])
    if call.path["role_name"] not in template.roles:
        raise not_found("role")
    return dict(template.roles[call.path["role_name"]])


def _shown(template: Template) -> Answer:
    answer: Answer = {
        "id": template.id,
        "_id": template.id,
        "name": template.name,
        "customerId": choices.CUSTOMER_ID,
        "appId": choices.APP_ID,
        "default": template.default,
        "roles": template.roles,
        "settings": template.settings,
        "destinations": template.destinations,
        "createdAt": stamp(template.created_at),
        "updatedAt": stamp(template.updated_at),
    }
    return without_empty(answer, "default")
