"""What the bot is held against: bare Bolt for Python and for Node, and a raw ASGI handler.

What is no dependency of ours is installed for the length of a run, into a folder that goes with it, from
wherever npm and pip get packages on this machine.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.processes import Program

HERE = Path(__file__).parent
NODE_PACKAGE, ASGI_PACKAGE = "@slack/bolt", "uvicorn[standard]"


def bolt_python(secrets: Mapping[str, str]) -> Program:
    name = f"bare slack-bolt {version('slack-bolt')} for Python"
    return Program(name, [sys.executable, str(HERE / "bolt_python.py")], secrets)


def bolt_node(secrets: Mapping[str, str]) -> Program:
    """Raises CalledProcessError or FileNotFoundError where npm or Node is not there."""
    packages = node_packages(NODE_PACKAGE)
    stated = packages / NODE_PACKAGE / "package.json"
    name = f"bare @slack/bolt {json.loads(stated.read_text(encoding='utf-8'))['version']} for Node"
    return Program(name, ["node", str(HERE / "bolt_node.cjs")], {**secrets, "NODE_PATH": str(packages)})


def raw_asgi(secrets: Mapping[str, str]) -> Program:
    """Raises CalledProcessError where pip finds no packages."""
    return Program("raw ASGI (uvicorn)", [python_with(ASGI_PACKAGE), str(HERE / "raw_asgi.py")], secrets)


@cache
def node_packages(package: str) -> Path:
    """Where Node finds a package, which is fetched once in a run and never runs a script of its own."""
    where = Path(_folder().name) / package.replace("/", "-")
    where.mkdir()
    _quietly("npm", "install", "--no-fund", "--no-audit", "--silent", "--ignore-scripts", package, cwd=where)
    return where / "node_modules"


@cache
def python_with(package: str) -> str:
    """A Python that has a package, which is fetched once in a run."""
    where = Path(_folder().name) / package
    _quietly(sys.executable, "-m", "venv", str(where))
    program = str(where / "bin" / "python")
    _quietly(program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package)
    return program


@cache
def _folder() -> "TemporaryDirectory[str]":
    """The folder of this run, gone when it ends."""
    return TemporaryDirectory(prefix="hms-bot-bench-")


def _quietly(*command: str, cwd: Path | None = None) -> None:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
