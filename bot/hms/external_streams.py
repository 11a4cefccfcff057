"""External streams: the room pushed to other platforms over RTMP."""

from collections.abc import AsyncIterator, Sequence
from typing import Unpack

from pydantic import SecretStr

from bot.hms.beam import Beam, Resolution, WhichBeams
from bot.hms.call import at
from bot.hms.objects import Page
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource


class ExternalStream(Beam):
    """One external stream; its RTMP addresses end in keys that let anybody stream there."""

    rtmp_urls: tuple[SecretStr, ...] = ()
    recording: bool = False
    resolution: Resolution | None = None


class ExternalStreams(Resource):
    """Starting, stopping and finding external streams."""

    async def start_for_room(
        self,
        room_id: str,
        rtmp_urls: Sequence[SecretStr],
        *,
        meeting_url: SecretStr | None = None,
        recording: bool | None = None,
        resolution: Resolution | None = None,
        destination: str | None = None,
    ) -> ExternalStream:
        """Push the room to one to five RTMP addresses; ``recording`` also keeps a file.

        Raises Conflict when a recording or an external stream runs, Forbidden for an unknown or disabled
        room, Invalid for addresses 100ms does not take.
        Source: 100ms docs, external-streams/start-external-stream-for-room.
        """
        return await self._post(
            "external_streams.start_for_room",
            at("/external-streams/room/{room_id}/start", room_id=room_id),
            ExternalStream,
            rtmp_urls=tuple(rtmp_urls),
            meeting_url=meeting_url,
            recording=recording,
            resolution=resolution,
            destination=destination,
        )

    async def stop_for_room(self, room_id: str) -> Page[ExternalStream]:
        """Stop the external streams of a room and say which they were.

        Raises NotFound when none runs. Source: 100ms docs, external-streams/stop-rtmp-for-a-given-room.
        """
        path = at("/external-streams/room/{room_id}/stop", room_id=room_id)
        return await self._post_for_all("external_streams.stop_for_room", path, Page[ExternalStream])

    async def stop(self, stream_id: str) -> ExternalStream:
        """Stop one external stream.

        Raises NotFound when it does not run. Source: 100ms docs, external-streams/stop-rtmp-for-a-job-id.
        """
        path = at("/external-streams/{stream_id}/stop", stream_id=stream_id)
        return await self._post("external_streams.stop", path, ExternalStream)

    async def get(self, stream_id: str) -> ExternalStream:
        """Fetch one external stream with its assets.

        Raises NotFound. Source: 100ms docs, external-streams/Get-details-for-a-job-id.
        """
        path = at("/external-streams/{stream_id}", stream_id=stream_id)
        return await self._get("external_streams.get", path, ExternalStream)

    async def list(
        self, *, limit: int | None = None, start: str | None = None, **which: Unpack[WhichBeams]
    ) -> Page[ExternalStream]:
        """Fetch one page, newest first.

        Raises Invalid for a status or limit that 100ms does not know.
        Source: 100ms docs, external-streams/list-all-external-streams.
        """
        return await self._get(
            "external_streams.list",
            "/external-streams",
            Page[ExternalStream],
            limit=limit,
            start=start,
            **which,
        )

    def each(self, **which: Unpack[WhichBeams]) -> AsyncIterator[ExternalStream]:
        """Walk all external streams, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start, **which))
