"""One running of a room, from the first to the last."""

from dataclasses import dataclass, field
from datetime import datetime

from sandbox.hms.state.peer import Peer


@dataclass(eq=False, kw_only=True)
class Session:
    """Everybody who took part and who is in now, in the order they came; recorders are peers too."""

    id: str
    room_id: str
    created_at: datetime
    updated_at: datetime
    active: bool = True
    peers: dict[str, Peer] = field(default_factory=dict, repr=False)
    connected: dict[str, Peer] = field(default_factory=dict, repr=False)

    @property
    def people(self) -> tuple[Peer, ...]:
        """Who is in now, without the recorders."""
        return tuple(peer for peer in self.connected.values() if not peer.is_recorder)

    def enter(self, peer: Peer) -> None:
        """Count somebody in."""
        self.peers[peer.id] = self.connected[peer.id] = peer
        self.updated_at = peer.joined_at

    def leave(self, peer: Peer, at: datetime, *, reason: str, message: str = "") -> None:
        """Count somebody out."""
        del self.connected[peer.id]
        peer.left_at = self.updated_at = at
        peer.left_because, peer.left_message = reason, message
