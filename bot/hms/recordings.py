"""Recordings: a bot watches the room and films it."""

from collections.abc import AsyncIterator
from typing import Unpack

from pydantic import SecretStr

from bot.hms.beam import Beam, Resolution, Transcription, WhichBeams
from bot.hms.call import at
from bot.hms.objects import Object, Page
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource


class Recording(Beam):
    """One recording; ``asset_types`` are the files it means to leave. Lists come without its assets."""

    asset_types: tuple[str, ...] = ()


class RecordingParameters(Object):
    """What a recording was started with; no official page says its shape."""

    meeting_url: SecretStr = SecretStr("")
    resolution: Resolution | None = None
    destination: str = ""
    audio_only: bool = False
    transcription: Transcription | None = None


class Recordings(Resource):
    """Starting, pausing, stopping and finding recordings."""

    async def start_for_room(
        self,
        room_id: str,
        *,
        meeting_url: SecretStr | None = None,
        resolution: Resolution | None = None,
        destination: str | None = None,
        audio_only: bool | None = None,
        transcription: Transcription | None = None,
    ) -> Recording:
        """Start recording, also while nobody is there; the bot's join then opens the session.

        Raises Conflict when a recording or an external stream runs, Forbidden for an unknown or disabled
        room, Invalid when the template has no address of its own and no ``meeting_url`` is given.
        Source: 100ms docs, recordings/start-recording-for-room.
        """
        return await self._post(
            "recordings.start_for_room",
            at("/recordings/room/{room_id}/start", room_id=room_id),
            Recording,
            meeting_url=meeting_url,
            resolution=resolution,
            destination=destination,
            audio_only=audio_only,
            transcription=transcription,
        )

    async def stop_for_room(self, room_id: str) -> Page[Recording]:
        """Stop what is recorded in a room and say what it was.

        Raises NotFound when nothing is. Source: 100ms docs, recordings/stop-recording-for-room.
        """
        path = at("/recordings/room/{room_id}/stop", room_id=room_id)
        return await self._post_for_all("recordings.stop_for_room", path, Page[Recording])

    async def stop(self, recording_id: str) -> Recording:
        """Stop one recording.

        Raises NotFound when it does not run. Source: 100ms docs, recordings/stop-recording-by-id.
        """
        path = at("/recordings/{recording_id}/stop", recording_id=recording_id)
        return await self._post("recordings.stop", path, Recording)

    async def pause_for_room(self, room_id: str) -> Recording:
        """Pause the recording of a room; its status stays.

        Raises NotFound when nothing is recorded. Source: 100ms docs, recordings/pause-recording-for-room.
        """
        path = at("/recordings/room/{room_id}/pause", room_id=room_id)
        return await self._post("recordings.pause_for_room", path, Recording)

    async def resume_for_room(self, room_id: str) -> Recording:
        """Go on with the paused recording of a room.

        Raises NotFound when nothing is recorded. Source: 100ms docs, recordings/resume-recording-for-room.
        """
        path = at("/recordings/room/{room_id}/resume", room_id=room_id)
        return await self._post("recordings.resume_for_room", path, Recording)

    async def get(self, recording_id: str) -> Recording:
        """Fetch one recording with its assets.

        Raises NotFound. Source: 100ms docs, recordings/get-recording.
        """
        path = at("/recordings/{recording_id}", recording_id=recording_id)
        return await self._get("recordings.get", path, Recording)

    async def get_config(self, recording_id: str) -> RecordingParameters:
        """Read what a recording was started with. Raises NotFound. Source: the seed collection, item 31."""
        path = at("/recordings/{recording_id}/config", recording_id=recording_id)
        return await self._get("recordings.get_config", path, RecordingParameters)

    async def list(
        self, *, limit: int | None = None, start: str | None = None, **which: Unpack[WhichBeams]
    ) -> Page[Recording]:
        """Fetch one page, newest first.

        Raises Invalid for a status or limit that 100ms does not know.
        Source: 100ms docs, recordings/list-all-recordings.
        """
        return await self._get(
            "recordings.list", "/recordings", Page[Recording], limit=limit, start=start, **which
        )

    def each(self, **which: Unpack[WhichBeams]) -> AsyncIterator[Recording]:
        """Walk all recordings, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start, **which))
