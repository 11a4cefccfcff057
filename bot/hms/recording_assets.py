"""Files that recordings and streams leave behind."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import TypedDict, Unpack

from pydantic import Field, SecretStr

from bot.hms.call import at
from bot.hms.objects import Number, Object, Page, Timestamp
from bot.hms.paging import LARGEST_PAGE, each_of
from bot.hms.resource import Resource


class RecordingAsset(Object):
    """One file; ``size`` in bytes, ``duration`` in seconds, ``status`` may be ``processing`` for a while.

    ``metadata`` depends on the ``type``. Embedded in a recording, it does not say whose it is.
    Source: 100ms docs, recording-assets/overview.
    """

    id: str
    job_id: str = ""
    room_id: str = ""
    session_id: str = ""
    type: str = ""
    status: str = ""
    path: str = ""
    size: int = 0
    duration: Number = 0
    created_at: Timestamp = None
    thumbnails: tuple[str, ...] = ()
    metadata: dict[str, object] = Field(default_factory=dict)


class PresignedUrl(Object):
    """An address that gives the file to whoever has it, for ``expiry`` seconds."""

    id: str
    path: str = ""
    url: SecretStr
    expiry: int = 0


class WhichAssets(TypedDict, total=False):
    """What a list of assets can be narrowed to; ``status`` is ``completed`` or ``failed``."""

    room_id: str
    session_id: str
    status: str
    type: str


class RecordingAssets(Resource):
    """Finding files and handing them out."""

    async def get(self, asset_id: str) -> RecordingAsset:
        """Fetch one file's description. Raises NotFound. Source: 100ms docs, recording-assets/get-asset."""
        path = at("/recording-assets/{asset_id}", asset_id=asset_id)
        return await self._get("recording_assets.get", path, RecordingAsset)

    async def presigned_url(self, asset_id: str, *, valid: timedelta | None = None) -> PresignedUrl:
        """Make an address to download the file from; ``valid`` in whole seconds, at most 7 days on S3.

        Not given, it is valid for 3 days, 9 hours on OSS. Raises NotFound, and Invalid for a duration that
        100ms does not take. Source: 100ms docs, recording-assets/get-presigned-url.
        """
        path = at("/recording-assets/{asset_id}/presigned-url", asset_id=asset_id)
        seconds = int(valid.total_seconds()) if valid else None
        return await self._get("recording_assets.presigned_url", path, PresignedUrl, presign_duration=seconds)

    async def list(
        self, *, limit: int | None = None, start: str | None = None, **which: Unpack[WhichAssets]
    ) -> Page[RecordingAsset]:
        """Fetch one page, newest first.

        Raises Invalid for a status, type or limit that 100ms does not know.
        Source: 100ms docs, recording-assets/overview.
        """
        path = "/recording-assets"
        return await self._get(
            "recording_assets.list", path, Page[RecordingAsset], limit=limit, start=start, **which
        )

    def each(self, **which: Unpack[WhichAssets]) -> AsyncIterator[RecordingAsset]:
        """Walk all files, newest first."""
        return each_of(lambda start: self.list(limit=LARGEST_PAGE, start=start, **which))
