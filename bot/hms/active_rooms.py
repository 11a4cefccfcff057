"""Active rooms: the session that runs now, and the people in it."""

from pydantic import Field

from bot.hms.call import at
from bot.hms.objects import Notice, Object, Timestamp
from bot.hms.resource import Resource

RECORDER_ROLES = "__internal"


class Track(Object):
    """One audio or video stream of a peer; ``source`` tells a camera (``regular``) from a ``screen``."""

    id: str
    stream_id: str = ""
    mute: bool = False
    type: str = ""
    source: str = ""
    started_at: Timestamp = None
    description: str = ""


class Peer(Object):
    """One connected participant; coming back, somebody is a new peer.

    ``tracks`` are there when one peer is asked for, not in a list. Source: 100ms docs, active-rooms/overview.
    """

    id: str
    name: str = ""
    role: str = ""
    user_id: str = ""
    metadata: str = ""
    joined_at: Timestamp = None
    tracks: dict[str, Track] = Field(default_factory=dict)

    @property
    def is_recorder(self) -> bool:
        """True for 100ms's own bot, which records or streams and is nobody to count."""
        return self.role.startswith(RECORDER_ROLES)


class ActiveSession(Object):
    """The running session; ``peers`` are ids."""

    id: str
    created_at: Timestamp = None
    peers: tuple[str, ...] = ()


class ActiveRoom(Object):
    """A room with its running session."""

    id: str
    name: str = ""
    customer_id: str = ""
    session: ActiveSession


class ConnectedPeers(Object):
    """The envelope of a list of peers."""

    peers: dict[str, Peer] = Field(default_factory=dict)


class ActiveRooms(Resource):
    """In-session control. Every operation raises NotFound when no session is live."""

    async def retrieve(self, room_id: str) -> ActiveRoom:
        """Read the running session. Source: 100ms docs, active-rooms/retrieve-active-room."""
        path = at("/active-rooms/{room_id}", room_id=room_id)
        return await self._get("active_rooms.retrieve", path, ActiveRoom)

    async def list_peers(
        self, room_id: str, *, user_id: str | None = None, role: str | None = None
    ) -> tuple[Peer, ...]:
        """List who is connected, in the order they joined.

        Source: 100ms docs, active-rooms/list-peers.
        """
        path = at("/active-rooms/{room_id}/peers", room_id=room_id)
        answer = await self._get("active_rooms.list_peers", path, ConnectedPeers, user_id=user_id, role=role)
        return tuple(answer.peers.values())

    async def retrieve_peer(self, room_id: str, peer_id: str) -> Peer:
        """Fetch one peer with its tracks.

        Raises NotFound when they are not connected now. Source: 100ms docs, active-rooms/retrieve-peer.
        """
        path = at("/active-rooms/{room_id}/peers/{peer_id}", room_id=room_id, peer_id=peer_id)
        return await self._get("active_rooms.retrieve_peer", path, Peer)

    async def update_peer(
        self,
        room_id: str,
        peer_id: str,
        *,
        name: str | None = None,
        role: str | None = None,
        metadata: str | None = None,
    ) -> Peer:
        """Change a peer's name, role or metadata, which is one string, usually JSON.

        Raises Invalid for a role the template does not have. Source: 100ms docs, active-rooms/update-a-peer.
        """
        path = at("/active-rooms/{room_id}/peers/{peer_id}", room_id=room_id, peer_id=peer_id)
        return await self._post(
            "active_rooms.update_peer", path, Peer, name=name, role=role, metadata=metadata
        )

    async def send_message(
        self,
        room_id: str,
        message: str,
        *,
        peer_id: str | None = None,
        role: str | None = None,
        kind: str | None = None,
    ) -> Notice:
        """Send a message to one peer, else to a role, else to everybody.

        ``kind`` is its type, such as ``chat``. Source: 100ms docs, active-rooms/send-message.
        """
        path = at("/active-rooms/{room_id}/send-message", room_id=room_id)
        return await self._post(
            "active_rooms.send_message", path, Notice, message=message, peer_id=peer_id, role=role, type=kind
        )

    async def remove_peers(
        self, room_id: str, *, peer_id: str | None = None, role: str | None = None, reason: str | None = None
    ) -> Notice:
        """Disconnect one peer, else everybody with a role; they can come back.

        Raises Invalid when neither is given. Source: 100ms docs, active-rooms/remove-peers.
        """
        path = at("/active-rooms/{room_id}/remove-peers", room_id=room_id)
        return await self._post(
            "active_rooms.remove_peers",
            path,
            Notice,
            peer_id=peer_id,
            role=role,
            reason=reason,
        )

    async def end_room(self, room_id: str, *, reason: str | None = None, lock: bool = False) -> Notice:
        """End the live session; with ``lock``, nobody can come back in.

        100ms answers first and disconnects people then. Source: 100ms docs, active-rooms/end-active-room.
        """
        path = at("/active-rooms/{room_id}/end-room", room_id=room_id)
        return await self._post("active_rooms.end_room", path, Notice, reason=reason, lock=lock)
