"""What the settings of a template may say."""

from typing import Annotated, Literal, cast

from pydantic import AliasChoices, BaseModel, Field

from sandbox.hms.wire import CAMEL, Json, sparse


class Credentials(BaseModel):
    """The key to somebody's storage; ``secret`` is taken too, as on rooms, and answered as ``secretKey``."""

    model_config = CAMEL
    key: str
    secret: str = Field(
        validation_alias=AliasChoices("secretKey", "secret"), serialization_alias="secretKey", repr=False
    )


class Options(BaseModel):
    """Where in the world a storage is."""

    model_config = CAMEL
    region: str = ""


class Upload(BaseModel):
    """Where recordings go."""

    model_config = CAMEL
    type: Literal["s3", "gs", "oss", "azure"]
    location: Annotated[str, Field(min_length=1)]
    prefix: str
    options: Options | None = None
    credentials: Credentials | None = None


class RecordingSettings(BaseModel):
    """Whether and where everything is recorded."""

    model_config = CAMEL
    enabled: bool = False
    upload: Upload | None = None


class RoomState(BaseModel):
    """How often apps hear of a room before they are in it."""

    model_config = CAMEL
    message_interval: Annotated[int, Field(ge=5, le=3600, multiple_of=5)] = 5
    send_peer_list: bool = False
    stop_room_state_on_join: bool = True
    enabled: bool = False


class SettingsBody(BaseModel):
    """Everything that settings may say; what is not sent takes its default."""

    model_config = CAMEL
    region: Literal["in", "us", "eu", "auto"] = "auto"
    recording: RecordingSettings | None = None
    room_state: RoomState = RoomState()
    retry: dict[str, object] = {}

    def settings(self) -> dict[str, Json]:
        """Write them as they are kept and shown."""
        written = self.model_dump(by_alias=True, exclude={"recording"})
        recording = self.recording and sparse(self.recording.model_dump(by_alias=True))
        return cast("dict[str, Json]", written | {"recording": recording})
