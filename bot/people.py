"""Who asks, what they may, and whose agreement an act waits for."""

from dataclasses import dataclass
from enum import IntEnum

from bot.reply import Mention


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
    def noun(self) -> str:
        """Somebody of this level, in a sentence."""
        return f"an {self.word}" if self is Level.ADMIN else f"a {self.word}"


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


@dataclass(frozen=True)
class Actor:
    """Somebody who asks, as the door knows them.

    ``id`` is whose rights count. ``via`` names the hand that typed when it was another's (the shell).
    ``barred`` says why this person may not act whatever was granted: a guest, another workspace's, gone.
    ``behind`` are those who answer for what is no person (a schedule), its maker first: the maker's rights
    count, and none of them says yes to what it asks.
    """

    id: str
    name: str
    zone: str = "UTC"
    via: str = ""
    barred: str = ""
    behind: tuple[str, ...] = ()

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
