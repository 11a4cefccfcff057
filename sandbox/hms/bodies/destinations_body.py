"""What the destinations of a template may say: where streams, films and transcripts go, by name."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Literal, cast

from pydantic import BaseModel, Field, field_validator, model_validator

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.settings import Settings
from sandbox.hms.state.beam.transcription import Summary
from sandbox.hms.wire import CAMEL, Json, sparse

Seconds = Annotated[int, Field(ge=0)]
Name = Annotated[str, Field(min_length=1)]


class RtmpDestination(BaseModel):
    """Where a room is pushed to."""

    model_config = CAMEL
    name: Name
    width: int = 0
    height: int = 0
    max_duration: Seconds = 0
    rtmp_urls: Annotated[list[str], Field(max_length=3)] = []
    recording_enabled: bool = False
    auto_stop_timeout: Seconds = 0


class HlsLayer(BaseModel):
    """One size of a live stream; one that says nothing is the platform's to choose."""

    model_config = CAMEL
    width: Annotated[int, Field(multiple_of=2)] = 0
    height: Annotated[int, Field(multiple_of=2)] = 0
    video_bitrate: int = 0
    audio_bitrate: int = 0

    @model_validator(mode="after")
    def _fits(self) -> "HlsLayer":
        smaller, larger = sorted((self.width, self.height))
        if (self.width or self.height) and not (144 <= smaller <= 1080 and 192 <= larger <= 1920):
            raise ValueError("layer is too small or too large")
        return self

    @property
    def pixels(self) -> int:
        """How large it is."""
        return self.width * self.height


class Thumbnails(BaseModel):
    """Which pictures are taken of a film."""

    model_config = CAMEL
    enabled: bool = False
    width: int = 0
    height: int = 0
    offsets: list[int] = []
    fps: int = 0


class HlsRecording(BaseModel):
    """What is kept of a live stream."""

    model_config = CAMEL
    hls_vod: bool = False
    single_file_per_layer: bool = False
    enable_zip_upload: bool = False
    layers: list[HlsLayer] = []
    thumbnails: Thumbnails | None = None
    presign_duration: Seconds = 0


class HlsDestination(BaseModel):
    """How a room is streamed live."""

    model_config = CAMEL
    name: Name
    max_duration: Seconds = 0
    layers: list[HlsLayer] = []
    playlist_type: Literal["event", "live"] = "live"
    num_playlist_segments: Annotated[int, Field(ge=3, le=150)] = 5
    video_frame_rate: int = 0
    enable_metadata_insertion: bool = False
    enable_static_url: bool = False
    auto_stop_timeout: Seconds = 0
    recording: HlsRecording | None = None

    @field_validator("layers")
    @classmethod
    def _descend(cls, layers: list[HlsLayer]) -> list[HlsLayer]:
        sizes = [layer.pixels for layer in layers if layer.pixels]
        if any(upper < lower for upper, lower in pairwise(sizes)):
            raise ValueError("layers must descend")
        return layers

    @property
    def keeps_what_it_streams(self) -> bool:
        """Whether what is recorded are sizes of the stream."""
        return all(layer in self.layers for layer in (self.recording.layers if self.recording else ()))


class Translation(BaseModel):
    """Into which languages captions are translated, by role."""

    model_config = CAMEL
    enabled: bool = False
    role_languages: dict[str, str] = {}


class TranscriptionDestination(BaseModel):
    """What is written down."""

    model_config = CAMEL
    name: Name
    role: Name
    modes: list[Literal["recorded", "live", "caption"]] = []
    output_modes: list[Literal["txt", "srt", "json"]] = []
    custom_vocabulary: list[str] = []
    summary: Summary | None = None
    translation: Translation | None = None

    @model_validator(mode="after")
    def _translates_captions_only(self) -> "TranscriptionDestination":
        if self.translation and self.translation.enabled and "caption" not in self.modes:
            raise ValueError("translation needs the caption mode")
        return self


class BrowserRecording(BaseModel):
    """How a room is recorded; recording configurations took its place."""

    model_config = CAMEL
    name: Name
    role: str = ""
    width: int = 0
    height: int = 0
    max_duration: Seconds = 0
    presign_duration: Seconds = 0
    auto_stop_timeout: Seconds = 0
    thumbnails: Thumbnails | None = None


class DestinationsBody(BaseModel):
    """Everything that destinations may say; the key of each is its name."""

    model_config = CAMEL
    rtmp_destinations: dict[str, RtmpDestination] = {}
    hls_destinations: dict[str, HlsDestination] = {}
    transcriptions: dict[str, TranscriptionDestination] = {}
    browser_recordings: dict[str, BrowserRecording] = {}

    @model_validator(mode="after")
    def _named_alike(self) -> "DestinationsBody":
        families: tuple[Mapping[str, _Named], ...] = (
            self.rtmp_destinations,
            self.hls_destinations,
            self.transcriptions,
            self.browser_recordings,
        )
        if any(key != each.name for family in families for key, each in family.items()):
            raise ValueError("the key of a destination must be its name")
        return self

    def check(self, settings: Settings, *, own_storage: bool) -> None:
        """Refuse what a template with these settings, and such a storage, cannot have."""
        self._check_storage(own=own_storage)
        if settings.recorded_layers == "subset":
            self._check_layers()

    def _check_storage(self, *, own: bool) -> None:
        """Refuse archives where recordings go to the platform's storage and not to one's own."""
        kept = [each.recording for each in self.hls_destinations.values() if each.recording]
        if not own and any(recording.enable_zip_upload for recording in kept):
            raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: enableZipUpload needs own storage")

    def _check_layers(self) -> None:
        """Refuse recorded sizes that the stream does not have."""
        if not all(each.keeps_what_it_streams for each in self.hls_destinations.values()):
            text = "recorded layers must be layers of the stream"
            raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: {text}")

    def destinations(self) -> dict[str, Json]:
        """Write them as they are kept and shown; families that are not used are left out."""
        written = cast("dict[str, dict[str, Json]]", sparse(self.model_dump(by_alias=True)))
        for stream in cast("dict[str, dict[str, Json]]", written["hlsDestinations"]).values():
            stream["role"] = choices.STREAMS_AS
        return {family: members for family, members in written.items() if members}


_Named = RtmpDestination | HlsDestination | TranscriptionDestination | BrowserRecording
