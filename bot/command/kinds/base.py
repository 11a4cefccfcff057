"""What every kind of argument answers; a kind overrides what is different about it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum, auto
from typing import Any, ClassVar, Self

from bot.command.ports import Names
from bot.command.references import RoomRef
from bot.command.tokens import Token, prose, quoted
from bot.errors import UserError
from bot.reply import Button, Reply, Term


class Input(Enum):
    """What a form shows a value with.

    A tick holds true or false, lines and several hold a list of texts, every other a text, or None when it
    is empty.
    """

    TEXT = auto()
    PARAGRAPH = auto()
    LINES = auto()
    CHOICE = auto()  # the choices are the kind's, known beforehand
    SEARCH = auto()  # the choices are what ``offers`` answers
    SEVERAL = auto()  # as many of these as one likes
    TICK = auto()
    USER = auto()
    MOMENT = auto()
    QUESTIONS = auto()  # it holds ``Questions`` as JSON

    @property
    def is_searched(self) -> bool:
        """Whether somebody chooses from what ``offers`` answers."""
        return self in {Input.SEARCH, Input.SEVERAL}


class Turn(IntEnum):
    """When a kind is pinned: what others are found in comes first, and so does its error."""

    PLACE = 0
    ALONE = 1
    INSIDE = 2


@dataclass(frozen=True)
class Stated:
    """A field as its command states it: the plain type, what was noted on it, and the kind of its items."""

    annotation: Any
    marks: tuple[Any, ...] = ()
    required: bool = True
    item: "Kind | None" = None


@dataclass(frozen=True)
class Pinned:
    """A value that was pinned, and the free text that its words held behind it."""

    value: Any
    text: str = ""


@dataclass(frozen=True)
class Slot:
    """Where a value is pinned: one argument of a command, of which the earlier turns are pinned.

    ``place`` is the room the command names. ``option`` says whether words would be read as one of its
    options, two dashes before them. ``button`` offers the whole command with this value. ``behind`` makes the
    value of a text that was typed behind this one. ``session`` is the one that the command names.
    """

    names: Names
    place: RoomRef | None
    option: Callable[[str], bool]
    button: Callable[[str | Reply, Pinned], Button]
    behind: Callable[[str], str]
    session: str = ""


class Kind:
    """Reads, writes, pins and shows one kind of argument.

    A field is of the kind whose ``mark`` was noted on it, else of the kind of its ``annotation``.
    """

    annotation: ClassVar[Any] = None
    mark: ClassVar[Any] = None

    # In a line
    many: ClassVar[bool] = False  # takes as many words as there are, else one of ``widths``
    widths: ClassVar[tuple[int, ...]] = (1,)  # the widest that can be read is taken
    prose: ClassVar[bool] = False  # people in it are seen by name, else by id
    free: ClassVar[bool] = False  # nothing but words: none of them is a value too, and it may follow a person
    message: ClassVar[bool] = False  # said to people: behind its first word an unknown option belongs to it
    before_text: ClassVar[bool] = False  # its words may hold the free text that follows it
    rest: ClassVar[bool] = False  # everything behind belongs to it, options too
    alone: ClassVar[bool] = False  # its option needs no value; with ``no-`` before it means the contrary
    repeats: ClassVar[bool] = False  # its option may stand there several times
    option: ClassVar[str] = ""  # an option of every command that means it, whatever the field is called
    sample: ClassVar[str] = ""

    # In a form
    form: ClassVar[Input] = Input.TEXT
    remark: ClassVar[str] = ""  # what an input says that may stay empty because of ``implied``

    implied: ClassVar[Any] = None  # what a field means that nobody filled
    turn: ClassVar[Turn] = Turn.ALONE

    @classmethod
    def of(cls, stated: Stated) -> Self | None:
        """The kind of a field, or None where it is of another."""
        mine = cls.mark in stated.marks if cls.mark else stated.annotation is cls.annotation
        return cls() if mine else None

    @property
    def each(self) -> "Kind":
        """The kind of what is chosen from a list: of several things, that of one."""
        return self

    def read(self, words: str) -> Any:
        """Make the value of somebody's words.

        Raises UserError that says what was expected.
        """
        raise NotImplementedError

    def write(self, value: Any) -> str:
        """Words that ``read`` takes back."""
        return str(value)

    def show(self, value: Any) -> str:
        """What people call this value."""
        return self.write(value)

    def words(self) -> Sequence[str]:
        """The words of which one is chosen; none where any may be said."""
        return ()

    def called(self) -> Mapping[str, Term]:
        """What a form calls those of them that it says otherwise."""
        return {}

    def blank(self, value: Any) -> bool:
        """Whether the value is as good as none."""
        return value is None

    async def pin(self, value: Any, slot: Slot) -> Pinned:  # noqa: ARG002 -- for those that ask what words mean
        """Turn words into an id or an instant.

        Raises UserError when they name nothing, Ambiguous when they name several things.
        """
        return Pinned(value)

    def fill(self, value: Any) -> Any:
        """The value as an input of a form holds it."""
        return self.write(value)

    def unfill(self, held: Any) -> Any:
        """Make the value of what an input holds."""
        return self.read(held)

    @property
    def takes_new(self) -> bool:
        """Whether what is typed into a search may be chosen as it is, also where nothing is called so."""
        return False

    async def offers(
        self,
        names: Names,  # noqa: ARG002 -- for those that are searched for
        place: RoomRef | None,  # noqa: ARG002 -- as above
    ) -> Sequence[Any]:
        """The values that a search may choose from; ``place`` is the room that the command is about."""
        return ()

    def labels(self, values: Sequence[Any]) -> Sequence[str]:
        """What each of them is called among the others, in a list to choose from."""
        return [self.show(value) for value in values]

    def take(self, line: str, tokens: Sequence[Token]) -> Any:
        """Make the value of some words of a line."""
        if tokens and tokens[0].unclosed and not self.many:
            raise UserError("The quote before {words} is never closed.", words=tokens[0].text)
        return self.read(self.said(line, tokens))

    def said(self, line: str, tokens: Sequence[Token]) -> str:
        """What some words of a line say to this kind."""
        return prose(line, tokens) if self.prose else " ".join(token.word for token in tokens)

    def take_option(self, line: str, tokens: Sequence[Token], before: Any) -> Any:  # noqa: ARG002 -- for lists
        """Make the value of the words behind an option; ``before`` is that of the same option earlier."""
        return self.take(line, tokens)

    def take_before_text(self, line: str, tokens: Sequence[Token]) -> tuple[Any, Sequence[Token]]:
        """Make the value of the first of these words, and tell which are left for the free text behind it."""
        return self.take(line, tokens[:1]), tokens[1:]

    def holding(self, words: str) -> str:
        """Words as they are kept in which a value of this kind may stand behind somebody's name."""
        return words

    def holds_text(self, value: Any) -> bool:  # noqa: ARG002 -- for those that cannot be told from a text
        """Whether the value's words still hold the free text behind it."""
        return False

    def fits(self, line: str, tokens: Sequence[Token], width: int) -> bool:
        """Whether so many words can be read; one quoted word always can be tried."""
        if len(tokens) < width or (width > 1 and any(token.quote for token in tokens[:width])):
            return False
        try:
            self.take(line, tokens[:width])
        except UserError:
            return False
        return True

    def reach(self, line: str, behind: Sequence[Token]) -> int:
        """How many of the words behind its option are its value."""
        return next((width for width in self.widths if self.fits(line, behind, width)), 1)

    def word(self, value: Any) -> str:
        """The value where it is read as one word, or as one item of a list."""
        said = self.show(value)
        return quoted(said, if_needed=said.split() == [said] and "," not in said)

    def among(self, value: Any, *, last: bool) -> Sequence[str]:
        """The value among the words; ``last`` where nothing behind could be taken for a part of it."""
        return [quoted(self.show(value), if_needed=last) if self.many else self.word(value)]

    def behind(self, option: str, value: Any) -> Sequence[str]:
        """The value as it stands behind its option."""
        return [f"--{option}", self.word(value)]

    def usage_among(self, word: str) -> str:
        """How a usage line calls it among the words."""
        return word

    def usage_behind(self, option: str, default: Any) -> str:  # noqa: ARG002 -- for what is on or off
        """How a usage line writes its option."""
        return f"--{option} {self.sample or f'<{option}>'}"
