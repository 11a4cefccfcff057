"""Files that recordings and streams leave behind."""

from pydantic import Field

from bot.hms.objects import Object, Time


class RecordingAsset(Object):
    """One file; ``size`` in bytes, ``duration`` in seconds. Source: 100ms docs, recording-assets/overview."""

    id: str
    job_id: str = ""
    room_id: str = ""
    session_id: str = ""
    type: str = ""
    status: str = ""
    path: str = ""
    size: int = 0
    duration: float = 0
    created_at: Time = None
    thumbnails: tuple[str, ...] = ()
    metadata: dict[str, object] = Field(default_factory=dict)
