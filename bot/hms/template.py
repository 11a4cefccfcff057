"""What a template consists of: roles, settings, destinations."""

from pydantic import AliasChoices, Field, SecretStr

from bot.hms.destinations import Destinations
from bot.hms.objects import Timestamp
from bot.hms.role import CamelObject, Role


class TemplateCredentials(CamelObject):
    """Keys to somebody's bucket; templates say ``secretKey`` where rooms say ``secret``: both are read."""

    key: SecretStr
    secret_key: SecretStr = Field(validation_alias=AliasChoices("secretKey", "secret_key", "secret"))


class Upload(CamelObject):
    """Where recordings go; ``type`` is ``s3``, ``gs``, ``oss`` or ``azure``."""

    type: str
    location: str
    prefix: str = ""
    options: dict[str, str] = Field(default_factory=dict)
    credentials: TemplateCredentials | None = None


class RecordingSettings(CamelObject):
    """Where a template's recordings go; ``enabled`` is deprecated."""

    enabled: bool = False
    upload: Upload | None = None


class RoomState(CamelObject):
    """How clients outside learn who is in the room; ``message_interval`` in seconds, a multiple of 5."""

    message_interval: int = 0
    send_peer_list: bool = False
    stop_room_state_on_join: bool = False
    enabled: bool = False


class TemplateSettings(CamelObject):
    """What holds for all rooms of a template; ``region`` is ``in``, ``us``, ``eu`` or ``auto``.

    Source: 100ms docs, policy/retrieve-settings.
    """

    region: str = "auto"
    recording: RecordingSettings | None = None
    room_state: RoomState | None = None
    retry: dict[str, object] = Field(default_factory=dict)


class Whiteboard(CamelObject):
    """Who may do what on the whiteboard: names of roles."""

    permissions: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class CaptionPlugin(CamelObject):
    """Live captions; ``permissions`` names the roles that may turn them on."""

    permissions: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    mode: str = ""


class Plugins(CamelObject):
    """What comes on top."""

    whiteboard: Whiteboard | None = None
    transcriptions: CaptionPlugin | None = None


class Template(CamelObject):
    """A template; ``roles`` by name. Without an ``id`` it is one to be made.

    To change one, fetch it, change it with ``model_copy(update=…)`` and send it back whole.
    Source: 100ms docs, policy/template-object.
    """

    id: str = ""
    name: str = ""
    customer_id: str = ""
    app_id: str = ""
    default: bool = False
    roles: dict[str, Role] = Field(default_factory=dict)
    settings: TemplateSettings = Field(default_factory=TemplateSettings)
    destinations: Destinations = Field(default_factory=Destinations)
    plugins: Plugins | None = None
    created_at: Timestamp = None
    updated_at: Timestamp = None
