"""What goes wrong in a way that somebody can act on."""

from typing import Self


class UserError(Exception):
    """A sentence for the person who asked: what went wrong, why, and what to type next.

    ``template`` is a key of the message catalogue, ``values`` fill it; ``field`` is the argument it is about,
    beside which a form says it. Whatever else is raised is a defect: the dispatcher logs it whole and shows a
    reference to quote.
    """

    field: str = ""

    def __init__(self, template: str, /, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values

    def at(self, field: str) -> Self:
        """Say which argument it is about."""
        self.field = self.field or field
        return self

    def __str__(self) -> str:
        return self.template.format_map(self.values)


class Unclear(UserError):  # noqa: N818 -- named as the state is
    """The same of what nobody can tell whether it was done: it counts as unknown, and never as failed."""
