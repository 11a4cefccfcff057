"""The emulated 100ms alone: `python -m sandbox.hms --port 8401`."""

import argparse
import os
import sys

from aiohttp import web

from sandbox.hms.emulator import Emulator
from sandbox.hms.server import application
from sandbox.hms.state.world import World


def main() -> None:
    """Serve on this machine only, until SIGINT or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m sandbox.hms", description="The emulated 100ms.")
    parser.add_argument("--port", type=int, default=8401)
    parser.add_argument("--aliases", action="store_true", help="answer on invented paths, too")
    arguments = parser.parse_args()
    emulator = Emulator(
        World(),
        access_key=_needed("HMS_ACCESS_KEY"),
        secret=_needed("HMS_SECRET"),
        aliases=arguments.aliases,
    )
    web.run_app(application(emulator), host="127.0.0.1", port=arguments.port, shutdown_timeout=1)


def _needed(variable: str) -> str:
    value = os.environ.get(variable)
    if not value:
        sys.exit(f"{variable} is not set: it is the key that callers of the emulated 100ms sign with.")
    return value


if __name__ == "__main__":
    main()
