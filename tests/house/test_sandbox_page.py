"""docs/sandbox.md lists what is emulated, and nothing that is not."""

import json
import re
from datetime import UTC, datetime

from sandbox.hms.control import deeds, inspection, webhook
from sandbox.hms.operation import declared_in
from sandbox.hms.settings import Settings
from sandbox.slack.control import Control, Turned
from sandbox.slack.methods import METHODS
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.workspace import Workspace
from tests.house.source import ROOT

PAGE = (ROOT / "docs" / "sandbox.md").read_text()
OPENED_BY_SOCKET_MODE = "apps.connections.open"  # the connections themselves answer it


def switches() -> Control:
    workspace = Workspace(lambda: datetime.now(UTC), signing_secret="s", bot_token="b", app_token="a")
    return Control(workspace, SocketMode(workspace.state))


def test_the_methods_are_those_that_the_emulated_slack_answers() -> None:
    rows = [line.split("|")[1] for line in PAGE.splitlines() if re.match(r"\| `\w+\.\w", line)]
    listed = {name for row in rows for name in re.findall(r"`([\w.]+)`", row)}
    assert listed == {OPENED_BY_SOCKET_MODE, *METHODS}


def test_the_settings_are_those_that_can_be_said() -> None:
    section = PAGE.partition("**Settings.**")[2].partition("**Faults.**")[0]
    rows = {
        line.split("|")[1].strip(" `"): line.split("|")[2]
        for line in section.splitlines()[5:]
        if line.startswith("|")
    }
    usual = {name: json.dumps(value) for name, value in Settings().model_dump(mode="json").items()}
    assert {name: values.split("`")[1] for name, values in rows.items()} == {
        name: value.removesuffix(".0") for name, value in usual.items()
    }


def test_the_tiers_are_those_that_calls_are_counted_by() -> None:
    said = {"channel": "a post a second and channel"}
    for line in PAGE.splitlines():
        if re.match(r"\| `\w+\.\w", line):
            for name in set(re.findall(r"`([\w.]+)`", line.split("|")[1])) & set(METHODS):
                tier = METHODS[name].tier
                assert line.split("|")[3].strip() == said.get(str(tier), str(tier)), name


def test_the_switches_are_those_that_can_be_turned() -> None:
    table = PAGE.split("| Switch | At first | |")[1].split("\n\n")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert [name for row in rows for name in re.findall(r"`(\w+)`", row)] == list(Turned.model_fields)


def test_the_control_calls_are_those_that_are_served() -> None:
    listed = set(re.findall(r"`(GET|POST|PUT) (/_sim/\S*)`", PAGE))
    hms = {(each.method, f"/_sim{each.path}") for each in declared_in(deeds, inspection, webhook)}
    assert listed == hms | {(route.method, route.path) for route in switches().routes()}
