"""What a template may say about what records itself."""

from typing import Annotated, cast

from pydantic import BaseModel, Field

from sandbox.hms.bodies.destinations_body import Thumbnails
from sandbox.hms.wire import CAMEL, Json, sparse


class BrowserComposite(BaseModel):
    """The film of the whole room."""

    model_config = CAMEL
    enabled: bool = False
    auto_start: bool = False
    auto_stop_timeout: Annotated[int, Field(ge=0)] = 0
    width: int = 0
    height: int = 0


class Enabled(BaseModel):
    """Something that is done or not."""

    model_config = CAMEL
    enabled: bool = False


class CompositeRecording(BaseModel):
    """Films of everybody together."""

    model_config = CAMEL
    browser_composite: BrowserComposite = BrowserComposite()
    custom_composite: Enabled = Enabled()


class StreamRecording(BaseModel):
    """A film of each person."""

    model_config = CAMEL
    enabled: bool = False
    width: int = 0
    height: int = 0


class RecordingConfig(BaseModel):
    """The one configuration of a template."""

    model_config = CAMEL
    name: Annotated[str, Field(min_length=1)]
    role: Annotated[str, Field(min_length=1)]
    max_duration: Annotated[int, Field(ge=0)] = 0
    presign_duration: Annotated[int, Field(ge=0)] = 0
    thumbnails: Thumbnails | None = None
    composite_recording: CompositeRecording = CompositeRecording()
    track_recording: Enabled = Enabled()
    stream_recording: StreamRecording = StreamRecording()

    def config(self) -> dict[str, Json]:
        """Write it as it is kept and shown: what is false is dropped."""
        return cast("dict[str, Json]", sparse(self.model_dump(by_alias=True)))
