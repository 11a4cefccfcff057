"""Processes that a test starts, and that end with it however it ends."""

import asyncio
import os
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any


@asynccontextmanager
async def started(*command: str, **how: Any) -> AsyncIterator[Process]:
    """Run a process for as long as the block lasts; what it started itself ends with it."""
    process = await asyncio.create_subprocess_exec(*command, start_new_session=True, **how)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):  # it has ended already, and so has its group
            os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()
