"""What to say, without the place it is said in.

A ``Reply`` is a template and values. The template is the key of the message catalogue; the place that
shows it (Slack, the shell) escapes and emphasises the values, so nobody's name can speak for the bot.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, Self

from bot.errors import UserError
from bot.reply.invocation import Invocation
from bot.reply.stakes import Stakes
from bot.reply.values import Term, pack, plain, unpack


@dataclass(frozen=True)
class Button:
    """An invocation under a word: whoever presses it asks for it as themselves.

    With ``form`` a press opens the command's form instead, and the arguments are what it is filled with.
    """

    label: str
    invocation: Invocation
    form: bool = False

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Button.load`` reads it."""
        return {"label": self.label, "invocation": self.invocation.json(), "form": self.form}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Button":
        """Read what ``json`` wrote."""
        return cls(stored["label"], Invocation.load(stored["invocation"]), form=stored.get("form", False))


def Undo(command: str, /, **arguments: object) -> Button:  # noqa: N802 -- reads as the noun it makes
    """The inverse of what was just done, on a button: ``Undo("room unlock", room=room)``."""
    return Button("Undo", Invocation(command, **arguments))


@dataclass(frozen=True)
class Table:
    """Rows under headings, which are terms of ours; a cell is a value like any other."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def __post_init__(self) -> None:
        vars(self)["rows"] = plain(self.rows)

    @property
    def lines(self) -> tuple[tuple[Any, ...], ...]:
        """Everything there is to read: the headings, then the rows."""
        return (tuple(map(Term, self.headings)), *self.rows)

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Table.load`` reads it."""
        return {"headings": list(self.headings), "rows": [pack(row) for row in self.rows]}

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Table":
        """Read what ``json`` wrote."""
        return cls(tuple(stored["headings"]), tuple(unpack(row) for row in stored["rows"]))


@dataclass(frozen=True)
class ShownButton:
    """A button as it is shown: ``value`` is opaque, only the dispatcher knows what it stands for."""

    label: str
    value: str
    style: str = ""


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

    ``button`` labels the yes of a consequence and is filled by the same values. ``stakes`` is what that
    yes is given to. ``undo`` and ``buttons`` are commands. ``a + b`` says both, one after the other.
    ``rows`` stand below all of it; they are of this moment, and never stored.
    """

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    button: str = ""
    stakes: Stakes | None = None
    table: Table | None = None
    buttons: tuple[Button, ...] = ()
    rows: tuple[Row, ...] = ()
    more: tuple["Reply", ...] = ()

    def __init__(
        self,
        template: str,
        /,
        *,
        button: str = "",
        stakes: Stakes | None = None,
        table: Table | None = None,
        buttons: Iterable[Button] = (),
        rows: Iterable[Row] = (),
        undo: Button | None = None,
        **values: object,
    ) -> None:
        held: dict[str, Any] = {
            "template": template,
            "button": button,
            "stakes": stakes,
            "table": table,
            "rows": tuple(rows),
            "more": (),
        }
        held["values"] = {name: plain(value) for name, value in values.items()}
        held["buttons"] = (*buttons, *([undo] if undo else []))
        vars(self).update(held)

    def __add__(self, other: "Reply") -> "Reply":
        both = copy(self)
        vars(both)["more"] = (*self.more, *other.sentences())
        return both

    @classmethod
    def of(cls, error: UserError, buttons: Iterable[Button] = ()) -> Self:
        """The sentence of an error, to be shown like any other, with the choices that it leaves."""
        reply = cls(error.template, buttons=buttons)
        vars(reply)["values"] = {name: plain(value) for name, value in error.values.items()}
        return reply

    def sentences(self) -> Iterator["Reply"]:
        """Each sentence in turn, without what follows it."""
        alone = copy(self)
        vars(alone)["more"] = ()
        yield alone
        yield from self.more

    def all_buttons(self) -> tuple[Button, ...]:
        """The buttons of every sentence, in reading order."""
        return tuple(button for sentence in self.sentences() for button in sentence.buttons)

    def all_rows(self) -> tuple[Row, ...]:
        """The rows of every sentence, in reading order."""
        return tuple(row for sentence in self.sentences() for row in sentence.rows)

    def offers(self) -> tuple[Button, ...]:
        """Every command on it that has yet to be kept: of the sentences, then of the rows."""
        rows = (button for row in self.all_rows() for button in row.buttons if isinstance(button, Button))
        return (*self.all_buttons(), *rows)

    def without_buttons(self) -> "Reply":
        """The same words, to be quoted where nothing can be clicked."""
        alone = copy(self)
        vars(alone).update(buttons=(), more=tuple(each.without_buttons() for each in self.more))
        return alone

    def json(self) -> dict[str, Any]:
        """The form that is stored; ``Reply.load`` reads it back equal."""
        return {
            "template": self.template,
            "values": {name: pack(value) for name, value in self.values.items()},
            "button": self.button,
            "stakes": self.stakes.json() if self.stakes else None,
            "table": self.table.json() if self.table else None,
            "buttons": [button.json() for button in self.buttons],
            "more": [sentence.json() for sentence in self.more],
        }

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Reply":
        """Read what ``json`` wrote."""
        reply = cls(
            stored["template"],
            button=stored["button"],
            stakes=Stakes.load(stored["stakes"]) if stored["stakes"] else None,
            table=Table.load(stored["table"]) if stored["table"] else None,
            buttons=[Button.load(button) for button in stored["buttons"]],
            **{name: unpack(value) for name, value in stored["values"].items()},
        )
        vars(reply)["more"] = tuple(cls.load(sentence) for sentence in stored["more"])
        return reply
