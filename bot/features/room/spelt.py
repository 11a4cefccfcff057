"""Every room whose name is known here, by how it is spelt: for whoever mistyped one.

It grows by a room at a time, so that a slip of the finger costs no look through ten thousand names.
"""

from collections.abc import Collection, Iterable, Sequence

from bot.command import RoomRef
from bot.command.matching import BREATH, Spellings, Spelt, taking_breath

NAMES = 10_000  # of rooms; then all are forgotten, and fewer are near to what is mistyped
ROWS = 100  # are learnt of many before others have their turn


class SpeltRooms:
    """The rooms by their names of now."""

    def __init__(self) -> None:
        self._rooms: dict[str, RoomRef] = {}  # by id
        self._spelt: Spellings[RoomRef] = Spellings()

    @property
    def ids(self) -> Collection[str]:
        """Which rooms these are."""
        return self._rooms.keys()

    def put(self, room: RoomRef) -> None:
        """One more, or one under a new name."""
        known = self._rooms.get(room.id)
        if known and known.name == room.name:
            return
        if len(self._rooms) >= NAMES:
            self._rooms, self._spelt = {}, Spellings()
        self._rooms[room.id] = room
        self._spelt.put(room.name, room)

    async def put_all(self, rooms: Iterable[RoomRef]) -> None:
        """Many more, and let others have their turn meanwhile."""
        async for room in taking_breath(rooms, lambda _: BREATH // ROWS):
            self.put(room)

    def near(self, words: str, among: Collection[str]) -> Sequence[RoomRef]:
        """Those that may have been meant, the likeliest first, of rooms with these ids."""
        return self._spelt.near(
            Spelt.of(words), lambda room: room.id in among and self._rooms.get(room.id) is room
        )
