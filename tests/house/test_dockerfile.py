"""The Dockerfile, as far as reading tells; `make image-steps` runs it."""

import json
import tomllib

from tests.house.dockerfile import Step, stages
from tests.house.lock import MARK, blocks
from tests.house.source import ROOT

BUILDING, FINAL = stages((ROOT / "Dockerfile").read_text())


def the(word: str, among: list[Step]) -> str:
    (found,) = [step.rest for step in among if step.word == word]
    return found


def test_every_step_is_read() -> None:
    words = [step.word for step in (*BUILDING, *FINAL)]
    assert words.count("FROM") == 2
    assert all(word.isupper() for word in words)


def test_what_is_copied_is_there() -> None:
    copied = [step.rest.split()[:-1] for step in BUILDING if step.word == "COPY"]
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []


def test_it_is_the_oldest_python_that_we_promise() -> None:
    image = the("FROM", FINAL)
    promised = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"]
    assert image == f"python:{promised.removeprefix('>=')}-slim"
    assert the("FROM", BUILDING) == f"{image} AS build"


def test_what_only_the_demo_takes_stays_out() -> None:
    assert any(f"/^{MARK}$/,$d" in step.rest for step in BUILDING)
    runtime, _, _ = (ROOT / "requirements.lock").read_text().partition(f"{MARK}\n")
    names = {name.partition("==")[0] for name in blocks(runtime)}
    assert names > {"slack-bolt", "sqlalchemy", "setuptools"}
    assert not names & {"pytest", "mypy", "ruff", "jinja2"}


def test_the_sandbox_stays_out() -> None:
    copied = {name for step in BUILDING if step.word == "COPY" for name in step.rest.split()[:-1]}
    assert {name for name in copied if (ROOT / name).is_dir()} == {"bot", "commands"}


def test_what_only_installs_stays_out() -> None:
    assert BUILDING[-1].rest.endswith("pip uninstall --yes setuptools pip")


def test_it_is_not_root_and_says_whether_it_lives() -> None:
    assert the("USER", FINAL) == "hms-bot"
    _, _, check = the("HEALTHCHECK", FINAL).partition("CMD ")
    compile(json.loads(check)[2], "health check", "exec")
    assert "/healthz" in check


def test_it_serves() -> None:
    assert json.loads(the("CMD", FINAL)) == ["hms-bot", "serve"]
