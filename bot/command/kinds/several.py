"""A list of texts, each a word or quoted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self, get_origin

from bot.command.kinds.base import Input, Kind, Pinned, Slot, Stated, Turn
from bot.command.tokens import Token
from bot.reply import Button, Reply


@dataclass(frozen=True)
class SeveralKind(Kind):
    """A list of texts, each a word or quoted."""

    many = prose = repeats = True
    form = Input.LINES
    item: Kind
    make: Callable[[Iterable[Any]], Any] = tuple

    @classmethod
    def of(cls, stated: Stated) -> Self | None:
        """A list or a tuple of what is of one kind, and is written."""
        if stated.item is None or stated.item.form is Input.SEARCH:
            return None
        return cls(stated.item, get_origin(stated.annotation) or tuple)

    def words(self) -> Sequence[str]:
        """The words of which each is chosen."""
        return self.item.words()

    def blank(self, value: Any) -> bool:
        """An empty list."""
        return not value

    def fill(self, value: Any) -> Any:
        """Each by itself."""
        return [self.item.fill(one) for one in value]

    def unfill(self, held: Any) -> Any:
        """Each by itself."""
        return self.make(self.item.unfill(one) for one in held)

    def take(self, line: str, tokens: Sequence[Token]) -> Any:  # noqa: ARG002 -- a word is an item
        """A word or a quoted text is an item."""
        return self.make(self.item.read(token.prose) for token in tokens)

    def take_option(self, line: str, tokens: Sequence[Token], before: Any) -> Any:
        """``--warn 10,5 --warn 1`` is one list."""
        return (*(before or ()), *self.take(line, _listed(*tokens)))

    def among(self, value: Any, *, last: bool) -> Sequence[str]:  # noqa: ARG002 -- an item ends where it ends
        """A word each."""
        return [self.item.word(one) for one in value]

    def behind(self, option: str, value: Any) -> Sequence[str]:
        """An option each."""
        return [word for one in value for word in self.item.behind(option, one)]


@dataclass(frozen=True)
class SeveralChosenKind(SeveralKind):
    """Several things that are chosen from a list, each as it is by itself."""

    turn, form = Turn.INSIDE, Input.SEVERAL

    @classmethod
    def of(cls, stated: Stated) -> Self | None:
        """A list of what a form lets people search."""
        if stated.item is None or stated.item.form is not Input.SEARCH:
            return None
        return cls(stated.item, get_origin(stated.annotation) or tuple)

    async def pin(self, value: Any, slot: Slot) -> Pinned:
        """Write each as it is known; what is offered instead of one is the whole list with it."""
        if self.blank(value):
            return Pinned(value)
        pinned: list[Any] = []
        for at, one in enumerate(value):
            alone = replace(slot, button=self._among(slot, value, at))
            pinned.append((await self.item.pin(one, alone)).value)
        return Pinned(self.make(pinned))

    @property
    def each(self) -> Kind:
        """What is chosen several times."""
        return self.item

    def _among(self, slot: Slot, value: Iterable[Any], at: int) -> Callable[[str | Reply, Pinned], Button]:
        before, after = [*value][:at], [*value][at + 1 :]
        return lambda label, one: slot.button(label, Pinned(self.make([*before, one.value, *after])))


def _listed(token: Token) -> Sequence[Token]:
    """The items of ``--warn 10,5,1``; quoted text is one item whatever is in it."""
    if token.quote:
        return [token]
    return [Token(token.start, token.end, item) for item in token.text.split(",") if item]
