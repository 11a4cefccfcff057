"""Folders in memory: what a test writes has to survive a killed process, never the machine."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

MEMORY = Path("/dev/shm")
ROOM = 2 * 1024**3  # bytes: for all workers, each with a server and its journal


@contextmanager
def in_memory(prefix: str) -> Iterator[Path]:
    """A folder for as long as the block lasts, on a disk where the machine has no memory to spare for it."""
    spare = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM
    with TemporaryDirectory(prefix=prefix, dir=MEMORY if spare else None, ignore_cleanup_errors=True) as made:
        yield Path(made)
