"""What ran in the rooms, found again by its id."""

from sandbox.hms.api_error import not_found
from sandbox.hms.state.beam.asset import Asset
from sandbox.hms.state.beam.beam import Beam, Kind
from sandbox.hms.state.room.message import Message
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.room.session import Session


class Archive:
    """Sessions, jobs, files and messages of every room, running or over."""

    def __init__(self) -> None:
        self.rooms: dict[str, Room] = {}

    @property
    def sessions(self) -> list[Session]:
        """Every session there ever was."""
        return [session for room in self.rooms.values() for session in room.sessions]

    def session(self, session_id: str) -> Session:
        """Find a session by its id."""
        for session in self.sessions:
            if session.id == session_id:
                return session
        raise not_found("session")

    def beams(self, kind: Kind) -> list[Beam]:
        """Every job of a kind there ever was."""
        return [beam for room in self.rooms.values() for beam in room.beams if beam.order.kind is kind]

    def beam(self, kind: Kind, beam_id: str) -> Beam:
        """Find a job by its id."""
        for beam in self.beams(kind):
            if beam.id == beam_id:
                return beam
        raise not_found("beam")

    @property
    def assets(self) -> list[Asset]:
        """Every file that was kept."""
        rooms = self.rooms.values()
        made = [asset for room in rooms for beam in room.beams for asset in beam.assets or ()]
        return made + [asset for room in rooms for asset in room.kept]

    def asset(self, asset_id: str) -> Asset:
        """Find a file by its id."""
        for asset in self.assets:
            if asset.id == asset_id:
                return asset
        raise not_found("asset")

    @property
    def messages(self) -> dict[str, list[Message]]:
        """What was said into each room over the API, by the room's id."""
        return {room.id: room.messages for room in self.rooms.values()}
