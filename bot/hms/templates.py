"""Templates: which roles a room has, and what they may do."""

from collections.abc import AsyncIterator

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.hms.call import at
from bot.hms.objects import Object, Page, Time
from bot.hms.resource import LARGEST_PAGE, Resource, each_of


class CamelObject(Object):
    """An object of the one family whose members are in camelCase; snake_case is read too."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)


class Role(CamelObject):
    """A role; ``priority`` 1 is the highest, ``max_peer_count`` 0 means as many as come, -1 nobody."""

    name: str = ""
    publish_params: dict[str, object] = Field(default_factory=dict)
    subscribe_params: dict[str, object] = Field(default_factory=dict)
    permissions: dict[str, bool] = Field(default_factory=dict)
    priority: int = 0
    max_peer_count: int = 0


class Template(CamelObject):
    """A template; ``roles`` by name. Source: 100ms docs, policy/template-object."""

    id: str
    name: str = ""
    customer_id: str = ""
    default: bool = False
    roles: dict[str, Role] = Field(default_factory=dict)
    created_at: Time = None
    updated_at: Time = None


class Templates(Resource):
    """Looking up templates."""

    async def retrieve(self, template_id: str) -> Template:
        """Fetch one template with its roles.

        Raises NotFound. Source: 100ms docs, policy/retrieve-a-template.
        """
        path = at("/templates/{template_id}", template_id=template_id)
        return await self._get("templates.retrieve", path, Template)

    async def retrieve_role(self, template_id: str, role_name: str) -> Role:
        """Fetch one role of a template.

        Raises NotFound. Source: 100ms docs, policy/retrieve-a-role.
        """
        path = at("/templates/{template_id}/roles/{role_name}", template_id=template_id, role_name=role_name)
        return await self._get("templates.retrieve_role", path, Role)

    async def list(self, *, limit: int | None = None, start: str | None = None) -> Page[Template]:
        """Fetch one page, newest first; ``limit`` 10 to 100.

        Raises Invalid for a limit out of range. Source: 100ms docs, policy/list-templates.
        """
        return await self._get("templates.list", "/templates", Page[Template], limit=limit, start=start)

    def each(self) -> AsyncIterator[Template]:
        """Walk all templates, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start))
