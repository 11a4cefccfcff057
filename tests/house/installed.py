"""Tries what the Dockerfile's first stage has installed, as its last stage would run it."""

import json
import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.house.source import ROOT
from tests.patience import PATIENCE

REFUSAL = "SLACK_BOT_TOKEN is not set"
SECRETS = {
    "SLACK_BOT_TOKEN": "xoxb-of-the-image",
    "SLACK_APP_TOKEN": "xapp-of-the-image",
    "HMS_ACCESS_KEY": "key-of-the-image",
    "HMS_SECRET": "a secret of the image, long enough for HS256",
}


@dataclass(frozen=True)
class Container:
    """What the last stage says: the variables, what is run, and how it is asked for its health."""

    env: Mapping[str, str]
    command: Sequence[str]
    health: Sequence[str]

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> "Container":
        """From the last stage's instructions by their words."""
        env = dict(pair.split("=", 1) for pair in shlex.split(settings["ENV"]))
        health = settings["HEALTHCHECK"].partition("CMD ")[2]
        return cls(env, json.loads(settings["CMD"]), json.loads(health))


def try_out(container: Container, root: Path) -> Iterator[str]:
    """Serve from a folder in place of an image; yields what was seen, exits 1 where it is wrong."""
    slack, own = _free_port(), _free_port()
    address = {"SLACK_API_URL": f"http://127.0.0.1:{slack}/api/", "HOST": "127.0.0.1", "PORT": str(own)}
    env = _inside(container.env, root) | address
    lacking = subprocess.run(
        container.command, check=False, env=env, cwd=root, capture_output=True, text=True
    )
    if lacking.returncode != 1 or not lacking.stderr.startswith(REFUSAL):
        sys.exit(f"Without tokens it should say that {REFUSAL}: {lacking.stderr}")
    yield f"without tokens: exit 1, {lacking.stderr.strip()}"
    with _slack(slack), _serving(container.command, env | SECRETS, root) as bot:
        yield "with tokens: it serves"
        subprocess.run(container.health, check=True, env=env, cwd=root)
        yield "health check: exit 0"
        bot.terminate()
        if bot.wait(timeout=PATIENCE) != 0:
            sys.exit(f"SIGTERM should end it with 0, it was {bot.returncode}")
        yield "SIGTERM: exit 0"
    if not subprocess.run(container.health, check=False, env=env, cwd=root, capture_output=True).returncode:
        sys.exit("The health check should fail where nothing serves.")
    yield "health check afterwards: it fails, as it should"


def _inside(env: Mapping[str, str], root: Path) -> dict[str, str]:
    """The variables, their paths in the folder."""
    places = {
        name: value.replace("/opt/", f"{root}/opt/").replace("/data", f"{root}/data")
        for name, value in env.items()
    }
    return places | {"PATH": places["PATH"].replace("$PATH", os.defpath.lstrip(":"))}


@contextmanager
def _slack(port: int) -> Iterator[None]:
    program = [sys.executable, "-m", "sandbox.slack", "--port", str(port)]
    with _started(program, os.environ | SECRETS, ROOT, until="Running on"):
        yield


@contextmanager
def _serving(command: Sequence[str], env: Mapping[str, str], root: Path) -> Iterator["subprocess.Popen[str]"]:
    with _started(command, env, root, until='"serving"') as bot:
        yield bot


@contextmanager
def _started(
    command: Sequence[str], env: Mapping[str, str], folder: Path, *, until: str
) -> Iterator["subprocess.Popen[str]"]:
    """Run a program from the moment it says that it is ready; exits 1 with its words when it never is."""
    with subprocess.Popen(
        command, env=env, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as program:
        said = program.stdout
        lines = iter(said) if said else iter(())
        heard = []
        for line in lines:
            heard.append(line)
            if until in line:
                break
        else:
            sys.exit("".join(heard))
        try:
            yield program
        finally:
            program.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
