"""Every page that is recorded: its file, and what makes it anew."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

from tests.recorded.advance import table
from tests.recorded.conversations import SCENES, played

HERE = Path(__file__).parent
PAGES: Mapping[str, Callable[[str], Awaitable[str]]] = {
    "advance.txt": table,
    **{f"conversations/{name}.txt": partial(played, name) for name in SCENES},
}
