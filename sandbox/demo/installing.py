"""Installs what a lock file pins, and counts meanwhile: `python -m sandbox.demo.installing <lock file>`.

It imports nothing that is not part of Python: it runs before anything else is there.
"""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

# Compiling beforehand costs more than it saves: most of what is installed is never imported in one run.
PIP = ("-m", "pip", "install", "--disable-pip-version-check", "--no-compile", "--no-deps", "--require-hashes")
LAST_WORDS = 15  # lines


def main() -> None:
    """Install it, or end with what pip said last."""
    (lock,) = sys.argv[1:]
    wanted = [line for line in Path(lock).read_text().splitlines() if line[:1].isalnum()]
    command = [sys.executable, *PIP, "-r", lock]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603 -- a file of ours
    said = list(_counted(pip, len(wanted)))
    if pip.wait():
        sys.exit("".join(said[-LAST_WORDS:]))


def _counted(pip: "subprocess.Popen[str]", wanted: int) -> Iterator[str]:
    """What pip says, line by line; meanwhile people read how far it is."""
    number = 0
    for line in pip.stdout or ():
        if line.startswith("Collecting "):
            number += 1
            _tell(f"{number} of {wanted} packages")
        elif line.startswith("Installing collected packages"):
            _tell(f"{wanted} of {wanted} packages are here; unpacking them …")
        yield line
    if sys.stderr.isatty():
        sys.stderr.write("\n")


def _tell(line: str) -> None:
    """One line that changes, where there is somebody to look at it."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K    {line}")
        sys.stderr.flush()


if __name__ == "__main__":
    main()
