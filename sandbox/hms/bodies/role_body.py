"""What a role may say: what its people send, see and are allowed."""

from itertools import pairwise
from typing import Annotated, Literal, cast

from pydantic import BaseModel, Field, field_validator

from sandbox.hms.state.template import Role
from sandbox.hms.wire import CAMEL, without_empty

FrameRate = Annotated[int, Field(ge=1, le=30)]
# The platform allows this range; the names of the members are those of WebRTC, not camelCase of ours.
Scale = Annotated[float, Field(ge=1, le=12)]


class Audio(BaseModel):
    """How a microphone is sent."""

    model_config = CAMEL
    bit_rate: Annotated[int, Field(ge=16, le=128)] = 32
    codec: Literal["opus"] = "opus"


class Video(BaseModel):
    """How a camera is sent."""

    model_config = CAMEL
    bit_rate: Annotated[int, Field(ge=30, le=2000)] = 256
    codec: Literal["vp8"] = "vp8"
    frame_rate: FrameRate = 25
    width: Annotated[int, Field(ge=50, le=1920)] = 320
    height: Annotated[int, Field(ge=50, le=1080)] = 180


class Screen(BaseModel):
    """How a screen is sent."""

    model_config = CAMEL
    bit_rate: Annotated[int, Field(ge=500)] = 1024
    codec: Literal["vp8"] = "vp8"
    frame_rate: FrameRate = 10
    width: Annotated[int, Field(ge=480, le=1920)] = 1280
    height: Annotated[int, Field(ge=270, le=1080)] = 720


class Layer(BaseModel):
    """One size of a picture that is sent in several."""

    model_config = CAMEL
    rid: Literal["f", "h", "q"]
    scale_resolution_down_by: Scale = 1.0
    max_bitrate: Annotated[int, Field(ge=0, le=2000)] = 0
    max_framerate: FrameRate


class Layers(BaseModel):
    """The sizes, from the largest down."""

    model_config = CAMEL
    layers: Annotated[list[Layer], Field(max_length=3)] = []

    @field_validator("layers")
    @classmethod
    def _descend(cls, layers: list[Layer]) -> list[Layer]:
        if [layer.rid for layer in layers] != [*"fhq"[: len(layers)]]:
            raise ValueError("rid must be f, h and q, in this order")
        if layers and layers[0].scale_resolution_down_by != 1:
            raise ValueError("the first layer must have scale 1")
        scales = [layer.scale_resolution_down_by for layer in layers]
        if any(upper >= lower for upper, lower in pairwise(scales)):
            raise ValueError("scales must rise")
        return layers


class Simulcast(BaseModel):
    """Which pictures are sent in several sizes."""

    model_config = CAMEL
    video: Layers | None = None
    screen: Layers | None = None


class PublishParams(BaseModel):
    """What may be sent."""

    model_config = CAMEL
    allowed: list[Literal["audio", "video", "screen", "simulcast"]] = ["audio", "video", "screen"]
    audio: Audio = Audio()
    video: Video = Video()
    screen: Screen = Screen()
    simulcast: Simulcast | None = None

    def shown(self) -> dict[str, object]:
        """Show what may be sent, and how only of that."""
        written = self.model_dump(by_alias=True, exclude_none=True)
        told = {"allowed", "simulcast", *self.allowed}
        return {name: value for name, value in written.items() if name in told}


class Degradation(BaseModel):
    """When pictures are given up on a bad line."""

    model_config = CAMEL
    packet_loss_threshold: Annotated[int, Field(ge=1, le=100)] = 50
    degrade_grace_period_seconds: Annotated[int, Field(ge=1, le=10)] = 1
    recover_grace_period_seconds: Annotated[int, Field(ge=1, le=10)] = 4


class SubscribeParams(BaseModel):
    """What is received."""

    model_config = CAMEL
    subscribe_to_roles: list[str] = []
    max_subs_bit_rate: Annotated[int, Field(ge=0)] = 3200
    subscribe_degradation: Degradation | None = None


class Permissions(BaseModel):
    """What may be done to others and to the room."""

    model_config = CAMEL
    end_room: bool = False
    remove_others: bool = False
    mute: bool = False
    unmute: bool = False
    change_role: bool = False
    send_room_state: bool = False
    poll_read: bool = False
    poll_write: bool = False
    browser_recording: bool = True
    rtmp_streaming: bool = True
    hls_streaming: bool = True

    def shown(self) -> dict[str, object]:
        """Show what is allowed; of what is not, only the room state is named. Who writes polls reads them."""
        written = self.model_dump(by_alias=True)
        written["pollRead"] = self.poll_read or self.poll_write
        return without_empty(written, *(name for name in written if name != "sendRoomState"))


class RoleBody(BaseModel):
    """Everything that may be said about a role; ``{}`` is a whole one."""

    model_config = CAMEL
    name: str = ""
    publish_params: PublishParams = PublishParams()
    subscribe_params: SubscribeParams = SubscribeParams()
    permissions: Permissions = Permissions()
    priority: Annotated[int, Field(ge=1, le=5)] = 5
    max_peer_count: Annotated[int, Field(ge=-1)] = 0

    def role(self, name: str) -> Role:
        """Write it as it is kept and shown."""
        subscribes = self.subscribe_params.model_dump(by_alias=True, exclude_none=True)
        written = {
            "name": name,
            "publishParams": self.publish_params.shown(),
            "subscribeParams": subscribes,
            "permissions": self.permissions.shown(),
            "priority": self.priority,
            "maxPeerCount": self.max_peer_count,
        }
        return cast("Role", written)
