"""How well somebody's pictures and sound went through: numbers over time."""

from pydantic import Field

from bot.hms.objects import Number, Object


class Series(Object):
    """Numbers side by side: the n-th of each belongs to the n-th of ``timestamps``, in Unix milliseconds.

    Bit rates in kbit/s, losses in per cent, ``rtt_ms`` and ``jitter_ms`` in milliseconds; which there are
    depends on the track. Nothing was measured where a number is None.
    """

    timestamps: tuple[int, ...] = ()
    bitrate: tuple[Number | None, ...] = ()
    fps: tuple[Number | None, ...] = ()
    packet_loss_percent: tuple[Number | None, ...] = ()
    rtt_ms: tuple[Number | None, ...] = ()
    jitter_ms: tuple[Number | None, ...] = ()
    freeze_count: tuple[Number | None, ...] = ()
    concealed_samples: tuple[Number | None, ...] = ()


class TrackStats(Object):
    """One track; sent in several sizes, there is one for each ``rid`` (``h``, ``m``, ``l``)."""

    track_id: str
    type: str = ""
    rid: str | None = None
    time_series: Series = Field(default_factory=Series)


class DirectionStats(Object):
    """All tracks that somebody sent, or received."""

    video: tuple[TrackStats, ...] = ()
    audio: tuple[TrackStats, ...] = ()


class PeerStats(Object):
    """How it went for one peer in one session. Source: 100ms docs, analytics/peer-quality-stats."""

    peer_id: str
    session_id: str = ""
    room_id: str = ""
    publisher: DirectionStats = Field(default_factory=DirectionStats)
    subscriber: DirectionStats = Field(default_factory=DirectionStats)
