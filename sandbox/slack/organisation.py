"""The organisation that a workspace belongs to on Enterprise Grid, and what it changes on the wire."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.slack.people import Person
from sandbox.slack.switches import Switches

ID, NAME = "E0HMS", "HMS everywhere"


@dataclass(frozen=True)
class Organisation:
    """Say who belongs to whom, as the switches have it; off Grid everybody is of their own workspace."""

    switches: Switches
    team: str

    @property
    def there(self) -> bool:
        """Say whether the workspace belongs to an organisation at all."""
        return self.switches.grid != "off"

    @property
    def id(self) -> str | None:
        """Give the organisation's id, None off Grid."""
        return ID if self.there else None

    @property
    def named(self) -> dict[str, str]:
        """Give the fields that a payload has beside those of its workspace."""
        return {"enterprise_id": ID, "enterprise_name": NAME} if self.there else {}

    @property
    def whole(self) -> dict[str, str] | None:
        """Give the ``enterprise`` of an interaction."""
        return {"id": ID, "name": NAME} if self.there else None

    def is_ours(self, person: Person) -> bool:
        """Say whether somebody is of this workspace; whoever is of Slack Connect is not."""
        return self.team in person.workspaces(self.team) if self.there else person.team == self.team

    def team_of(self, person: Person) -> str:
        """Give the ``team_id`` of whoever acts: on Grid it may be none of the workspace they act in."""
        teams = person.workspaces(self.team)
        if not (self.there and teams):
            return person.team
        return teams[0] if self.switches.grid == "workspace" else ID

    def described(self, person: Person, now: datetime) -> dict[str, Any]:
        """Give Slack's user object."""
        user = person.described(now)
        teams = person.workspaces(self.team)
        if not (self.there and teams) or person.is_bot:
            return user
        if not self.switches.grid_team_id:
            user.pop("team_id")
        return {**user, "enterprise_user": self._member(person, teams)}

    def _member(self, person: Person, teams: tuple[str, ...]) -> dict[str, Any]:
        flags = {"is_admin": person.is_admin, "is_owner": False, "is_primary_owner": False}
        return {"id": person.id, **self.named, **flags, "teams": list(teams)}
