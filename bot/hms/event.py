"""What 100ms reports: events, and how their delivery to a webhook went."""

from pydantic import Field, SecretStr

from bot.hms.objects import Number, Object, Timestamp

TRACK_EVENTS = ("track.add.success", "track.update.success", "track.remove.success")
RECORDING_EVENTS = ("beam.recording.success",)
ERROR_EVENTS = (
    "client.publish.failed",
    "client.subscribe.failed",
    "client.join.failed",
    "client.disconnected",
    "client.connect.failed",
)


class Push(Object):
    """One platform that a beam pushes to; the address ends in a key that lets anybody stream there."""

    url: SecretStr = SecretStr("")


class RecordedLayer(Object):
    """One file of a live stream, ``layer`` "0" being the best."""

    asset_id: str = ""
    layer: str = ""
    recording_path: str = ""
    recording_presigned_url: SecretStr = SecretStr("")
    size: int = 0
    width: int = 0
    height: int = 0


class RecordedThumbnail(Object):
    """A still picture of a live stream, ``offset`` seconds from its start."""

    width: int = 0
    height: int = 0
    offset: Number = 0
    location: str = ""
    url: SecretStr = SecretStr("")


class EventData(Object):
    """What most events say of the room and the person; the rest depends on the type and is kept as it came.

    Presigned addresses give their file to whoever has them, and so does the meeting's to the room.
    Source: 100ms docs, how-to-guides/configure-webhooks/webhook.
    """

    room_id: str = ""
    room_name: str = ""
    session_id: str = ""
    template_id: str = ""
    peer_id: str = ""
    user_id: str = ""
    user_name: str = ""
    user_data: str = ""
    role: str = ""
    joined_at: Timestamp = None
    left_at: Timestamp = None
    session_started_at: Timestamp = None
    session_stopped_at: Timestamp = None
    started_at: Timestamp = None
    stopped_at: Timestamp = None
    beam_id: str = ""
    track_id: str = ""
    type: str = ""
    source: str = ""
    mute: bool = False
    recording_id: str = ""
    recording_path: str = ""
    reason: str = ""
    message: str = ""
    error_message: str = ""
    error_type: str = ""
    meeting_url: SecretStr = SecretStr("")
    rtmp: tuple[Push, ...] = ()
    recording_single_files: tuple[RecordedLayer, ...] = ()
    recording_thumbnails: tuple[RecordedThumbnail, ...] = ()
    recording_url: SecretStr = Field(default=SecretStr(""), alias="URL")
    recording_presigned_url: SecretStr = SecretStr("")
    chat_recording_presigned_url: SecretStr = SecretStr("")
    hls_vod_recording_presigned_url: SecretStr = SecretStr("")
    summary_json_presigned_url: SecretStr = SecretStr("")
    transcript_json_presigned_url: SecretStr = SecretStr("")
    transcript_srt_presigned_url: SecretStr = SecretStr("")
    transcript_txt_presigned_url: SecretStr = SecretStr("")


class ReportedEvent(Object):
    """Something that happened, asked for or delivered to a webhook; the same ``id`` is the same event.

    100ms adds types without notice. ``is_replay`` marks what was delivered again because somebody asked.
    Source: 100ms docs, how-to-guides/configure-webhooks/webhook.
    """

    id: str
    version: str = ""
    account_id: str = ""
    app_id: str = ""
    timestamp: Timestamp = None
    type: str = ""
    data: EventData = Field(default_factory=EventData)
    is_replay: bool = False


class EventPage(Object):
    """One page of a snapshot taken at the first question; ``next`` leads on for 24 hours.

    ``limit`` is how many events stand here, ``total`` how many there are.
    Source: 100ms docs, analytics/overview.
    """

    limit: int = 0
    total: int = 0
    next: str = ""
    events: tuple[ReportedEvent, ...] = ()

    @property
    def found(self) -> tuple[ReportedEvent, ...]:
        """What stands on this page."""
        return self.events

    @property
    def following(self) -> str | None:
        """Where the next page starts; None when nothing comes after this one."""
        return self.next or None


class DeliveredData(Object):
    """Whom a delivered event is about."""

    session_id: str = ""
    peer_id: str = ""
    user_id: str = ""


class DeliveryPayload(Object):
    """What was delivered and where; ``error_reason`` only where it failed."""

    event_data: DeliveredData = Field(default_factory=DeliveredData)
    webhook_url: str = ""
    original_event_name: str = ""
    error_reason: str = ""


class Delivery(Object):
    """How one delivery went: ``event_name`` tells, the payload's ``original_event_name`` of which event.

    Source: 100ms docs, analytics/list-webhook-events.
    """

    event_id: str
    event_name: str = ""
    room_id: str = ""
    event_timestamp: Timestamp = None
    payload: DeliveryPayload = Field(default_factory=DeliveryPayload)


class Pagination(Object):
    """Where a numbered page stands among the others, counted from 1."""

    current_page: int = 1
    page_size: int = 0
    total_pages: int = 0
    total_items: int = 0
    has_next: bool = False
    has_prev: bool = False


class DeliverySummary(Object):
    """How many deliveries there are in all."""

    total_events: int = 0


class DeliveryPage(Object):
    """One numbered page of deliveries. Source: 100ms docs, analytics/list-webhook-events."""

    events: tuple[Delivery, ...] = ()
    pagination: Pagination = Field(default_factory=Pagination)
    summary: DeliverySummary = Field(default_factory=DeliverySummary)

    @property
    def found(self) -> tuple[Delivery, ...]:
        """What stands on this page."""
        return self.events

    @property
    def following(self) -> int | None:
        """The number of the next page; None when nothing comes after this one."""
        return self.pagination.current_page + 1 if self.pagination.has_next else None
