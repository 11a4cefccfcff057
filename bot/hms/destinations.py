"""Where a template sends what happens in its rooms: platforms, viewers, transcripts, recordings."""

from pydantic import AliasChoices, Field, SecretStr

from bot.hms.objects import Number
from bot.hms.role import CamelObject


class RtmpDestination(CamelObject):
    """A push to at most three platforms; ``max_duration`` and ``auto_stop_timeout`` in seconds."""

    name: str
    width: int = 0
    height: int = 0
    max_duration: int = 0
    rtmp_urls: tuple[SecretStr, ...] = ()
    recording_enabled: bool = False
    auto_stop_timeout: int = 0


class HlsLayer(CamelObject):
    """One quality of a live stream; sizes in pixels, even; bit rates in kbit/s."""

    width: int = 0
    height: int = 0
    video_bitrate: int = 0
    audio_bitrate: int = 0


class Thumbnails(CamelObject):
    """Still pictures; ``offsets`` in seconds from the start."""

    enabled: bool = False
    width: int = 0
    height: int = 0
    offsets: tuple[int, ...] = ()
    fps: Number = 0


class HlsRecording(CamelObject):
    """Which files a live stream leaves; ``presign_duration`` in seconds."""

    hls_vod: bool = False
    single_file_per_layer: bool = False
    enable_zip_upload: bool = False
    layers: tuple[HlsLayer, ...] = ()
    thumbnails: Thumbnails | None = None
    presign_duration: int = 0


class HlsDestination(CamelObject):
    """A live stream; best layer first, ``playlist_type`` ``event`` or ``live``, segments of two seconds."""

    name: str
    role: str = ""
    max_duration: int = 0
    layers: tuple[HlsLayer, ...] = ()
    playlist_type: str = ""
    num_playlist_segments: int = 0
    video_frame_rate: Number = 0
    enable_metadata_insertion: bool = False
    enable_static_url: bool = False
    auto_stop_timeout: int = 0
    recording: HlsRecording | None = None


class SectionFormat(CamelObject):
    """One part of a summary; ``format`` is ``bullets`` or ``paragraph``."""

    title: str
    format: str = "bullets"


class SummarySettings(CamelObject):
    """How a transcript is summed up; ``temperature`` 0.1 to 1.0, at most six sections."""

    enabled: bool = Field(default=False, validation_alias=AliasChoices("enabled", "enable"))
    context: str = ""
    temperature: Number = 0.5
    sections: tuple[SectionFormat, ...] = ()


class Translation(CamelObject):
    """Captions in other languages, by role."""

    enabled: bool = False
    role_languages: dict[str, str] = Field(default_factory=dict)


class TranscriptionDestination(CamelObject):
    """What is written down; ``modes`` of ``recorded``, ``live``, ``caption``, output of ``txt srt json``."""

    name: str
    role: str = ""
    modes: tuple[str, ...] = ()
    output_modes: tuple[str, ...] = ()
    custom_vocabulary: tuple[str, ...] = ()
    summary: SummarySettings | None = None
    translation: Translation | None = None


class BrowserRecording(CamelObject):
    """Deprecated by 100ms: a recording is configured with ``RecordingConfig`` now."""

    name: str = ""


class Destinations(CamelObject):
    """All destinations of a template, by name. Source: 100ms docs, policy/retrieve-destinations."""

    rtmp_destinations: dict[str, RtmpDestination] = Field(default_factory=dict)
    hls_destinations: dict[str, HlsDestination] = Field(default_factory=dict)
    transcriptions: dict[str, TranscriptionDestination] = Field(default_factory=dict)
    browser_recordings: dict[str, BrowserRecording] = Field(default_factory=dict)


class BrowserComposite(CamelObject):
    """A film of the whole room; ``auto_stop_timeout`` in seconds after the last person left."""

    enabled: bool = False
    auto_start: bool = False
    auto_stop_timeout: int = 0
    width: int = 0
    height: int = 0


class Switch(CamelObject):
    """Something that can be turned on; streams may have a size in pixels."""

    enabled: bool = False
    width: int = 0
    height: int = 0


class CompositeRecording(CamelObject):
    """The two ways to film a whole room."""

    browser_composite: BrowserComposite | None = None
    custom_composite: Switch | None = None


class RecordingConfig(CamelObject):
    """How the rooms of a template are recorded; durations in seconds.

    Recordings of tracks and streams start by themselves and by no operation.
    Source: 100ms docs, policy/configure-recordings.
    """

    name: str
    role: str
    max_duration: int = 0
    presign_duration: int = 0
    thumbnails: Thumbnails | None = None
    composite_recording: CompositeRecording | None = None
    track_recording: Switch | None = None
    stream_recording: Switch | None = None
