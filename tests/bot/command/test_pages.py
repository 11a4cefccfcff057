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
    assert "a second moderator presses its button." in said
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


def test_help_alone_shows_what_people_do_most_and_asks_what_it_is_about(registry: Registry) -> None:
    page = help_page(registry, "", lambda _: True, lambda command: command.yes, refused)
    assert "/hms remove Gus spamming" in [row[0].words for row in page.table.rows]
    assert Plain().label(page.buttons[0].label) == "Rooms"
    assert page.buttons[0].invocation.arguments == {"command": "rooms"}


def test_help_about_a_topic_lists_what_belongs_to_it(registry: Registry) -> None:
    page = help_page(registry, "recordings", lambda _: True, lambda command: command.yes, refused)
    assert [row[0].words for row in page.table.rows] == ["/hms record show", "/hms record start"]
    assert "More about one of them: /hms help record start." in Plain().text(page)


def test_help_for_a_command_lets_one_try_it(registry: Registry) -> None:
    page = help_page(registry, "end-room", everybody, lambda command: command.yes, refused)
    assert [(one.label, one.form) for one in page.buttons] == [("Try it", True)]


def test_help_for_a_noun_lists_its_verbs(registry: Registry) -> None:
    page = help_page(registry, "Record", everybody, lambda command: command.yes, refused)
    assert [row[0].words for row in page.table.rows] == ["/hms record show", "/hms record start"]


def test_help_for_what_there_is_not_offers_what_is_close(registry: Registry) -> None:
    page = help_page(registry, "remov", everybody, lambda command: command.yes, refused)
    assert "no command “remov”" in Plain().text(page)
    assert [one.label for one in page.all_buttons()] == ["remove", "All commands"]


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
