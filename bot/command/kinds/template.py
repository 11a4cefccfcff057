"""A template by name or id."""

from collections.abc import Sequence

from bot.command.errors import Ambiguous
from bot.command.kinds.base import Input, Kind, Pinned, Slot
from bot.command.matching import OFFERED, Spellings, Spelt
from bot.command.ports import Names
from bot.command.references import Reference, RoomRef
from bot.errors import UserError
from bot.text import visible


class TemplateRef(Reference):
    """A template: what all the rooms made with it have in common."""

    id: str = ""
    name: str = ""

    @property
    def exact(self) -> str:
        """What names this template and no other."""
        return self.id or self.words

    @property
    def shown(self) -> str:
        """What people call it."""
        return self.name if visible(self.name) else self.exact

    def said(self) -> str:
        """How a reply shows the template."""
        return self.shown


class TemplateKind(Kind):
    """A template by name or id; who is no admin is told of none."""

    annotation, form = TemplateRef, Input.SEARCH
    prose = True

    def read(self, words: str) -> TemplateRef:
        """Keep the words until ``pin`` looks the template up."""
        return TemplateRef(words=words)

    def write(self, value: TemplateRef) -> str:
        """Its id once it is known."""
        return value.exact

    def show(self, value: TemplateRef) -> str:
        """Its name."""
        return value.shown

    def blank(self, value: TemplateRef | None) -> bool:
        """No template was named."""
        return not value or not value.exact

    async def pin(self, value: TemplateRef | None, slot: Slot) -> Pinned:
        """Look the template up."""
        if not value or value.id or not value.words:
            return Pinned(value)
        known = await self.offers(slot.names, None)
        exact = [one for one in known if value.words in {one.id, one.name}]
        named = Spellings((one.name, one) for one in known)
        same = exact or named.called(Spelt.of(value.words))
        if len(same) == 1:
            return Pinned(same[0])
        raise _unknown(value, same or named.near(Spelt.of(value.words)), slot)

    async def offers(self, names: Names, place: RoomRef | None) -> Sequence[TemplateRef]:  # noqa: ARG002 -- of no room
        """All of them, the newest first."""
        return [TemplateRef(id=template, name=name) for template, name in (await names.templates()).items()]


def _unknown(value: TemplateRef, near: Sequence[TemplateRef], slot: Slot) -> UserError:
    if not near:
        return UserError(
            "There is no template called “{words}”. See which there are: `/hms template list`.",
            words=value.words,
        )
    buttons = [slot.button(one.shown, Pinned(one)) for one in near[:OFFERED]]
    return Ambiguous(
        "There is no template called “{words}”. Do you mean this one?", words=value.words
    ).offering(buttons)
