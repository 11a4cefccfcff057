"""Help, and the page of all commands."""

import re

import pytest

from bot.command import Level, Registry, document, help_page, read, usage
from bot.people import Yes
from bot.reply import Plain, Reply

MENTION = re.compile(r"@(\w+)")


@pytest.fixture(scope="module", params=["samples", "commands"])
def every(request, registry: Registry) -> Registry:
    return registry if request.param == "samples" else Registry("commands")


def refused(level: Level) -> Reply:
    return Reply("It takes {level}.", level=level.needed)


def everybody(command: object) -> bool:
    return True


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("end-room", "end-room [room] [--lock] [--in 15m]"),
        ("remove", "remove <person>|--role <role> <reason>"),
        ("mute", "mute <person> [lasting]"),
        ("grant", "grant <user> <viewer|moderator|admin>"),
        ("poll", "poll <question> <answers> [--no-anonymous] [--warn <warn>] [--until 18:30]"),
    ],
)
def test_how_a_command_is_written(registry: Registry, words: str, written: str) -> None:
    assert usage(registry.commands[words]) == written


def test_help_for_a_command_says_who_may_and_whose_yes_is_in_force(registry: Registry) -> None:
    page = help_page(registry, "close", everybody, lambda _: Yes.SECOND, refused)
    said = Plain().text(page)
    assert "End the live session in a room." in said
    assert "It takes a moderator. A second moderator approves it." in said
    assert "/hms end-room standup --lock --reason 'time is up'" in said
    assert [row[1].words for row in page.table.rows] == [
        "Keep the room closed afterwards",
        "Wait this long first",
    ]


def test_help_lists_what_this_person_may_run(registry: Registry) -> None:
    page = help_page(
        registry, "", lambda command: command.level <= Level.VIEWER, lambda command: command.yes, refused
    )
    assert [row[0].words for row in page.table.rows] == ["/hms help", "/hms status", "/hms record show"]


def test_help_names_something_that_is_done_as_its_example(registry: Registry) -> None:
    everything = Plain().text(help_page(registry, "", lambda _: True, lambda command: command.yes, refused))
    assert "More about one of them: /hms help approve." in everything


def test_help_for_a_noun_lists_its_verbs(registry: Registry) -> None:
    page = help_page(registry, "Record", everybody, lambda command: command.yes, refused)
    assert [row[0].words for row in page.table.rows] == ["/hms record show", "/hms record start"]


def test_help_for_what_there_is_not_offers_what_is_close(registry: Registry) -> None:
    said = Plain().text(help_page(registry, "remov", everybody, lambda command: command.yes, refused))
    assert "no command “remov”" in said
    assert "/hms remove" in said


def test_every_example_stands_alone_on_its_line_and_reads(every: Registry) -> None:
    lines = document(every).splitlines()
    for words, command in every.commands.items():
        assert len(command.examples) == 2, words
        for example in command.examples:
            assert f"    /hms {example}" in lines
            assert read(every, MENTION.sub(r"<@U1|\1>", example)).words == words


def test_every_command_says_what_it_does_in_one_line(every: Registry) -> None:
    for words, command in every.commands.items():
        assert command.__doc__, words
        assert "{" not in command.__doc__
