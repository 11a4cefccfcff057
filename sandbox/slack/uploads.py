"""Files on their way: an address to send one to, the bytes that came, and whether it was shared."""

from dataclasses import replace
from datetime import timedelta

from sandbox.slack.files import File
from sandbox.slack.messages import Clock
from sandbox.slack.refusal import Refusal

UPLOAD_LIFE = timedelta(minutes=30)


class Uploads:
    """Hand out addresses for uploads, each good once and for half an hour, and keep what came."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._files: dict[str, File] = {}

    def expect(self, name: str, length: int) -> File:
        """Make room for a file that will be sent; refuses one of nothing with ``missing_argument``."""
        if not name or length <= 0:
            raise Refusal("missing_argument")
        file = File(f"F0{len(self._files) + 1}", name, length, self._clock())
        self._files[file.id] = file
        return file

    def receive(self, file_id: str, content: bytes) -> File:
        """Take what was sent to the address of a file; the codes are ours, since Slack says only no."""
        file = self._files.get(file_id)
        if file is None:
            raise Refusal("unknown_upload")
        if file.content is not None or self._is_old(file):
            raise Refusal("upload_over")
        if len(content) != file.length:
            raise Refusal("length_mismatch")
        return self._put(replace(file, content=content))

    def waiting(self, file_id: str) -> File:
        """Find a file that was sent and not shared yet; refuses with ``file_not_found``."""
        file = self._files.get(file_id)
        if file is None or file.content is None or file.shared or self._is_old(file):
            raise Refusal("file_not_found")
        return file

    def share(self, file: File, title: str) -> File:
        """Finish an upload, which can be done once."""
        return self._put(replace(file, title=title or file.name, shared=True))

    def _is_old(self, file: File) -> bool:
        return self._clock() - file.at > UPLOAD_LIFE

    def _put(self, file: File) -> File:
        self._files[file.id] = file
        return file
