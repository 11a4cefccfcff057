"""Which commands there are, and what their words mean."""

import importlib
import sys
from pathlib import Path

import pytest

from bot.command import Level, Registry, Unreadable, suggested
from bot.errors import UserError
from bot.reply import Invocation, Plain

COMMAND = """
from bot.command import Command, Level, RoomRef
{more}
class {name}(Command):
    \"\"\"Do something.\"\"\"

    level = Level.VIEWER
    also = ("thing",)
"""


def package(folder: Path, monkeypatch: pytest.MonkeyPatch, **modules: str) -> str:
    name = f"{folder.name}_commands"
    home = folder / name
    home.mkdir()
    for module, text in {"__init__": "", **modules}.items():
        (home / f"{module}.py").write_text(text)
    monkeypatch.syspath_prepend(folder)
    importlib.invalidate_caches()
    return name


def test_a_file_is_a_command_and_a_folder_a_noun(registry: Registry) -> None:
    assert "record start" in registry.commands
    assert registry.nouns == {"record": "Recordings of a session."}
    assert registry.words(registry.commands["record start"]) == "record start"


@pytest.mark.parametrize("typed", ["end-room", "End Room", "end room", "close", "CLOSE"])
def test_a_command_is_found_by_its_words_and_its_twins(registry: Registry, typed: str) -> None:
    assert registry.find(typed) == ("end-room", registry.commands["end-room"])


def test_a_noun_alone_means_its_first_reading_verb(registry: Registry) -> None:
    assert registry.find("record") == ("record show", registry.commands["record show"])
    assert registry.find("nothing") is None


def offered(registry: Registry, line: str, tried: str = "", most: Level = Level.ADMIN) -> list[str]:
    said = suggested(registry, line, Unreadable("").trying(tried), "", lambda command: command.level <= most)
    return [Plain().label(button.label) for button in said.all_buttons()]


def test_what_is_closest_is_offered_of_what_this_person_may_run(registry: Registry) -> None:
    assert offered(registry, "recrod strat standup") == ["record start standup", "All commands"]
    assert "record start" not in str(offered(registry, "recrod strat", most=Level.VIEWER))


def test_nothing_close_leads_to_help(registry: Registry) -> None:
    assert offered(registry, "qqqq") == ["All commands"]


def test_a_command_that_was_understood_is_explained_to_who_may_run_it(registry: Registry) -> None:
    assert offered(registry, "end-room --in soon", "end-room") == ["End room…", "How it is written"]
    assert offered(registry, "end-room --in soon", "end-room", Level.VIEWER) == ["All commands"]


def test_a_kept_command_may_leave_out_the_room_of_here(registry: Registry) -> None:
    assert registry.load(Invocation("end-room", lock=True)).room.words == ""
    assert registry.load(Invocation("end-room", room="standup")).room.words == "standup"


@pytest.mark.parametrize(
    "invocation", [Invocation("gone"), Invocation("end-room", gone=1), Invocation("end-room", lock="perhaps")]
)
def test_what_an_older_version_kept_and_nobody_knows_is_said(
    registry: Registry, invocation: Invocation
) -> None:
    with pytest.raises(UserError):
        registry.load(invocation)


@pytest.mark.parametrize(
    "modules",
    [
        {"one": COMMAND.format(name="One", more=""), "two": COMMAND.format(name="Two", more="")},
        {"one": COMMAND.format(name="One", more="") + COMMAND.format(name="Two", more="")},
        {"one": COMMAND.format(name="One", more="") + "    here: bool = False\n"},
        {"one": COMMAND.format(name="One", more="") + "    number: complex = 0j\n"},
        {
            "one": COMMAND.format(name="One", more="import typing")
            + "    a: typing.Annotated[str, Rest]\n    b: str\n"
        },
    ],
)
def test_commands_that_would_mean_two_things_do_not_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, modules: dict[str, str]
) -> None:
    modules = {name: text.replace("RoomRef", "RoomRef, Rest") for name, text in modules.items()}
    name = package(tmp_path, monkeypatch, **modules)
    with pytest.raises(TypeError):
        Registry(name)
    for module in [module for module in sys.modules if module.startswith(name)]:
        monkeypatch.delitem(sys.modules, module)
