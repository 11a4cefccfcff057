"""Writes requirements.lock: names, exact versions and hashes, and no address of anything."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
MARK = "# development"
HEAD = "# Made by `make lock`. Above the mark is what the bot needs, below it what its development needs.\n"
QUIET = (
    "--quiet",
    "--no-header",
    "--no-annotate",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
)


def compile_to(path: Path, *more: str) -> dict[str, str]:
    """Resolve and pin; answers each requirement's block by its first line."""
    command = [
        sys.executable,
        "-m",
        "piptools",
        "compile",
        *QUIET,
        "--no-config",
        "--generate-hashes",
        "--allow-unsafe",
    ]
    subprocess.run(
        [*command, "--strip-extras", "-o", str(path), *more, "pyproject.toml"], check=True, cwd=ROOT
    )
    return blocks(path.read_text())


def blocks(text: str) -> dict[str, str]:
    """The requirements of a lock file, each with its hashes, by name and version."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if line[:1].isalnum():
            name = line.split()[0]
            found[name] = ""
        if name and not line.startswith("#"):
            found[name] += line
    return found


def main() -> None:
    """Pin what the bot needs first, then the rest around it."""
    with TemporaryDirectory() as folder:
        runtime_file = Path(folder, "runtime.txt")
        runtime = compile_to(runtime_file, "--build-deps-for", "wheel")
        everything = compile_to(
            Path(folder, "all.txt"), "--extra", "dev", "--build-deps-for", "editable", "-c", str(runtime_file)
        )
    rest = [block for name, block in everything.items() if name not in runtime]
    text = "".join([HEAD, *runtime.values(), f"{MARK}\n", *rest])
    Path(ROOT, "requirements.lock").write_text(text)


if __name__ == "__main__":
    main()
