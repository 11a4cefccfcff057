"""Who is in the emulated workspace before anything happens."""

from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

TEAM = "T0HMS"
HEADQUARTERS = "T0HQ"  # the other workspace of the organisation on Enterprise Grid


@dataclass(frozen=True)
class Person:
    """Somebody with an account: the page acts as one, and ``users.info`` describes one.

    ``team`` is the workspace they come from: another one makes them somebody of Slack Connect. ``teams`` are
    the workspaces of the organisation they are in, first first: it counts on Enterprise Grid only.
    """

    id: str
    name: str
    real_name: str
    tz: str = "UTC"
    team: str = TEAM
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    teams: tuple[str, ...] = ()

    def workspaces(self, ours: str) -> tuple[str, ...]:
        """List the workspaces of the organisation that this account is in, none for a stranger to it."""
        return self.teams or ((HEADQUARTERS, ours) if self.team == ours else ())

    def described(self, now: datetime) -> dict[str, object]:
        """Give Slack's user object; a deleted account has no zone and no roles."""
        names = {"real_name": self.real_name, "display_name": self.name}
        user = {"id": self.id, "team_id": self.team, "name": self.name, "deleted": self.deleted}
        if self.deleted:
            return {**user, "profile": names, "is_bot": self.is_bot}
        return {**user, "real_name": self.real_name, "profile": names} | self._zone(now) | self._flags()

    def _zone(self, now: datetime) -> dict[str, object]:
        local = now.astimezone(_calendar(self.tz))
        offset = local.utcoffset()
        return {
            "tz": self.tz,
            "tz_label": local.tzname(),
            "tz_offset": int(offset.total_seconds()) if offset is not None else 0,
        }

    def _flags(self) -> dict[str, object]:
        return {
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted or self.is_ultra_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
            "is_bot": self.is_bot,
            "is_app_user": False,
        }


def _calendar(tz: str) -> tzinfo:
    """Slack names zones before every machine has their rules."""
    try:
        return ZoneInfo(tz)
    except ZoneInfoNotFoundError:
        return UTC


VI = Person("U0VI", "vi", "Vi", tz="America/New_York")
MO = Person("U0MO", "mo", "Mo", tz="Europe/Berlin")
MAX = Person("U0MAX", "max", "Max", tz="Asia/Kolkata")
ADA = Person("U0ADA", "ada", "Ada", tz="Europe/London", is_admin=True)
GIA = Person("U0GIA", "gia", "Gia", tz="America/Los_Angeles", is_ultra_restricted=True)
BOT = Person("U0HMS", "hms", "hms", is_bot=True)
SLACKBOT = Person("USLACKBOT", "slackbot", "Slackbot")

PEOPLE = (VI, MO, MAX, ADA, GIA)

# Who may come to the workspace too: nobody of them is there at first.
PARTNER = Person("U0PARTNER", "partner", "Partner", team="T0PARTNER")
GUEST = Person("U0GUEST", "guest", "Guest", is_restricted=True)
WORKER = Person("W0WORKER", "worker", "Worker", teams=(HEADQUARTERS, TEAM))
ELSEWHERE = Person("W0ELSEWHERE", "elsewhere", "Elsewhere", team=HEADQUARTERS, teams=(HEADQUARTERS,))
