"""The demo as ``make demo`` starts it, and what its emulated 100ms can be asked."""

import re
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aiohttp import ClientSession
from pydantic import SecretStr

from bot.hms import Hms
from sandbox.demo.account import ACCESS_KEY, SECRET
from tests.processes import started

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Demo:
    """Where the demo runs."""

    address: str
    session: ClientSession

    async def standup(self) -> dict[str, Any]:
        rooms = (await self._get("state"))["rooms"]
        return next(room for room in rooms if room["name"] == "standup")

    async def people(self) -> dict[str, str]:
        """Who is in the standup: ids by name, without 100ms's own recorder."""
        there = (await self.standup())["people"]
        return {peer["name"]: peer["id"] for peer in there if not peer["role"].startswith("__")}

    async def let_in(self, *names: str) -> None:
        """Let people come in, unless they are there."""
        room, there = await self.standup(), await self.people()
        for name in names:
            if name not in there:
                await self._join(room["id"], name)

    async def grows(self, *, rooms: int, live: int) -> None:
        """Add rooms, in the first of which somebody is, as a large account has them."""
        secret = SecretStr(SECRET)
        async with Hms(f"{self.address}v2", ACCESS_KEY, secret, clock=lambda: datetime.now(UTC)) as hms:
            added = [await hms.rooms.create(name=f"Class-{number + 1}") for number in range(rooms)]
        for room in added[:live]:
            await self._join(room.id, "Gus")

    async def _join(self, room: str, name: str) -> None:
        url = f"{self.address}_sim/rooms/{room}/join"
        async with self.session.post(url, json={"name": name, "role": "guest"}) as answer:
            assert answer.ok

    async def calls(self, operation: str) -> list[dict[str, Any]]:
        return (await self._get(f"calls?operation={operation}"))["calls"]

    async def _get(self, what: str) -> dict[str, Any]:
        async with self.session.get(f"{self.address}_sim/{what}") as answer:
            return await answer.json()


@asynccontextmanager
async def running_demo() -> AsyncIterator[Demo]:
    """Run it on a free port for as long as the block lasts."""
    command = (sys.executable, "-m", "sandbox", "--port", "0")
    async with started(*command, cwd=ROOT, stdout=PIPE, stderr=PIPE) as process:
        assert process.stdout
        said = (await process.stdout.readline()).decode()
        found = re.match(r"Open (http://\S+)", said)
        assert found, said + (await process.communicate())[1].decode()
        try:
            async with ClientSession() as session:
                yield Demo(found[1], session)
        finally:
            process.terminate()  # so that it takes its folder along
            await process.wait()
