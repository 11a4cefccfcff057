"""Templates: which roles a room has, what they may do, and where recordings and streams go."""

from collections.abc import AsyncIterator

from pydantic import RootModel

from bot.hms.call import at
from bot.hms.destinations import Destinations, RecordingConfig
from bot.hms.objects import Page
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource
from bot.hms.role import Role
from bot.hms.template import Template, TemplateSettings

RecordingConfigs = RootModel[tuple[RecordingConfig, ...]]


class Templates(Resource):
    """Finding and changing templates. Running sessions keep what they started with."""

    async def list(self, *, limit: int | None = None, start: str | None = None) -> Page[Template]:
        """Fetch one page, newest first; ``limit`` 10 to 100.

        Raises Invalid for a limit out of range. Source: 100ms docs, policy/list-templates.
        """
        return await self._get("templates.list", "/templates", Page[Template], limit=limit, start=start)

    def each(self) -> AsyncIterator[Template]:
        """Walk all templates, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start))

    async def retrieve(self, template_id: str) -> Template:
        """Fetch one template. Raises NotFound. Source: 100ms docs, policy/retrieve-a-template."""
        path = at("/templates/{template_id}", template_id=template_id)
        return await self._get("templates.retrieve", path, Template)

    async def create(self, template: Template) -> Template:
        """Make a template, or overwrite the one that already has this name.

        Raises Invalid. Source: 100ms docs, policy/create-template-via-api.
        """
        return await self._post_whole("templates.create", "/templates", Template, template)

    async def update(self, template_id: str, template: Template) -> Template:
        """Replace a template: all that is not sent is lost, but the name.

        Raises NotFound, and Invalid, also for the name of another template.
        Source: 100ms docs, policy/update-a-template.
        """
        path = at("/templates/{template_id}", template_id=template_id)
        return await self._post_whole("templates.update", path, Template, template)

    async def retrieve_role(self, template_id: str, role_name: str) -> Role:
        """Fetch one role. Raises NotFound. Source: 100ms docs, policy/retrieve-a-role."""
        return await self._get("templates.retrieve_role", _role(template_id, role_name), Role)

    async def upsert_role(self, template_id: str, role_name: str, role: Role) -> Role:
        """Create or change a role; another name in ``role`` renames it, which is never repeated by itself.

        Raises NotFound for an unknown template, and Invalid, also for a name that is taken.
        Source: 100ms docs, policy/create-update-role.
        """
        renames = role.name not in {"", role_name}
        path = _role(template_id, role_name)
        return await self._post_whole("templates.upsert_role", path, Role, role, once=renames)

    async def delete_role(self, template_id: str, role_name: str) -> None:
        """Delete a role; its codes are disabled when ``room_codes.create_all`` is asked next.

        Raises NotFound. Source: 100ms docs, policy/delete-a-role.
        """
        await self._delete("templates.delete_role", _role(template_id, role_name))

    async def retrieve_settings(self, template_id: str) -> TemplateSettings:
        """Read the settings. Raises NotFound. Source: 100ms docs, policy/retrieve-settings."""
        path = at("/templates/{template_id}/settings", template_id=template_id)
        return await self._get("templates.retrieve_settings", path, TemplateSettings)

    async def update_settings(self, template_id: str, settings: TemplateSettings) -> TemplateSettings:
        """Replace the settings: what is not sent is lost.

        Raises NotFound, Invalid. Source: 100ms docs, policy/update-settings.
        """
        path = at("/templates/{template_id}/settings", template_id=template_id)
        return await self._post_whole("templates.update_settings", path, TemplateSettings, settings)

    async def retrieve_destinations(self, template_id: str) -> Destinations:
        """Read the destinations. Raises NotFound. Source: 100ms docs, policy/retrieve-destinations."""
        path = at("/templates/{template_id}/destinations", template_id=template_id)
        return await self._get("templates.retrieve_destinations", path, Destinations)

    async def update_destinations(self, template_id: str, destinations: Destinations) -> Destinations:
        """Replace the destinations: what is not sent is lost.

        Raises NotFound, Invalid. Source: 100ms docs, policy/update-destinations.
        """
        path = at("/templates/{template_id}/destinations", template_id=template_id)
        return await self._post_whole("templates.update_destinations", path, Destinations, destinations)

    async def retrieve_recordings(self, template_id: str) -> tuple[RecordingConfig, ...]:
        """Read how rooms are recorded. Raises NotFound. Source: 100ms docs, policy/configure-recordings."""
        path = at("/templates/{template_id}/recordings", template_id=template_id)
        return (await self._get("templates.retrieve_recordings", path, RecordingConfigs)).root

    async def configure_recordings(
        self, template_id: str, config: RecordingConfig
    ) -> tuple[RecordingConfig, ...]:
        """Replace how rooms are recorded; there is one configuration, in a list.

        Raises NotFound, Invalid. Source: 100ms docs, policy/configure-recordings.
        """
        path = at("/templates/{template_id}/recordings", template_id=template_id)
        answer = await self._post_whole("templates.configure_recordings", path, RecordingConfigs, [config])
        return answer.root


def _role(template_id: str, role_name: str) -> str:
    path = "/templates/{template_id}/roles/{role_name}"
    return at(path, template_id=template_id, role_name=role_name)
