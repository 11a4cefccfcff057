"""Arbitrary commands: every kind of argument, with anything inside that people and phones put there."""

from datetime import timedelta
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.command import Command, PersonRef, RoomRef, Time, UserRef
from bot.command.arguments import Argument, alternative, arguments
from bot.command.kinds.base import Kind
from bot.command.kinds.choice import ChoiceKind
from bot.command.kinds.length import LengthKind
from bot.command.kinds.moment import MomentKind
from bot.command.kinds.number import NumberKind
from bot.command.kinds.person import PersonKind
from bot.command.kinds.role import RoleKind
from bot.command.kinds.room import RoomKind
from bot.command.kinds.several import SeveralKind
from bot.command.kinds.text import TextKind
from bot.command.kinds.user import UserKind
from bot.command.kinds.warnings import WarningsKind

AWKWARD = (
    *"\"'“”„«»\\—-=,*_` \n\t",
    *"’‘–",  # noqa: RUF001 -- phones type them
    *("  ", "\u00a0", "\u2060", "\u202e", "\\\\", "--", "\\<@U1>", '\\"', "&lt;", "{room}"),
    *("--yes", "--lock", "—lock", "--room=x", "--no-lock", "--reason", "--until", "--in"),
    *("#3", "user:1", "peer:", "10m", "12", "18:30", "tomorrow", "on", "second", "show", "start"),
    *("<@U1|mo>", "<@U1>", "<#C1|general>", "<!channel>", "O'Brien", "Gus"),
)

anything = st.one_of(st.text(max_size=12), st.lists(st.sampled_from(AWKWARD), max_size=6).map("".join))
"""Texts of which half are made of what means something in a line."""

said = anything.filter(str.strip)
moments = st.sampled_from(
    ["18:30", "9:05", "tomorrow 09:00", "in 10m", "90s", "fri 18:00", "2030-01-31T18:30+01:00"]
)
user_ids = st.from_regex(r"U[A-Z0-9]{1,10}", fullmatch=True)


@st.composite
def commands(draw: st.DrawFn, command: type[Command]) -> Command:
    stated = arguments(command)
    values = {one.name: draw(_value(one)) for one in stated if one.required or draw(st.booleans())}
    for argument in stated:
        _keep_one(draw, argument, alternative(argument, stated), values)
    try:
        return command.model_validate(values)
    except ValidationError:
        reject()


def _keep_one(draw: st.DrawFn, argument: Argument, other: Argument | None, values: dict[str, Any]) -> None:
    """Of two arguments of which one is needed, give exactly one."""
    if other is None:
        return
    kept, left = draw(st.permutations([argument, other]))
    values.pop(left.name, None)
    values[kept.name] = draw(said if isinstance(kept.kind, TextKind) else _value(kept))


def _value(argument: Argument) -> st.SearchStrategy[Any]:
    kind = argument.kind
    if isinstance(kind, ChoiceKind):
        return st.sampled_from(list(kind.choices.values()))
    if isinstance(kind, SeveralKind):
        return st.lists(anything, min_size=int(argument.required), max_size=4)
    if isinstance(kind, TextKind):
        return said if argument.required else anything
    return _OF_KIND[type(kind)]


_OF_KIND: dict[type[Kind], st.SearchStrategy[Any]] = {
    RoleKind: said,
    RoomKind: said.map(lambda words: RoomRef(words=words)),
    PersonKind: said.map(lambda words: PersonRef(words=words)),
    UserKind: user_ids.map(lambda user: UserRef(id=user)),
    MomentKind: moments.map(lambda words: Time(words=words)),
    WarningsKind: st.sets(st.integers(1, 1440), max_size=5).map(
        lambda minutes: tuple(sorted(minutes, reverse=True))
    ),
    LengthKind: st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds)),
    NumberKind: st.integers(-(10**9), 10**9),
}
