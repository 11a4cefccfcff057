"""Holds the project against what nobody here wrote, from npm: 100ms's SDK for Node, and Slack's types.

The packages are installed into a folder of their own under ``build``, which is no part of the project.
"""

import asyncio
import json
import logging
import os
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
import yaml

from tests.house.source import ROOT
from tests.patience import PATIENCE
from tests.processes import started
from tests.strangers.messages import messages

HERE = Path(__file__).parent
BUILT = ROOT / "build" / "strangers"
STATED = ("package.json", "package-lock.json")
WRAPPERS = 43


@dataclass(frozen=True)
class Held:
    """How the project came off against a stranger: what to say of it, and what is wrong."""

    said: tuple[str, ...]
    wrong: tuple[str, ...]


def main() -> int:
    """Say how it came off against each; 1 when something is wrong."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    install()
    for held in (asyncio.run(sdk()), types()):
        print(*held.said, *held.wrong, sep="\n")  # noqa: T201 -- a program that is read
        if held.wrong:
            return 1
    return 0


def install() -> None:
    """Install what the lock file names, unless it is there; no package runs a script of its own."""
    if all((BUILT / name).is_file() and same(name) for name in STATED) and (BUILT / "node_modules").is_dir():
        return
    BUILT.mkdir(parents=True, exist_ok=True)
    for name in STATED:
        shutil.copy(HERE / name, BUILT / name)
    npm = ("npm", "ci", "--no-fund", "--no-audit", "--silent", "--ignore-scripts")
    subprocess.run(npm, cwd=BUILT, check=True)


def same(name: str) -> bool:
    """Whether what is installed is what is stated now."""
    return (BUILT / name).read_bytes() == (HERE / name).read_bytes()


async def sdk() -> Held:
    """Let the SDK call the emulated 100ms with each of its methods."""
    keys = {"HMS_ACCESS_KEY": "strangers", "HMS_SECRET": secrets.token_hex(32)}
    port = str(_free_port())
    command = (sys.executable, "-u", "-m", "sandbox.hms", "--port", port)
    env, heard = {**os.environ, **keys}, asyncio.subprocess.PIPE
    async with started(*command, env=env, stdout=heard, cwd=ROOT) as server, asyncio.timeout(PATIENCE):
        assert server.stdout
        await server.stdout.readline()  # it listens
        came = await _node("wrappers.cjs", f"http://127.0.0.1:{port}", env=keys)
    every = came["called"] == came["methods"] == WRAPPERS
    wrong = [*came["wrong"], *([] if every else [f"Not called: {came['missed']}."])]
    return Held((f"Methods of 100ms's SDK for Node: {came['called']}/{came['methods']}.",), tuple(wrong))


def types() -> Held:
    """Let TypeScript read the manifest and the messages with Slack's own types."""
    given = BUILT / "given.json"
    manifest = yaml.safe_load((ROOT / "app_manifest.yml").read_text())
    given.write_text(json.dumps({"manifest": manifest, "messages": asyncio.run(messages())}))
    came = asyncio.run(_node("typed.cjs", str(given), str(BUILT)))
    read = f"The manifest and {came['messages']} messages of {came['blocks']} blocks"
    unknown = [f"{kind} ({count})" for kind, count in came["unknown"].items()]
    said = (
        f"{read}, read with Slack's types: {len(came['wrong'])} errors.",
        f"Types of blocks that @slack/types does not know: {', '.join(unknown) or 'none'}.",
    )
    return Held(said, tuple(came["wrong"]))


async def _node(script: str, *arguments: str, env: Mapping[str, str] | None = None) -> Any:
    """What a script says: its one line of JSON."""
    there = {**os.environ, **(env or {}), "NODE_PATH": str(BUILT / "node_modules")}
    command = ("node", str(HERE / script), *arguments)
    async with started(*command, env=there, stdout=asyncio.subprocess.PIPE) as process:
        said, _ = await process.communicate()
        assert process.returncode == 0, f"{script} ended with {process.returncode}"
    return json.loads(said)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
