"""What to say, without the place it is said in.

A ``Reply`` is a template and values. The template is the key of the message catalogue; the place that
shows it (Slack, the shell) escapes and emphasises the values, so nobody's name can speak for the bot.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Self

from bot.errors import UserError
from bot.reply.chart import Chart
from bot.reply.file import File
from bot.reply.invocation import Invocation
from bot.reply.stakes import Stakes
from bot.reply.table import Table
from bot.reply.values import pack, plain, unpack

FEW = 5  # things: of more nobody finds the one whose button they want


@dataclass(frozen=True)
class Button:
    """An invocation under a word: whoever presses it asks for it as themselves.

    The label is some words, or a reply where names or numbers stand in it. With ``form`` a press opens the
    command's form instead, and the arguments are what it is filled with. With ``once`` it goes from its card
    when that was done, by whomever and however. With ``alone`` what it stands on is about nothing
    else, so that the answer takes its place.
    """

    label: "str | Reply"
    invocation: Invocation
    form: bool = False
    once: bool = False
    alone: bool = False

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Button.load`` reads it."""
        label = self.label if isinstance(self.label, str) else self.label.json()
        return {
            "label": label,
            "invocation": self.invocation.json(),
            "form": self.form,
            "once": self.once,
            "alone": self.alone,
        }

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Button":
        """Read what ``json`` wrote."""
        label, invocation = stored["label"], Invocation.load(stored["invocation"])
        return cls(
            label if isinstance(label, str) else Reply.load(label),
            invocation,
            form=stored.get("form", False),
            once=stored.get("once", False),
            alone=stored.get("alone", False),
        )


def Undo(label: "Reply", command: str, /, **arguments: object) -> Button:  # noqa: N802 -- reads as the noun
    """What takes back what was just done, on a button that says what it does.

    ``Undo(Reply("Unlock {room}", room=room), "room unlock", room=room)``.
    """
    return Button(label, Invocation(command, **arguments), once=True)


@dataclass(frozen=True)
class ShownButton:
    """A button as it is shown: ``value`` is opaque, only the dispatcher knows what it stands for.

    ``about`` is what somebody hears who does not see what stands around it.
    """

    label: str
    value: str
    style: str = ""
    about: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a list with its own acts: buttons below it, or as a ``menu`` beside it.

    A button that decides on a request has its value already, as on the request's card.
    """

    said: "Reply"
    buttons: tuple[Button | ShownButton, ...] = ()
    menu: bool = False


@dataclass(frozen=True, init=False)
class Reply:
    """One sentence with its values, and what hangs on it.

    A consequence is a question: ``button`` labels its yes and ``meanwhile`` is read while it is done, where
    that takes long; both are filled by the same values. ``stakes`` is what that yes is given to, ``facts``
    are the case, a few words each, that stand in a row below it. ``undo`` and ``buttons`` are commands.
    ``a + b`` says both, one after the other. ``rows`` stand below all of it; they are of this moment, and
    never stored. Nor is a ``file``: it goes with a look, or with a post.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    button: str = ""
    meanwhile: str = ""
    facts: tuple["Reply", ...] = ()
    stakes: Stakes | None = None
    table: Table | None = None
    chart: Chart | None = None
    file: File | None = None
    buttons: tuple[Button, ...] = ()
    rows: tuple[Row, ...] = ()
    more: tuple["Reply", ...] = ()

    def __init__(  # noqa: PLR0913 - whatever may hang on a sentence
        self,
        template: str,
        /,
        *,
        button: str = "",
        meanwhile: str = "",
        facts: Iterable["Reply"] = (),
        stakes: Stakes | None = None,
        table: Table | None = None,
        chart: Chart | None = None,
        file: File | None = None,
        buttons: Iterable[Button] = (),
        undo: Button | None = None,
        **values: object,
    ) -> None:
        held: dict[str, Any] = {
            "template": template,
            "button": button,
            "meanwhile": meanwhile,
            "facts": tuple(facts),
            "stakes": stakes,
            "table": table,
            "chart": chart,
            "file": file,
            "rows": (),
            "more": (),
        }
        held["values"] = {name: plain(value) for name, value in values.items()}
        held["buttons"] = (*buttons, *([undo] if undo else []))
        vars(self).update(held)

    def __add__(self, other: "Reply") -> "Reply":
        return self._with(more=(*self.more, *other.sentences()))

    def then(self, other: "Reply") -> "Reply":
        """Says both, the other in a line of its own where this ends without a stop, in a value."""
        *_, last = self.sentences()
        stops = not last.template or last.template.endswith((".", "?", "!", ":"))
        says = any(sentence.template for sentence in other.sentences())
        return self + other if stops or not says else self + Reply("\n") + other

    @classmethod
    def of(cls, error: UserError, buttons: Iterable[Button] = ()) -> Self:
        """The sentence of an error, to be shown like any other, with the choices that it leaves."""
        reply = cls(error.template, buttons=buttons)
        vars(reply)["values"] = {name: plain(value) for name, value in error.values.items()}
        return reply

    def sentences(self) -> Iterator["Reply"]:
        """Each sentence in turn, without what follows it."""
        yield self._with(more=()) if self.more else self
        yield from self.more

    def all_buttons(self) -> tuple[Button, ...]:
        """The buttons of every sentence, in reading order."""
        return tuple(button for sentence in self.sentences() for button in sentence.buttons)

    def files(self) -> tuple["tuple[Reply, File]", ...]:
        """Every file, with the sentence whose values fill its title."""
        return tuple((sentence, sentence.file) for sentence in self.sentences() if sentence.file)

    def charted(self) -> tuple["Reply", ...]:
        """The chart of the first sentence in words, a line each: its text twin."""
        lines = self.chart.lines() if self.chart else ()
        return tuple(Reply(template, **values) for template, values in lines)

    def first(self) -> "Reply":
        """The first sentence alone, without what stands below it: of a consequence the question."""
        return self._with(facts=(), table=None, chart=None, file=None, buttons=(), more=())

    def under_way(self) -> "Reply":
        """What is read while it is done: of a consequence whose deed takes long its own words."""
        return Reply(self.meanwhile, **self.values) if self.meanwhile else Reply("Working on it.")

    def below(self) -> "Reply":
        """What stands below the first sentence: of a consequence the case."""
        return self._with(template="", values={}, button="", meanwhile="", stakes=None)

    def without_facts(self) -> "Reply":
        """The sentences without the row below the first."""
        return self._with(facts=())

    def with_facts(self, facts: Iterable["Reply"]) -> "Reply":
        """The same with more facts in the row below the first sentence."""
        return self._with(facts=(*self.facts, *facts))

    def overtaken(self, at: datetime, said: "Reply") -> "Reply":
        """The same without its buttons, and below it what was done since to what they were for."""
        return self.without_buttons().with_facts((Reply("{at}", at=at), said.without_buttons().first()))

    @property
    def is_overtaken(self) -> bool:
        """Whether something was done since to what its buttons were for: nothing else says when, alone."""
        return any(fact.template == "{at}" for fact in self.facts)

    def with_file(self, file: File) -> "Reply":
        """The same with all of what it shows a part of."""
        return self._with(file=file)

    def with_rows(self, rows: Iterable[Row]) -> "Reply":
        """The same with lines below it that have acts of their own."""
        return self._with(rows=tuple(rows))

    def listing(self, rows: Iterable[Row], table: Table, one: Button) -> "Reply":
        """The same with what it lists: few things with what can be done to each, more as a table to sort.

        A table has no acts; ``one`` below it opens the form that asks for one of the things.
        """
        shown = tuple(rows)
        if len(shown) <= FEW:
            return self.with_rows(shown)
        return self._with(table=table, buttons=(*self.buttons, one))

    def all_rows(self) -> tuple[Row, ...]:
        """The rows of every sentence, in reading order."""
        return tuple(row for sentence in self.sentences() for row in sentence.rows)

    def offers(self) -> tuple[Button, ...]:
        """Every command on it that has yet to be kept: of the sentences, then of the rows."""
        rows = (button for row in self.all_rows() for button in row.buttons if isinstance(button, Button))
        return (*self.all_buttons(), *rows)

    def without_buttons(self) -> "Reply":
        """The same words, to be quoted where nothing can be clicked."""
        rows = tuple(replace(row, buttons=()) for row in self.rows)
        return self._with(buttons=(), rows=rows, more=tuple(each.without_buttons() for each in self.more))

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Reply.load`` reads it back equal."""
        if self.file:
            raise ValueError("a file is not written down with words: it goes with a look or with a post")
        return {
            "template": self.template,
            "values": {name: pack(value) for name, value in self.values.items()},
            "button": self.button,
            "meanwhile": self.meanwhile,
            "facts": [fact.json() for fact in self.facts],
            "stakes": self.stakes.json() if self.stakes else None,
            "table": self.table.json() if self.table else None,
            "chart": self.chart.json() if self.chart else None,
            "buttons": [button.json() for button in self.buttons],
            "more": [sentence.json() for sentence in self.more],
        }

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Reply":
        """Read what ``json`` wrote."""
        reply = cls(
            stored["template"],
            button=stored["button"],
            meanwhile=stored.get("meanwhile", ""),
            facts=[cls.load(fact) for fact in stored.get("facts", ())],
            stakes=Stakes.load(stored["stakes"]) if stored["stakes"] else None,
            table=Table.load(stored["table"]) if stored["table"] else None,
            chart=Chart.load(stored["chart"]) if stored.get("chart") else None,
            buttons=[Button.load(button) for button in stored["buttons"]],
            **{name: unpack(value) for name, value in stored["values"].items()},
        )
        vars(reply)["more"] = tuple(cls.load(sentence) for sentence in stored["more"])
        return reply

    def _with(self, **changes: object) -> "Reply":
        """The same with other members; ``copy`` takes ten times as long, and this is done often."""
        other = object.__new__(Reply)
        vars(other).update(vars(self), **changes)
        return other
