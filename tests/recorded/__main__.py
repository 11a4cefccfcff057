"""Writes the recorded pages anew: `python -m tests.recorded`; the diff shows what that means to people."""

import asyncio
import logging
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from tests.recorded.pages import HERE, PAGES


async def _write(databases: Path) -> None:
    for number, (name, make) in enumerate(PAGES.items()):
        page = HERE / name
        page.parent.mkdir(exist_ok=True)
        page.write_text(await make(f"sqlite:///{databases / str(number)}.db"), encoding="utf-8")


def main() -> None:
    """Write every page as the code is now."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with TemporaryDirectory() as databases:
        asyncio.run(_write(Path(databases)))


if __name__ == "__main__":
    main()
