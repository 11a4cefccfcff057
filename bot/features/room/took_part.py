"""Who took part in a session of a room: the last that ended, unless another is named."""

from asyncio import gather

from bot.command import PersonRef
from bot.command.identity import identified
from bot.features.room import live
from bot.features.room.recorders import claimed, jobs
from bot.hms import Hms, NotFound, Session


async def ended(hms: Hms, room: str, session: str = "") -> Session | None:
    """A session of a room, with everybody who took part; without an id the last that ended."""
    if session:
        try:
            found = await hms.sessions.retrieve(session)
        except NotFound:
            return None
        return found if found.room_id == room else None
    page = await hms.sessions.list(room_id=room, active=False, limit=10)
    over = [one for one in page.data if not one.active]
    return max(over, key=lambda one: one.id, default=None)  # ids rise with the time of making


async def people(hms: Hms, room: str, session: str = "") -> tuple[PersonRef, ...]:
    """Everybody who took part but 100ms's own bots, a person for each connection."""
    found, known = await gather(ended(hms, room, session), jobs(hms, room))
    if found is None:
        return ()
    mine = [beam for beam in known.all if beam.session_id == found.id]
    own = claimed(found.peers.values(), mine)
    return identified(live.someone(peer) for peer in found.peers.values() if peer.id not in own)
