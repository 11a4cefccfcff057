"""What a yes is given to, as it is kept with the card that showed it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.reply.values import Counted, pack, plain, unpack


@dataclass(frozen=True)
class Stakes:
    """What a card showed: ``targets`` are user ids (else peer ids) with the role each had.

    ``names`` are what those and the ``hosts`` were called, ``since`` is when the session began, and
    ``running`` says of what kind each recording or stream was. ``held`` are values that it changes some of,
    each by what people call it, as they were.
    """

    session: str = ""
    people: int = 0
    targets: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset()
    running: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    since: datetime | None = None
    held: tuple[tuple[Any, Any], ...] = ()

    def __post_init__(self) -> None:
        vars(self)["held"] = plain(self.held)

    @property
    def hit_a_host(self) -> bool:
        """Whether it is about somebody who is protected."""
        return not self.hosts.isdisjoint(self.targets)

    def called(self, key: str) -> str:
        """What somebody was called; their id, where an earlier release kept no name."""
        return self.names.get(key) or key

    def json(self) -> dict[str, Any]:
        """The form that is stored with the request."""
        since = self.since.isoformat() if self.since else None
        told = {"hosts": sorted(self.hosts), "since": since, "held": pack(self.held)}
        return asdict(replace(self, held=())) | told

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Stakes":
        """Read what ``json`` wrote, also the first release, which kept fewer names."""
        since, running = stored.get("since"), stored["running"]
        return cls(
            session=stored["session"],
            people=stored["people"],
            targets=stored["targets"],
            hosts=frozenset(stored["hosts"]),
            running=running if isinstance(running, Mapping) else dict.fromkeys(running, ""),
            names=stored.get("names", {}),
            since=datetime.fromisoformat(since) if since else None,
            held=unpack(stored.get("held", [])),
        )


RECORDING, LIVE_STREAM, STREAM = "recording", "live stream", "stream"


def what_runs(kinds: Iterable[str]) -> tuple[Counted, ...]:
    """How many of each kind run, such as "1 recording"."""
    kept = list(kinds)
    counts = (
        Counted(kept.count(RECORDING), "recording", "recordings"),
        Counted(kept.count(LIVE_STREAM), "live stream", "live streams"),
        Counted(kept.count(STREAM), "stream to elsewhere", "streams to elsewhere"),
    )
    return tuple(count for count in counts if count.number)
