"""How many were in a session at once, from moment to moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from bot.features.session.attendance import Attendee

MOST_STEPS = 20  # of the curve: Slack draws no more
STEPS = (1, 2, 3, 5, 10, 15, 20, 30, 60)  # minutes, as people divide an hour
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Crowd:
    """How many people were there from one moment on."""

    since: datetime
    people: int


def curve(people: Iterable[Attendee]) -> tuple[Crowd, ...]:
    """How many were there from each moment on; who goes as another comes was never there beside them."""
    spans = [span for one in people for span in one.spans]
    changes = [change for start, end in spans if start < end for change in ((start, 1), (end, -1))]
    there, found = 0, list[Crowd]()
    for at, together in groupby(sorted(changes), key=lambda change: change[0]):
        there += sum(change for _, change in together)
        if not found or found[-1].people != there:
            found.append(Crowd(at, there))
    return tuple(found)


def peak(steps: Iterable[Crowd]) -> int:
    """How many were there at once, at most."""
    return max((one.people for one in steps), default=0)


def stepped(steps: Sequence[Crowd], began: datetime, until: datetime) -> tuple[int, tuple[int, ...]]:
    """The curve in equal steps: how many minutes one is, and the most people that were there in each."""
    minutes = max(-(-(until - began) // MINUTE), 1)
    width = next((one for one in STEPS if minutes <= one * MOST_STEPS), STEPS[-1])
    starts = [began + MINUTE * at for at in range(0, minutes, width)]
    return width, tuple(_most(steps, start, start + MINUTE * width) for start in starts[:MOST_STEPS])


def _most(steps: Sequence[Crowd], start: datetime, end: datetime) -> int:
    before = [one.people for one in steps if one.since <= start]
    within = [one.people for one in steps if start < one.since < end]
    return max([*before[-1:], *within], default=0)
