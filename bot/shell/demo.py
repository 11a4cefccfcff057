"""The demo: the sandbox as a process in place of this one, which starts a bot of its own."""

import os
import sys
from importlib.util import find_spec

from bot.errors import UserError

TAKES = ("sandbox", "jinja2", "yaml")


def demo(port: int) -> int:
    """Serve everything offline until Ctrl-C; UserError where the demo was not installed too."""
    if not all(map(find_spec, TAKES)):
        raise UserError("This is hms-bot without its demo. Install it with: hms-bot[demo].")
    os.execv(sys.executable, [sys.executable, "-m", "sandbox", "--port", str(port)])  # noqa: S606 -- our own
