"""What a role of a template may do, send and receive."""

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from bot.hms.objects import Number, Object


class CamelObject(Object):
    """An object of the one family whose members are in camelCase on the wire; snake_case is read too."""

    model_config = ConfigDict(alias_generator=to_camel, validate_by_name=True, validate_by_alias=True)


class AudioParams(CamelObject):
    """How sound is sent; ``bit_rate`` 16 to 128 kbit/s."""

    bit_rate: int = 32
    codec: str = "opus"


class VideoParams(CamelObject):
    """How a camera's picture is sent; ``bit_rate`` in kbit/s, ``width`` and ``height`` in pixels."""

    bit_rate: int = 256
    codec: str = "vp8"
    frame_rate: Number = 25
    width: int = 320
    height: int = 180


class ScreenParams(CamelObject):
    """How a screen is sent; ``bit_rate`` from 500 kbit/s."""

    bit_rate: int = 1024
    codec: str = "vp8"
    frame_rate: Number = 10
    width: int = 1280
    height: int = 720


class SimulcastLayer(CamelObject):
    """One of at most three sizes of a picture; ``rid`` is ``f``, ``h`` or ``q``, full size first."""

    rid: str = ""
    scale_resolution_down_by: Number = 1
    max_bitrate: int = 0
    max_framerate: Number = 0


class SimulcastLayers(CamelObject):
    """The sizes of one kind of picture."""

    layers: tuple[SimulcastLayer, ...] = ()


class Simulcast(CamelObject):
    """In which sizes pictures are sent, so that everybody gets one that fits."""

    video: SimulcastLayers | None = None
    screen: SimulcastLayers | None = None


class PublishParams(CamelObject):
    """What a role may send: ``allowed`` is of ``audio``, ``video``, ``screen``, ``simulcast``."""

    allowed: tuple[str, ...] = ()
    audio: AudioParams | None = None
    video: VideoParams | None = None
    screen: ScreenParams | None = None
    simulcast: Simulcast | None = None


class SubscribeDegradation(CamelObject):
    """When a picture is given up for the sound; loss in per cent, periods in seconds."""

    packet_loss_threshold: int = 50
    degrade_grace_period_seconds: int = 1
    recover_grace_period_seconds: int = 4


class SubscribeParams(CamelObject):
    """What a role receives: from which roles, and at most how many kbit/s."""

    subscribe_to_roles: tuple[str, ...] = ()
    max_subs_bit_rate: int = 0
    subscribe_degradation: SubscribeDegradation | None = None


class Permissions(CamelObject):
    """What a role may do; 100ms leaves out what is false. A new role may record and stream if not told."""

    end_room: bool = False
    remove_others: bool = False
    mute: bool = False
    unmute: bool = False
    change_role: bool = False
    send_room_state: bool = False
    poll_read: bool = False
    poll_write: bool = False
    browser_recording: bool = False
    rtmp_streaming: bool = False
    hls_streaming: bool = False


class Role(CamelObject):
    """A role; ``priority`` 1 is the highest, ``max_peer_count`` 0 means as many as come, -1 nobody.

    Source: 100ms docs, policy/template-object.
    """

    name: str = ""
    publish_params: PublishParams = Field(default_factory=PublishParams)
    subscribe_params: SubscribeParams = Field(default_factory=SubscribeParams)
    permissions: Permissions = Field(default_factory=Permissions)
    priority: int = 0
    max_peer_count: int = 0

    @property
    def may_end_room(self) -> bool:
        """Whether it may end the session; where that cannot be read it may, so that a host stays one."""
        said = self.permissions
        return said.end_room or self.lacks("permissions") or said.lacks("endRoom")
