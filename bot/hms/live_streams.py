"""Live streams: the room as HLS, for an audience."""

from collections.abc import AsyncIterator
from typing import Unpack

from pydantic import Field, SecretStr

from bot.hms.beam import Beam, Transcription, WhichBeams
from bot.hms.call import at
from bot.hms.objects import Object, Page
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource


class Playback(Object):
    """Where the audience watches: ``url`` is the master playlist."""

    url: str = ""


class StreamRecording(Object):
    """Which files a live stream leaves: one to watch later, one per layer."""

    hls_vod: bool = False
    single_file_per_layer: bool = False


class LiveStream(Beam):
    """One live stream; its playback address is there before it runs."""

    playback: Playback = Field(default_factory=Playback)
    recording: StreamRecording = Field(default_factory=StreamRecording)


class LiveStreams(Resource):
    """Starting, stopping, marking and finding live streams."""

    async def start_for_room(
        self,
        room_id: str,
        *,
        meeting_url: SecretStr | None = None,
        recording: StreamRecording | None = None,
        destination: str | None = None,
        transcription: Transcription | None = None,
    ) -> LiveStream:
        """Start a live stream; a recording may run beside it.

        Raises Conflict when one runs, Forbidden for an unknown or disabled room, Invalid without a meeting
        URL where the template has no address. Source: 100ms docs, live-streams/start-live-stream-for-room.
        """
        return await self._post(
            "live_streams.start_for_room",
            at("/live-streams/room/{room_id}/start", room_id=room_id),
            LiveStream,
            meeting_url=meeting_url,
            recording=recording,
            destination=destination,
            transcription=transcription,
        )

    async def stop_for_room(self, room_id: str) -> Page[LiveStream]:
        """Stop the live streams of a room and say which they were.

        Raises NotFound when none runs. Source: 100ms docs, live-streams/stop-live-stream-for-room.
        """
        path = at("/live-streams/room/{room_id}/stop", room_id=room_id)
        return await self._post_for_all("live_streams.stop_for_room", path, Page[LiveStream])

    async def stop(self, stream_id: str) -> LiveStream:
        """Stop one live stream.

        Raises NotFound when it does not run. Source: 100ms docs, live-streams/stop-live-stream-by-id.
        """
        path = at("/live-streams/{stream_id}/stop", stream_id=stream_id)
        return await self._post("live_streams.stop", path, LiveStream)

    async def get(self, stream_id: str) -> LiveStream:
        """Fetch one live stream with its assets.

        Raises NotFound. Source: 100ms docs, live-streams/get-live-stream.
        """
        path = at("/live-streams/{stream_id}", stream_id=stream_id)
        return await self._get("live_streams.get", path, LiveStream)

    async def send_timed_metadata(self, stream_id: str, payload: str, *, duration: int) -> LiveStream:
        """Hand the audience's players a note of at most 100 characters, valid for ``duration`` seconds.

        Raises NotFound when the stream does not run. Source: 100ms docs, live-streams/send-timed-metadata.
        """
        path = at("/live-streams/{stream_id}/timed-metadata", stream_id=stream_id)
        return await self._post(
            "live_streams.send_timed_metadata", path, LiveStream, payload=payload, duration=duration
        )

    async def pause_recording(self, stream_id: str) -> LiveStream:
        """Pause what the stream records; the stream goes on.

        Raises Invalid when it records nothing. Source: 100ms docs, live-streams/pause-live-stream-recording.
        """
        path = at("/live-streams/{stream_id}/pause-recording", stream_id=stream_id)
        return await self._post("live_streams.pause_recording", path, LiveStream)

    async def resume_recording(self, stream_id: str) -> LiveStream:
        """Go on with what the stream records.

        Raises Invalid when it records nothing. Source: 100ms docs, live-streams/resume-live-stream-recording.
        """
        path = at("/live-streams/{stream_id}/resume-recording", stream_id=stream_id)
        return await self._post("live_streams.resume_recording", path, LiveStream)

    async def list(
        self, *, limit: int | None = None, start: str | None = None, **which: Unpack[WhichBeams]
    ) -> Page[LiveStream]:
        """Fetch one page, newest first.

        Raises Invalid for a status or limit that 100ms does not know.
        Source: 100ms docs, live-streams/list-all-live-streams.
        """
        return await self._get(
            "live_streams.list", "/live-streams", Page[LiveStream], limit=limit, start=start, **which
        )

    def each(self, **which: Unpack[WhichBeams]) -> AsyncIterator[LiveStream]:
        """Walk all live streams, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start, **which))
