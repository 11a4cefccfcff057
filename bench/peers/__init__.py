"""What the bot is held against: bare Bolt for Python and for Node, and a raw ASGI handler.

Bolt for Node and uvicorn are no dependencies of ours: they are installed for the length of a benchmark,
into a folder that goes with it, from wherever npm and pip get packages on this machine.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from bench.processes import Program

HERE = Path(__file__).parent
NODE_PACKAGE, ASGI_PACKAGE = "@slack/bolt", "uvicorn[standard]"


def bolt_python(secrets: Mapping[str, str]) -> Program:
    name = f"bare slack-bolt {version('slack-bolt')} for Python"
    return Program(name, [sys.executable, str(HERE / "bolt_python.py")], secrets)


def bolt_node(secrets: Mapping[str, str], folder: Path) -> Program:
    """Raises CalledProcessError or FileNotFoundError where npm or Node is not there."""
    where = folder / "node"
    where.mkdir()
    _quietly("npm", "install", "--no-fund", "--no-audit", "--silent", NODE_PACKAGE, cwd=where)
    stated = where / "node_modules" / NODE_PACKAGE / "package.json"
    name = f"bare @slack/bolt {json.loads(stated.read_text(encoding='utf-8'))['version']} for Node"
    packages = {"NODE_PATH": str(where / "node_modules")}
    return Program(name, ["node", str(HERE / "bolt_node.cjs")], {**secrets, **packages})


def raw_asgi(secrets: Mapping[str, str], folder: Path) -> Program:
    """Raises CalledProcessError where pip finds no packages."""
    where = folder / "asgi"
    _quietly(sys.executable, "-m", "venv", str(where))
    program = str(where / "bin" / "python")
    _quietly(program, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", ASGI_PACKAGE)
    return Program("raw ASGI (uvicorn)", [program, str(HERE / "raw_asgi.py")], secrets)


def _quietly(*command: str, cwd: Path | None = None) -> Sequence[str]:
    subprocess.run(command, cwd=cwd, check=True, capture_output=True)
    return command
