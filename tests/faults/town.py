"""A Slack and a 100ms that stand still at the bot's n-th call, and the bot as a process to be killed."""

import asyncio
import os
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import ClientConnectionError, ClientSession, web
from aiohttp.typedefs import Handler

import sandbox.hms.server
import sandbox.slack.server
from sandbox.hms.emulator import Emulator
from sandbox.hms.state.world import World
from sandbox.slack import deliver
from sandbox.slack.messages import Message
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.workspace import Workspace
from tests.chat import PEOPLE, SECRETS, words
from tests.faults.launching import Launch, Running, fork
from tests.patience import PATIENCE

CHANNEL = "C0CLASSES"


def now() -> datetime:
    return datetime.now(UTC)


class Gate:
    """Counts the bot's calls once it is set, and holds the chosen one: before it is carried out, or after."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self._left = -1
        self._after = False
        self._of = ""

    def hold(self, call: int, *, after: bool, of: str = "") -> None:
        """Hold the call of this number, counted from now; 0 is the next one, ``of`` is part of its path."""
        self.reached.clear()
        self._left, self._after, self._of = call, after, of

    def open(self) -> None:
        """Hold nothing any more; a call that is held stays so, whoever made it is dead."""
        self._left = -1

    @web.middleware
    async def watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if not self._counts(request):
            return await handler(request)
        self._left -= 1
        if self._left >= 0:
            return await handler(request)
        if self._after:
            await handler(request)
        self.reached.set()
        await asyncio.Event().wait()
        raise AssertionError("nobody opens this again: the caller is killed")

    def _counts(self, request: web.Request) -> bool:
        ours = request.path.startswith(("/api/", "/v2/", "/response/"))
        meant = self._of in request.path and "apps.connections" not in request.path
        return self._left >= 0 and ours and meant


class Town:
    """The people, the rooms, and a bot process that comes and goes."""

    def __init__(
        self, address: str, database_url: str, world: World, workspace: Workspace, socket: SocketMode
    ):
        self.world = world
        self.workspace = workspace
        self.gate = Gate()
        self.socket = socket
        self.environment = {
            "PATH": os.environ["PATH"],
            **SECRETS,
            "SLACK_API_URL": f"{address}/api/",
            "HMS_API_URL": f"{address}/v2",
            "DATABASE_URL": database_url,
            "HMS_BOT_ADMINS": PEOPLE["ada"],
            "PORT": "0",
            "LOG_FORMAT": "json",
        }
        self.launch: Launch = fork
        self._bot: Running | None = None

    async def starts(self) -> None:
        """Start ``hms-bot serve`` and wait until Slack reaches it."""
        await self.launches()
        async with asyncio.timeout(PATIENCE):
            await (self.socket.connected(1) if "SLACK_APP_TOKEN" in self.environment else self._listens())

    async def launches(self) -> None:
        """Start it, and wait for nothing."""
        self._bot = await self.launch(self.environment)

    async def goes_over_http(self, held: AsyncExitStack) -> None:
        """Start the bot anew without Socket Mode: from now on Slack calls it."""
        await self.stops()
        port = free_port()
        del self.environment["SLACK_APP_TOKEN"]
        self.environment["PORT"] = str(port)
        session = await held.enter_async_context(ClientSession())
        url, secret = f"http://127.0.0.1:{port}/slack/events", SECRETS["SLACK_SIGNING_SECRET"]
        self.workspace.connect(deliver.SignedHttp(session, url, secret))
        await self.starts()

    async def is_ready(self) -> None:
        """Wait for the first 200 of ``/readyz``, on the ``PORT`` that the test has chosen."""
        url = f"http://127.0.0.1:{self.environment['PORT']}/readyz"
        async with ClientSession() as session:
            while True:
                with suppress(ClientConnectionError):
                    async with session.get(url) as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.01)

    async def _listens(self) -> None:
        while True:
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", int(self.environment["PORT"]))
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
            else:
                writer.close()
                return

    def freezes(self) -> None:
        """Stop the process where it is: what comes for it waits."""
        assert self._bot
        self._bot.send_signal(signal.SIGSTOP)

    def thaws(self) -> None:
        """Let it go on."""
        assert self._bot
        self._bot.send_signal(signal.SIGCONT)

    async def is_killed(self) -> None:
        """``kill -9``: nothing is tidied up; Slack sees the connection end."""
        assert self._bot
        self._bot.send_signal(signal.SIGKILL)
        await self._bot.wait()
        async with asyncio.timeout(PATIENCE):
            await self.socket.disconnected()

    def memory(self) -> float:
        """How many megabytes the bot holds."""
        assert self._bot
        lines = Path(f"/proc/{self._bot.pid}/status").read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    async def stops(self) -> None:
        """SIGTERM; the bot finishes what it took and ends with 0."""
        assert self._bot
        if self._bot.returncode is None:
            self._bot.send_signal(signal.SIGTERM)
            async with asyncio.timeout(PATIENCE):
                assert await self._bot.wait() == 0

    async def ends(self) -> None:
        """End the bot however it is, so that nothing is left of a test that failed."""
        if self._bot and self._bot.returncode is None:
            await self.is_killed()

    def sees(self, who: str) -> list[Message]:
        """What somebody sees in the channel and in their direct messages."""
        person = PEOPLE[who]
        direct = [channel.id for channel in self.workspace.channels(person) if channel.is_im]
        return [one for place in (CHANNEL, *direct) for one in self.workspace.sees(person, place)]

    def reads(self, who: str) -> str:
        """All of it as text."""
        return "\n".join(words(message) for message in self.sees(who))

    async def until(self, condition: object) -> bool:
        """Wait for something to become true in Slack or in a room; False when it does not in time."""
        changes = self.workspace.subscribe()
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():  # type: ignore[operator]
                    await _any(changes)
        except TimeoutError:
            return bool(condition())  # type: ignore[operator]
        finally:
            self.workspace.unsubscribe(changes)
        return True


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


async def _any(changes: "asyncio.Queue[int]") -> None:
    try:
        await asyncio.wait_for(changes.get(), timeout=0.1)
    except TimeoutError:
        return


@asynccontextmanager
async def town(database_url: str, launch: Launch = fork, *, asleep: bool = False) -> AsyncIterator[Town]:
    """Both emulators on one port of this machine, and a bot that runs, launched as ``launch`` does.

    ``asleep``, the bot is started by whoever asked.
    """
    world = World(now)
    workspace = Workspace(
        now,
        signing_secret=SECRETS["SLACK_SIGNING_SECRET"],
        bot_token=SECRETS["SLACK_BOT_TOKEN"],
        app_token=SECRETS["SLACK_APP_TOKEN"],
    )
    gate = Gate()
    app = web.Application(middlewares=[gate.watch])
    sockets = sandbox.slack.server.install(app, workspace)
    emulator = Emulator(world, access_key=SECRETS["HMS_ACCESS_KEY"], secret=SECRETS["HMS_SECRET"])
    sandbox.hms.server.install(app, emulator)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    workspace.listens_at(address)
    here = Town(address, database_url, world, workspace, sockets)
    here.gate, here.launch = gate, launch
    try:
        if not asleep:
            await here.starts()
        yield here
        gate.open()
        await here.stops()
    finally:
        gate.open()
        await here.ends()
        await runner.cleanup()
