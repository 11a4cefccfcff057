"""What the page completes: every command with its usage and its help, as the made page lists them."""

import re
from collections.abc import Sequence
from pathlib import Path

PAGE = Path(__file__).with_name("commands.md")  # a link to the one in docs
COMMAND = re.compile(r"^### .+\n\n(?P<help>.+)\n\n`(?P<usage>.+)`$", re.MULTILINE)


def words() -> Sequence[tuple[str, str]]:
    """Read (usage, help) of every command; asking the bot would take longer than starting it."""
    page = PAGE.read_text(encoding="utf-8")
    return [(found["usage"], found["help"]) for found in COMMAND.finditer(page)]
