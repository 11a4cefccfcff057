"""What people type, and what is understood."""

from datetime import timedelta

import pytest

from bot.command import Incomplete, Line, Registry, Unreadable, read, unescape
from bot.people import Yes
from bot.reply import Plain, Reply


class Reading:
    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def __call__(self, line: str) -> Line:
        return read(self.registry, line)

    def error(self, line: str) -> Unreadable:
        with pytest.raises(Unreadable) as wrong:
            read(self.registry, line)
        return wrong.value

    def says(self, line: str) -> str:
        return Plain().text(Reply.of(self.error(line)))


@pytest.fixture
def typed(registry: Registry) -> Reading:
    return Reading(registry)


def test_the_words_are_the_files_path(typed: Reading) -> None:
    assert typed("record start").words == "record start"
    assert typed("end-room").words == "end-room"


@pytest.mark.parametrize(
    "line", ["End-room --lock", "END ROOM --lock", "close --lock", "  end-room   --lock  "]
)
def test_phones_begin_with_a_capital_and_people_with_a_twin(typed: Reading, line: str) -> None:
    asking = typed(line)
    assert asking.command.lock
    assert asking.sentence == "end-room --lock"


@pytest.mark.parametrize(
    "line",
    ['"end-room" --lock', "“end-room” --lock", "'End Room' --lock", "«close» --lock"],
)
def test_a_command_in_quotes_is_that_command(typed: Reading, line: str) -> None:
    assert typed(line).sentence == "end-room --lock"


def test_quotes_around_anything_else_make_no_command_of_it(typed: Reading) -> None:
    assert typed.says('"dance"') == "There is no command “dance”."
    assert typed.says('""').startswith("There is no command")


@pytest.mark.parametrize(
    "span", ["5m", "5", "5 min", "5 minutes", "5 mins", "300s", "'5 min'", "=5"], ids=lambda one: one
)
def test_a_length_is_read_as_people_write_it(typed: Reading, span: str) -> None:
    line = f"end-room --in {span} standup".replace(" =", "=")
    assert (typed(line).command.after, typed(line).command.room.words) == (timedelta(minutes=5), "standup")


def test_a_bare_number_among_the_words_is_a_part_of_the_name(typed: Reading) -> None:
    command = typed("mute Agent 7").command
    assert (command.person.words, command.lasting) == ("Agent 7", None)


def test_a_line_without_words_asks_for_the_status(typed: Reading) -> None:
    assert typed("").words == typed("  ").words == typed("--here").words == "status"


def test_a_noun_alone_reads(typed: Reading) -> None:
    assert typed("record").words == "record show"
    assert typed("record standup").command.room.words == "standup"


def test_a_slip_behind_a_noun_is_no_name(typed: Reading) -> None:
    assert typed.error("record satrt standup").tried == "record satrt"


def test_names_need_no_quotes(typed: Reading) -> None:
    assert typed("end-room Big  Hall --lock").command.room.words == "Big Hall"
    assert typed("mute Conan O’Brien 10m").command.person.words == "Conan O’Brien"  # noqa: RUF001 -- a phone's
    assert typed("mute O'Brien").command.person.words == "O'Brien"


def test_what_phones_type_is_understood(typed: Reading) -> None:
    asking = typed("end-room “Big Hall” —lock —reason=‘time is up’ –dry-run")  # noqa: RUF001 -- a phone's signs
    assert (asking.command.room.words, asking.command.lock) == ("Big Hall", True)
    assert (asking.command.reason, asking.dry_run) == ("time is up", True)


def test_a_last_text_takes_the_rest_as_it_was_typed(typed: Reading) -> None:
    assert typed('say He said "go  on" — and it\'s fine').command.text == 'He said "go  on" — and it\'s fine'
    assert typed("say 'in one piece'").command.text == "in one piece"
    assert typed("say first\nsecond").command.text == "first\nsecond"


def test_options_may_stand_anywhere(typed: Reading) -> None:
    asking = typed("say --type notice We start --room standup now --yes")
    assert asking.command.text == "We start now"
    assert (asking.command.kind, asking.command.room.words, asking.sure) == ("notice", "standup", True)


def test_quoted_options_are_text(typed: Reading) -> None:
    asking = typed('say "--yes" and "--here"')
    assert (asking.command.text, asking.sure, asking.here) == ('"--yes" and "--here"', False, False)


def test_a_reason_runs_up_to_the_next_option(typed: Reading) -> None:
    asking = typed("end-room standup --reason time is up --lock")
    assert (asking.command.reason, asking.command.lock) == ("time is up", True)
    assert asking.reason == "time is up"


def test_every_command_takes_a_reason(typed: Reading) -> None:
    assert typed("mute Gus --reason too loud").reason == "too loud"


def test_a_person_with_text_behind_is_kept_whole_until_it_is_known_who_is_there(typed: Reading) -> None:
    removed = typed("remove Gus Miller spamming --room standup").command
    assert (removed.person.words, removed.person.holds_text, removed.reason) == (
        "Gus Miller spamming",
        True,
        "",
    )


def test_a_role_stands_in_place_of_a_person(typed: Reading) -> None:
    removed = typed("remove --role guest the lesson begins").command
    assert (removed.person, removed.role, removed.reason) == (None, "guest", "the lesson begins")
    assert "either person or role" in typed.says("remove --person Gus --role guest spam")


def test_a_name_before_a_role_is_no_reason(typed: Reading) -> None:
    said = typed.says("remove Gus --role guest spam")
    assert said == (
        "“Gus” stands where the person would. Name either person or role, not both. The reason goes behind."
    )


def test_a_length_of_time_at_the_end_is_no_part_of_the_name(typed: Reading) -> None:
    muted = typed("mute Gus Miller 10m").command
    assert (muted.person.words, muted.lasting) == ("Gus Miller", timedelta(minutes=10))
    assert typed("mute 10m").command.person.words == "10m"
    assert typed('mute "Gus 10m"').command.lasting is None


@pytest.mark.parametrize("length", ["1h 30m", "1 h 30 min", "1 hour 30 minutes", "90 min"])
def test_a_length_may_have_several_words(typed: Reading, length: str) -> None:
    lasting = timedelta(minutes=90)
    assert typed(f"end-room --in {length} Big Hall").command.after == lasting
    assert typed(f"end-room Big Hall --in {length}").command.room.words == "Big Hall"
    muted = typed(f"mute Gus Miller {length}").command
    assert (muted.person.words, muted.lasting) == ("Gus Miller", lasting)


def test_two_numbers_are_no_length_of_one(typed: Reading) -> None:
    muted = typed("mute Gus 5 10m").command
    assert (muted.person.words, muted.lasting) == ("Gus 5", timedelta(minutes=10))


def test_a_moment_may_be_a_length_of_several_words(typed: Reading) -> None:
    asking = typed("poll Tea? yes --until in 1 hour 30 min no")
    assert (asking.command.until.words, asking.command.answers) == ("in 1 hour 30 min", ["yes", "no"])


@pytest.mark.parametrize(
    "line", ["end-room.", "end-room!", ": end-room", ", End Room?", " - end-room", "— end-room"]
)
def test_what_stands_around_a_command_in_a_sentence_is_no_part_of_it(typed: Reading, line: str) -> None:
    assert typed(line).sentence == "end-room"


def test_what_stands_before_an_option_is_no_address(typed: Reading) -> None:
    assert typed("—here").here  # a long dash of a phone
    assert typed("say: we start").command.text == "we start"


def test_a_moment_may_have_two_words(typed: Reading) -> None:
    asking = typed("poll Tea? yes --until tomorrow 09:00 no")
    assert (asking.command.until.words, asking.command.answers) == ("tomorrow 09:00", ["yes", "no"])


def test_lists_are_words_or_commas(typed: Reading) -> None:
    asking = typed('poll "Tea or coffee?" tea "not now" --warn 10,5 --warn "1,5"')
    assert asking.command.question == "Tea or coffee?"
    assert asking.command.answers == ["tea", "not now"]
    assert asking.command.warn == ("10", "5", "1,5")


def test_what_is_on_can_be_turned_off(typed: Reading) -> None:
    assert typed("poll Tea? yes no --no-anonymous").command.anonymous is False


def test_words_of_a_choice_in_any_case(typed: Reading) -> None:
    assert typed("grant <@U1|max> Moderator").command.rank == "moderator"
    assert typed("approve 12 --needs SECOND").command.needs is Yes.SECOND


def test_a_line_within_a_line_keeps_its_options(typed: Reading) -> None:
    asking = typed("once 18:30 end-room Big Hall --lock --reason time is up --dry-run")
    assert asking.command.line == "end-room Big Hall --lock --reason time is up"
    assert asking.dry_run
    assert typed("once 18:30 'say --yes'").command.line == "say --yes"
    assert typed("once 18:30 grant <@U1|max> admin").command.line == "grant <@U1|max> admin"


def test_help_for_what_is_being_typed(typed: Reading) -> None:
    asking = typed("remove Gus --help")
    assert (asking.words, asking.command.words) == ("help", "remove")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("say " + "a" * 4000, "A line may have 4000 characters, and this has 4004."),
        ("say " + "a " * 800, "A line may have 800 words, and this has 801."),
        ("end-room --in 99999d", "“99999d” is too long: 366d at most."),
        ("recrod strat", "There is no command “recrod”."),
        ("end-room --lokc", "There is no option --lokc here. Do you mean --lock?"),
        ("mute Gus --done", "put the text in quotes"),
        ("end-room --in soon", "“soon” is no length of time. Write it like 90s, 15m"),
        ("end-room --in", "--in needs something behind it, such as --in 15m."),
        ("end-room --in 5m --in 6m", "--in stands there twice."),
        ("end-room --rooms a*", "--rooms is not there yet. Name one room with --room."),
        ("poll Tea? yes --until 25:00", "“25:00” is no time."),
        ("approve twelve", "“twelve” is no whole number."),
        ("approve 0", "number must be at least 1."),
        ("approve 12 now", "There is no place for “now” here."),
        ("grant @max admin", "“@max” is nobody of this workspace."),
        ("grant <@U1> boss", "Choose from viewer, moderator, and admin."),
        ("remove --role x", "/hms remove still needs: reason."),
        ("remove", "/hms remove still needs: person and reason."),
        ('approve "12', 'The quote before "12 is never closed.'),
    ],
)  # fmt: skip
def test_an_error_says_what_and_what_to_type(typed: Reading, line: str, said: str) -> None:
    assert said in typed.says(line)


@pytest.mark.parametrize("line", ["end-room --lokc", "end-room --in soon", "approve twelve", "remove"])
def test_an_error_in_a_command_knows_which_it_was(typed: Reading, line: str) -> None:
    error = typed.error(line)
    assert error.tried == typed.registry.find(line.split(maxsplit=1)[0])[0]


def test_a_number_may_be_written_as_cards_do(typed: Reading) -> None:
    assert typed("approve #12").command.number == 12


def test_an_incomplete_command_hands_over_what_it_has(typed: Reading) -> None:
    lacking = typed.error("remove Gus --room standup")
    assert isinstance(lacking, Incomplete)
    assert (lacking.words, lacking.missing) == ("remove", ("reason",))
    assert lacking.given == {"person": "Gus", "room": "standup"}


def test_of_an_unreadable_line_little_may_be_kept(typed: Reading) -> None:
    wrong = typed.error("recrod strat hms_sec_1234")
    assert (wrong.word, wrong.length) == ("recrod", 25)
    assert typed.error("AKIA1234567890 hello").word == ""


def test_slacks_mentions_are_taken_out_before_entities_are_decoded() -> None:
    assert unescape("grant <@U1|max> &lt;b&gt; &amp;lt;") == "grant <@U1|max> <b> &lt;"
    assert unescape("grant <@U1|Max Moritz> admin") == "grant <@U1|Max_Moritz> admin"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("<mailto:help@example.org|help@example.org>", "help@example.org"),
        ("<http://example.org|example.org>", "example.org"),
        ("<https://example.org/a?b=c>", "https://example.org/a?b=c"),
        ("<https://example.org/a?b=c|this>", "this"),
        ("<tel:+4930123|+49 30 123>", "+49 30 123"),
        ("<tel:+4930123>", "+4930123"),
        ("<!here>", "@here"),
        ("<!here|@here>", "@here"),
        ("<!subteam^S1|@mods>", "@mods"),
        ("<!subteam^S1>", "@S1"),
        ("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
        ("<http://example.org|&lt;b&gt;>", "<b>"),
    ],
)
def test_what_slack_made_a_link_of_is_read_as_it_was_typed(sent: str, typed: str) -> None:
    assert unescape(f"say write to {sent} now") == f"say write to {typed} now"


def test_people_in_a_text_stand_there_by_name(typed: Reading) -> None:
    assert typed("say <@U1|mo> and <#C1|general> know").command.text == "@mo and #general know"
