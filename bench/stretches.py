"""How long one step holds the event loop up, while people type what nobody expects.

Lines are read, pinned and answered with suggestions as the road does it, in this process; each step of the
loop is timed. In the room are as many people, and in the workspace as many rooms, as the house promises for.
"""

import asyncio
import gc
import logging
import random
import time
from collections.abc import Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import structlog

from bench.hms_callers import SECRET
from bench.table import Table, at, limit
from bot.access import Access
from bot.clock import system
from bot.command import PersonRef, Registry, Unreadable, matching, suggested, understood
from bot.command.forms import offered
from bot.command.matching import holding
from bot.errors import UserError
from bot.features.person.acts import with_role
from bot.features.poll.book import PollBook
from bot.features.poll.finding import KnownPolls
from bot.features.room.book import RoomBook, bindings
from bot.features.room.cache import RoomCache
from bot.features.room.live import Live
from bot.features.room.names import Directory, HereNames
from bot.features.room.rows import Rows
from bot.features.schedule.book import Windows
from bot.hms import Hms, Role
from bot.people import Actor
from bot.request.request import Origin
from bot.shell.serve import GARBAGE
from bot.store import Database
from bot.work.tasks import Tasks

PEOPLE, ROOMS, LINES = 2500, 10_000, 2000
MOST = 5.0  # ms
SEED = 2026
LONGEST = 4000  # characters of a line
ROLES = ("guest", "host", "stage")
GIVEN = ("Gus", "Ivy", "Zoë", "Jürgen", "Anna", "Łukasz", "O'Brien", "Müller", "Guest", "Siobhán")
VERBS = (
    "remove",
    "kick",
    "say",
    "who",
    "status",
    "end-room",
    "room lock",
    "room show",
    "help",
    "can",
    "close",
)
ODD = (
    *("'", '"', "“", "«", "'a", '"a', '\\"', "--in", "--to", "--role", "—lock", "--yes", "--until", "-"),
    *(
        "<@U0MO>",
        "<#C7>",
        "<#",
        "#3",
        "user:",
        "peer:7",
        "\u200b",
        "e\u0301",
        "😀",
        "30 min",
        "tomorrow 9:00",
    ),
)

SEARCHED = ("zoe", "nobody", "z" * LONGEST, "Ünknöwn")

Steps = dict[str, list[float]]


class Hall(HereNames):
    """What words mean to somebody in a crowded room; what 100ms answers is not what is measured."""

    inside: Sequence[PersonRef] = ()

    async def people(self, _room: str) -> Sequence[PersonRef]:
        return self.inside

    async def roles(self, _room: str) -> Mapping[str, Role]:
        return {name: Role.model_validate({"name": name}) for name in ROLES}


async def run(*, quick: bool) -> Table:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    rounds = 3 if quick else 6
    with TemporaryDirectory() as folder:
        db = await Database.open(f"sqlite:///{Path(folder, 'stretches.db')}")
        await db.migrate()
        names = await _hall(db)
        _as_served()
        taken = [await _round(names) for _ in range(rounds)]
        await db.close()
    rows = [_row(called, [each[called] for each in taken]) for called in taken[0]]
    return Table(
        "The longest step of the event loop",
        ("", "lines", "p50", "p99", "longest"),
        rows,
        f"The longest step that each of {LINES:,} lines makes the loop take before others have their turn, "
        f"in ms, at {PEOPLE:,} people in the room and {ROOMS:,} rooms, each with a channel that speaks for "
        f"it. It is time of the thread on a processor, and the least of {rounds} rounds: what else runs on "
        "the machine does not count. Not in it is what 100ms answers, and what is drawn for Slack.",
    )


def _as_served() -> None:
    """What was built stays, as in a bot that serves."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)


def _row(called: str, rounds: Sequence[Sequence[float]]) -> Sequence[str]:
    ms = [min(each) for each in zip(*rounds, strict=True)]
    return called, f"{len(ms):,}", f"{at(ms, 0.5):.2f}", f"{at(ms, 0.99):.2f}", limit(max(ms), MOST, "{:.2f}")


async def _round(names: Hall) -> Steps:
    """The longest step of every line; the names are new to the bot, the lines the same in every round."""
    matching._known.cache_clear()  # noqa: SLF001
    registry, chance = Registry(), random.Random(SEED)
    kinds = {
        "with a slip of the finger": mistyped,
        "made to be slow": made_slow,
        "as it should be": _right,
    }
    lines = {called: [line(chance) for _ in range(LINES // 3 + 1)] for called, line in kinds.items()}
    steps = {
        called: [await _longest(_taken(registry, line, names)) for line in typed]
        for called, typed in lines.items()
    }
    steps["a search in a list"] = [await _longest(_found(registry, names, words)) for words in SEARCHED]
    return steps


async def _longest(work: Coroutine[None, None, None]) -> float:
    """The longest step of the event loop while something is done, in ms."""
    steps: list[float] = []
    with _timed(steps):
        await asyncio.create_task(work)
    return max(steps)


async def _taken(registry: Registry, line: str, names: Hall) -> None:
    """What the road does with a line before it asks 100ms for anything."""
    try:
        heard = understood(registry, line)
        await asyncio.sleep(0)  # here the road writes down what was asked
        await heard.command.pin(names)
    except Unreadable as wrong:
        suggested(registry, line, wrong, "U0MO", lambda _: True)
    except UserError:
        return


async def _found(registry: Registry, names: Hall, words: str) -> None:
    """What `who --find`, a role and a form's list of rooms look through."""
    await holding(words, names.inside)
    await offered(registry.commands["end-room"], "room", names, None, words)
    with_role(Live("session", here=tuple(names.inside), host_roles=frozenset(ROLES)), "guest")


def mistyped(chance: random.Random) -> str:
    """A line with a slip of the finger in its name, and maybe in its verb."""
    name = list(_name(chance))
    at_ = chance.randrange(len(name))
    name[at_ : at_ + 1] = chance.choice(("", "x", name[at_] * 2))
    words = " ".join(chance.choices(("he", "is", "spamming", "the", "chat"), k=chance.randrange(30)))
    verb = chance.choice((*VERBS, "remvoe", "lokc", "satuts", "end-rom", "rooom list"))
    return f"{verb} {''.join(name)} {words}"


def made_slow(chance: random.Random) -> str:
    """A long line of what costs most to tell apart."""
    pieces = chance.choices((*ODD, *GIVEN, "a", "aa", _name(chance)), k=chance.choice((1, 2, 3)))
    whole = f"{chance.choice((*VERBS, ''))} {chance.choice(('', 'Gus '))}"
    while len(whole) < chance.choice((200, LONGEST)):
        whole += chance.choice(pieces) + chance.choice((" ", " ", ""))
    return whole[:LONGEST]


def _right(chance: random.Random) -> str:
    name = _name(chance)
    return chance.choice(
        (f"remove {name} spamming the chat", f"say --to '{name}' hello", f"status room-{name[-1]}")
    )


def _name(chance: random.Random) -> str:
    return _called(chance.randrange(PEOPLE))


def _called(number: int) -> str:
    return f"{GIVEN[number % len(GIVEN)]} {GIVEN[number // 7 % len(GIVEN)]} {number}"


async def _hall(db: Database) -> Hall:
    async with db.write() as tx:
        rows = [
            {
                "channel": f"C{number}",
                "room_id": f"{number:024x}",
                "room_name": f"room-{number}",
                "viewers": False,
            }
            for number in range(ROOMS)
        ]
        await tx.execute(bindings.insert(), rows)
    elsewhere = httpx.MockTransport(lambda _: httpx.Response(200, json={"data": []}))
    hms = Hms("http://100ms.invalid/v2", "key", SECRET, clock=system, transport=elsewhere)
    rooms, polls = RoomBook(db, system), KnownPolls(hms, PollBook(db, system)).of
    cache = RoomCache(hms, system, rooms, Tasks().spawn)
    access = Access(db, system, ("U0MO",), rooms.viewers)
    directory = Directory(
        hms,
        cache,
        rooms,
        Rows(db, system),
        system,
        "UTC",
        Windows(db, system).openings,
        polls,
        _no_targets,
        _no_trunks,
    )
    actor = Actor("U0MO", "Mo")
    names = Hall(directory, actor, Origin("bench", "1", channel="C0"), lambda: access.rights(actor))
    names.inside = [
        PersonRef(peer_id=f"p{number}", user_id=f"u{number}", name=_called(number), role=ROLES[number % 2])
        for number in range(PEOPLE)
    ]
    return names


async def _no_targets(_room: str) -> Sequence[str]:
    return ()


async def _no_trunks() -> Sequence[str]:
    return ()


@contextmanager
def _timed(steps: list[float]) -> Iterator[None]:
    """Time every step that the event loop takes meanwhile."""
    plain = asyncio.Handle._run  # noqa: SLF001 -- whatever the loop does is one of these

    def timed(handle: asyncio.Handle) -> None:
        began = time.thread_time()
        plain(handle)
        steps.append((time.thread_time() - began) * 1000)

    asyncio.Handle._run = timed  # type: ignore[assignment, method-assign]  # noqa: SLF001
    try:
        yield
    finally:
        asyncio.Handle._run = plain  # type: ignore[method-assign]  # noqa: SLF001
