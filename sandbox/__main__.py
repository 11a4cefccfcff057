"""The demo: `python -m sandbox --port 8400`."""

import argparse
import asyncio
import signal
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from sandbox.demo import bot
from sandbox.demo.account import environment
from sandbox.demo.failure import Failure
from sandbox.demo.setting_up import set_up
from sandbox.demo.site import Site, served

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    """Serve until Ctrl-C; nothing is left behind, neither a process nor a file."""
    parser = argparse.ArgumentParser(prog="python -m sandbox", description="Everything offline, on one port.")
    parser.add_argument("--port", type=int, default=8400, help="where to serve; 0 takes a free port")
    parser.add_argument("--without-bot", action="store_true", help="leave the bot out")
    arguments = parser.parse_args()
    try:
        asyncio.run(_until_stopped(arguments.port, with_bot=not arguments.without_bot))
    except Failure as failure:
        sys.exit(str(failure))


async def _until_stopped(port: int, *, with_bot: bool) -> None:
    show = asyncio.create_task(_with_bot(port) if with_bot else _without_bot(port))
    for ending in ENDINGS:
        asyncio.get_running_loop().add_signal_handler(ending, show.cancel)
    with suppress(asyncio.CancelledError):
        await show


async def _with_bot(port: int) -> None:
    with TemporaryDirectory(prefix="hms-bot-demo-") as folder:
        _step("Starting the emulated Slack and 100ms …")
        async with served(port) as site:
            _step("Starting the bot, which takes some seconds …")
            await _serve_bot(site, Path(folder))


async def _serve_bot(site: Site, folder: Path) -> None:
    async with bot.running(site.address, folder) as running:
        await running.ready()
        _step("Ada says who may do what, and which channel speaks for which room …")
        await set_up(site.workspace)
        _say(f"Open {site.address}/ (Ctrl-C stops the demo; the bot's log is {running.log})")
        await running.ended()


async def _without_bot(port: int) -> None:
    async with served(port) as site:
        _say(f"Open {site.address}/ (Ctrl-C stops the demo). A bot finds it with:")
        for name, value in environment(site.address).items():
            _say(f"  export {name}={value}")
        await asyncio.Event().wait()


def _step(line: str) -> None:
    """What goes on meanwhile: whoever reads the address from standard output is not to meet it."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
