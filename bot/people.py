"""Who asks, what they may, and whose agreement an act waits for."""

from dataclasses import dataclass
from enum import IntEnum

from bot.reply import Mention, Reply, Term


class Level(IntEnum):
    """What somebody may do; each level includes the ones below it."""

    ANYBODY = 0
    VIEWER = 1
    MODERATOR = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """The level as people type it."""
        return self.name.lower()

    @property
    def term(self) -> Term:
        """The level as people read it."""
        return _LEVELS[self]

    @property
    def noun(self) -> Term:
        """Somebody of this level, as what somebody is."""
        return _HOLDERS[self]

    @property
    def needed(self) -> Term:
        """Somebody of this level, as what something takes."""
        return _NEEDED[self]

    @property
    def holders(self) -> Term:
        """All who have this level or a higher one, as those who may do something."""
        return _MAY[self]


class Yes(IntEnum):
    """Whose agreement an act waits for; a higher one is stricter."""

    NONE = 0
    ACTOR = 1
    SECOND = 2
    ADMIN = 3

    @property
    def word(self) -> str:
        """The kind of yes as people type and read it."""
        return self.name.lower()

    @property
    def level(self) -> Level:
        """What a second person must be to give it."""
        return Level.ADMIN if self is Yes.ADMIN else Level.MODERATOR

    @property
    def whom(self) -> Term:
        """Whom a request waits for."""
        return _WHOM[self]

    @property
    def whose(self) -> Term:
        """Whom a command waits for, whoever asks."""
        return _WHOSE[self]


_LEVELS = {
    Level.ANYBODY: Term("anybody"),
    Level.VIEWER: Term("viewer"),
    Level.MODERATOR: Term("moderator"),
    Level.ADMIN: Term("admin"),
}
_HOLDERS = {
    Level.ANYBODY: Term("anybody", "is"),
    Level.VIEWER: Term("a viewer", "is"),
    Level.MODERATOR: Term("a moderator", "is"),
    Level.ADMIN: Term("an admin", "is"),
}
_NEEDED = {
    Level.ANYBODY: Term("anybody", "takes"),
    Level.VIEWER: Term("a viewer", "takes"),
    Level.MODERATOR: Term("a moderator", "takes"),
    Level.ADMIN: Term("an admin", "takes"),
}
_MAY = {
    Level.ANYBODY: Term("everybody", "may"),
    Level.VIEWER: Term("those who hold a level here", "may"),
    Level.MODERATOR: Term("moderators", "may"),
    Level.ADMIN: Term("admins", "may"),
}
_WHOM = {
    Yes.NONE: Term("your confirmation", "waits for"),
    Yes.ACTOR: Term("your confirmation", "waits for"),
    Yes.SECOND: Term("a second moderator", "waits for"),
    Yes.ADMIN: Term("an admin", "waits for"),
}
_WHOSE = {
    Yes.NONE: Term("nobody's yes", "waits for"),
    Yes.ACTOR: Term("the yes of whoever asks", "waits for"),
    Yes.SECOND: Term("the yes of a second moderator", "waits for"),
    Yes.ADMIN: Term("the yes of a second person who is admin", "waits for"),
}
UNKNOWN = Term("unknown", "is")
"""Why somebody is barred of whom the door could not say who they are."""


LOCKED_OUT = Term("unknown while Slack refuses the bot", "is")
"""The same, where it is not a matter of a minute: somebody has to mend the bot's token."""


@dataclass(frozen=True)
class Actor:
    """Somebody who asks, as the door knows them.

    ``id`` is whose rights count. ``via`` names the hand that typed when it was another's (the shell).
    ``barred`` says why this person may not act whatever was granted: a guest, another workspace's, gone;
    or it is UNKNOWN or LOCKED_OUT.
    ``behind`` are those who answer for what is no person (a schedule), its maker first: the maker's rights
    count, and none of them says yes to what it asks. ``agreed`` is whose yes it was given
    when it was made.
    """

    id: str
    name: str
    zone: str = "UTC"
    via: str = ""
    barred: Term | None = None
    behind: tuple[str, ...] = ()
    agreed: Yes = Yes.NONE

    @property
    def through(self) -> Reply:
        """Whose hand it was: who typed at a shell, or in its own words who answers for a schedule."""
        return Reply("{via}" if self.behind else "the shell user {via}", via=self.via)

    @property
    def mention(self) -> Mention:
        """How a reply names them; what is no person cannot be linked to."""
        return Mention("" if self.behind else self.id, self.name)

    @property
    def accountable(self) -> str:
        """Whose rights count."""
        return self.behind[0] if self.behind else self.id

    @property
    def askers(self) -> frozenset[str]:
        """Who counts as having asked, and so does not approve."""
        return frozenset({self.id, *self.behind})
