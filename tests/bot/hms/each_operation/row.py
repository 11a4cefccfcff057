"""What every operation has to show: a call that works, what it leaves behind, and how it is refused."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.hms import Hms, HmsError
from tests.bot.hms.each_operation.stage import Stage

Ask = Callable[[Hms, Stage], Awaitable[Any]]
UNKNOWN = "0" * 24


async def _nothing(_: Hms, __: Stage) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Row:
    """One operation. ``refused`` asks for something that 100ms documents as refused, with ``error``."""

    works: Ask
    refused: Ask
    error: type[HmsError]


@dataclass(frozen=True, kw_only=True)
class Act(Row):
    """It changes something: ``state`` sees in the world what it ``leaves``, and not what was there before.

    ``first`` is done beforehand.
    """

    state: Callable[[Stage], object]
    leaves: object
    first: Ask = _nothing


@dataclass(frozen=True, kw_only=True)
class Read(Row):
    """It changes nothing: ``tells`` compares the answer with the world."""

    tells: Callable[[Any, Stage], object]


def ids(found: Sequence[Any]) -> list[str]:
    return [each.id for each in found]
