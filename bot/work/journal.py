"""What a process is at and no database knows of, in a file of its own: whoever is killed leaves it there."""

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from bot.store import JSON, as_json


class Journal:
    """Notes of one process, each until it is over.

    Nothing waits for the disk, so a note costs some microseconds, and outlives the process but not its
    machine. A process holds a lock on its file for as long as it lives: whoever gets it finds what was left.
    ``owner`` tells whose file it is, since others may keep theirs in the same folder.
    """

    def __init__(self, folder: Path, owner: str) -> None:
        self._folder = folder
        self._stem = f".hms-bot-{hashlib.sha256(owner.encode()).hexdigest()[:12]}-"
        self._path = folder / f"{self._stem}{secrets.token_hex(6)}"
        self._file: int | None = None
        self._open: set[str] = set()

    def begin(self, key: str, note: Mapping[str, JSON]) -> None:
        """Note something; a disk that takes nothing keeps nobody waiting."""
        with suppress(OSError):
            self._write({"key": key, "note": dict(note)})
            self._open.add(key)

    def over(self, key: str) -> None:
        """Strike a note out; where it was the last, the file is empty again."""
        if key not in self._open:
            return
        self._open.discard(key)
        with suppress(OSError):
            if self._open or self._file is None:
                self._write({"key": key})
            else:
                os.ftruncate(self._file, 0)

    def left(self) -> list[Mapping[str, JSON]]:
        """The notes of processes that died, each once."""
        paths = sorted(self._folder.glob(f"{self._stem}*"))
        return [note for path in paths if path != self._path for note in _taken_over(path)]

    def close(self) -> None:
        """Take the file away; nothing is under way any more."""
        if self._file is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None

    def _write(self, line: Mapping[str, JSON]) -> None:
        if self._file is None:
            self._file = _made(self._path)
        os.write(self._file, f"{as_json(line)}\n".encode())


def _made(path: Path) -> int:
    """A new file, held before anybody can find it."""
    unnamed = path.with_name(f".new{path.name}")
    file = os.open(unnamed, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o600)
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    unnamed.rename(path)
    return file


def _taken_over(path: Path) -> list[Mapping[str, JSON]]:
    """What stands in a file that nobody holds any more, which then is gone; only of ours."""
    try:
        file = os.open(path, os.O_RDWR | os.O_NOFOLLOW)
    except OSError:  # somebody else was faster
        return []
    try:
        if os.fstat(file).st_uid != os.getuid():
            return []
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
        return [*_notes(os.read(file, os.fstat(file).st_size))]
    except OSError:  # its process lives
        return []
    finally:
        os.close(file)


def _notes(content: bytes) -> Iterator[Mapping[str, JSON]]:
    """The notes that were not struck out; a line that was cut off in the middle is none."""
    found: dict[str, Mapping[str, JSON]] = {}
    for line in content.splitlines():
        with suppress(ValueError, KeyError):
            read = json.loads(line)
            if "note" in read:
                found[read["key"]] = read["note"]
            else:
                found.pop(read["key"], None)
    yield from found.values()
