"""What a yes is given to, and when it has changed so much that the yes must be asked for again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.reply.values import Term


@dataclass(frozen=True)
class Stakes:
    """What a card showed: ``targets`` are user ids (else peer ids) with the role each had."""

    session: str = ""
    people: int = 0
    targets: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    running: frozenset[str] = frozenset()

    def json(self) -> dict[str, Any]:
        """The form that is stored with the request."""
        kept = asdict(self)
        return kept | {"hosts": sorted(self.hosts), "running": sorted(self.running)}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Stakes":
        """Read what ``json`` wrote."""
        sets = {name: frozenset(stored[name]) for name in ("hosts", "running")}
        return cls(session=stored["session"], people=stored["people"], targets=stored["targets"], **sets)


def changes(then: Stakes, now: Stakes) -> list[Term]:
    """Say what material changed since the card was shown; empty when a yes still holds.

    A head-count alone counts only when it has more than doubled and grown by ten.
    """
    found = [
        (Term("another session is running now"), then.session != now.session),
        (Term("the people it would act on are others"), set(then.targets) != set(now.targets)),
        (Term("somebody's role has changed"), _roles_changed(then, now)),
        (Term("a recording or stream began or ended"), then.running != now.running),
        (Term("a host joined"), bool(now.hosts - then.hosts)),
        (Term("many more people are there"), _crowded(then.people, now.people)),
    ]
    return [change for change, true in found if true]


def _roles_changed(then: Stakes, now: Stakes) -> bool:
    both = set(then.targets) & set(now.targets)
    return any(then.targets[key] != now.targets[key] for key in both)


def _crowded(then: int, now: int) -> bool:
    return now > 2 * then and now - then >= 10
