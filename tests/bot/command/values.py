"""Arbitrary commands: every kind of argument, with anything inside that people and phones put there."""

from datetime import timedelta
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.command import (
    Cadence,
    Command,
    Days,
    Hours,
    InnerLine,
    LocalDate,
    PersonRef,
    PollRef,
    Registry,
    RoomRef,
    Time,
    UserRef,
    Warnings,
)
from bot.command.arguments import Argument, alternative, arguments, typed
from bot.command.drafts import DraftOption, DraftQuestion, Questions
from bot.command.kinds.base import Kind
from bot.command.kinds.cadence import CadenceKind
from bot.command.kinds.choice import ChoiceKind
from bot.command.kinds.day import LocalDateKind
from bot.command.kinds.days import DaysKind
from bot.command.kinds.hours import HoursKind
from bot.command.kinds.length import LengthKind
from bot.command.kinds.moment import MomentKind, OpeningKind
from bot.command.kinds.named import NamedKind
from bot.command.kinds.number import NumberKind
from bot.command.kinds.person import PersonKind
from bot.command.kinds.poll import PollKind
from bot.command.kinds.questions import QuestionsKind
from bot.command.kinds.room import RoomKind, RoomOrEveryKind
from bot.command.kinds.secret import SecretKind
from bot.command.kinds.several import SeveralChosenKind, SeveralKind
from bot.command.kinds.telephone import TelephoneKind
from bot.command.kinds.template import TemplateKind, TemplateRef
from bot.command.kinds.text import TextKind
from bot.command.kinds.took_part import TookPartKind
from bot.command.kinds.user import UserKind
from bot.command.kinds.warnings import WarningsKind
from bot.command.kinds.zone import ZoneKind
from bot.command.times import WEEKDAYS
from bot.command.vault import Sealed
from bot.errors import UserError

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
dates = st.sampled_from(["2030-12-25", "tomorrow", "25 dec", "fri", "dec 1st"])
cadences = st.sampled_from(["15m", "90s", "1h30m", "daily 9:00", "mon,fri 10:30", "1st 08:00", "last 8pm"])
times_of_day = st.times().map(lambda at: at.replace(second=0, microsecond=0))
hours = st.lists(times_of_day, min_size=2, max_size=2, unique=True)
numbers = st.from_regex(r"\+?[0-9]{3,15}", fullmatch=True)
zones = st.sampled_from(["Europe/Rome", "America/New_York", "UTC", "Etc/GMT-3"])
texts = said.map(lambda words: " ".join(words.split())).filter(bool)
options = st.builds(DraftOption, key=st.just(0), text=texts)
questions = st.builds(
    DraftQuestion,
    key=st.just(0),
    text=texts,
    way=st.sampled_from(["one", "several"]),
    options=st.lists(options, min_size=2, max_size=3).map(tuple),
)
inner_lines = st.sampled_from(
    [
        "end-room --lock",
        "room lock standup --until 18:30",
        "say 'hello \"you\"' --reason quiet",
        "remove Gus rude",
    ]
)
user_ids = st.from_regex(r"U[A-Z0-9]{1,10}", fullmatch=True)


@st.composite
def commands(draw: st.DrawFn, command: type[Command]) -> Command:
    stated = typed(command)
    values = {one.name: draw(_value(one)) for one in stated if one.required or draw(st.booleans())}
    for argument in stated:
        _keep_one(draw, argument, alternative(argument, stated), values)
    within = [name for name, field in command.model_fields.items() if field.annotation is InnerLine]
    values |= {name: draw(inner_lines) for name in within}
    try:
        return command.model_validate(values, context=Registry())
    except (ValidationError, UserError):
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
    if isinstance(kind, SeveralKind | SeveralChosenKind):
        return st.lists(anything, min_size=int(argument.required), max_size=4)
    if isinstance(kind, TextKind):
        return said if argument.required else anything
    return _OF_KIND[type(kind)]


_OF_KIND: dict[type[Kind], st.SearchStrategy[Any]] = {
    NamedKind: said,
    RoomKind: said.map(lambda words: RoomRef(words=words)),
    RoomOrEveryKind: said.map(lambda words: RoomRef(words=words)),
    PersonKind: said.map(lambda words: PersonRef(words=words)),
    UserKind: user_ids.map(lambda user: UserRef(id=user)),
    MomentKind: moments.map(lambda words: Time(words=words)),
    OpeningKind: moments.map(lambda words: Time(words=words)),
    LengthKind: st.integers(1, 10**7).map(lambda seconds: timedelta(seconds=seconds)),
    CadenceKind: cadences.map(Cadence.parse),
    DaysKind: st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(lambda on: Days(on=tuple(on))),
    HoursKind: hours.map(lambda two: Hours(start=two[0], end=two[1])),
    LocalDateKind: dates.map(lambda words: LocalDate(words=words)),
    WarningsKind: st.lists(st.integers(1, 1440), max_size=10).map(lambda few: Warnings(minutes=tuple(few))),
    ZoneKind: zones,
    TelephoneKind: numbers,
    NumberKind: st.integers(-(10**9), 10**9),
    PollKind: said.map(lambda words: PollRef(words=words)),
    QuestionsKind: st.lists(questions, min_size=1, max_size=3).map(Questions.of),
    TemplateKind: said.map(lambda words: TemplateRef(words=words)),
    TookPartKind: said.map(lambda words: PersonRef(words=words)),
    SecretKind: st.just(Sealed()),  # what is sealed is written in no line and no form
}


def hides(command: Command) -> bool:
    """Whether its line does not read back: it shows only the end of somebody's number."""
    stated = ((one.kind, getattr(command, one.name)) for one in arguments(type(command)))
    return any(isinstance(kind, TelephoneKind) and not kind.blank(value) for kind, value in stated)
