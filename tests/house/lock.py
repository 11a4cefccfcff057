"""Writes the two lock files: names, exact versions and hashes, and no address of anything."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
MARK = "# demo"
HEAD = "# Made by `make lock`. Above the mark is what the bot needs, below it what its demo takes besides.\n"
CHECKS = "# Made by `make lock`. What checks the bot, beside what is in requirements.lock.\n"
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
    """Pin what the bot needs first, then its demo and its checks around it."""
    with TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("bot.txt", "demo.txt", "dev.txt")]
        needed = compile_to(files[0], "--build-deps-for", "wheel")
        demo = compile_to(files[1], "--extra", "demo", "--build-deps-for", "wheel", "-c", str(files[0]))
        both = ("--extra", "demo", "--extra", "dev", "--build-deps-for", "editable")
        checks = compile_to(files[2], *both, "-c", str(files[1]))
    besides = [block for name, block in demo.items() if name not in needed]
    rest = [block for name, block in checks.items() if name not in demo]
    Path(ROOT, "requirements.lock").write_text("".join([HEAD, *needed.values(), f"{MARK}\n", *besides]))
    Path(ROOT, "requirements-dev.lock").write_text("".join([CHECKS, *rest]))


if __name__ == "__main__":
    main()
