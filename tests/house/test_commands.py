"""What holds for every command, those of tomorrow too."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.command import Command, Context, Level, Registry, RoomRef, read, write
from bot.command.arguments import typed
from bot.command.pages import help_line
from bot.dispatch.context import context
from bot.dispatch.meaning import pinned
from bot.errors import UserError
from bot.features.schedule.book import Windows
from bot.features.schedule.lines import ScheduledLine, ScheduledLines
from bot.people import Yes
from bot.reply import Invocation, Plain, Reply
from bot.request.request import Origin
from bot.work import Failures, Job
from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.bot.command.values import hides
from tests.chat import PEOPLE, Chat
from tests.commands.targets import adds_target

REGISTRY = Registry()
COMMANDS = list(REGISTRY.commands.values())
SPEAK_FOR_THEMSELVES = {"room", "person", "user", "reason"}
EXAMPLES = [example for command in COMMANDS for example in command.examples]

# What an example must never be answered with: a defect, or that it cannot be read.
UNUSABLE = re.compile("reference|There is no command|There is no option|Closest to it")


def as_sent(example: str) -> str:
    """An example as Slack sends it: who is mentioned, by id."""
    return re.sub(r"@(\w+)", lambda found: f"<@{PEOPLE[found[1]]}>", example)


@pytest.mark.parametrize("command", COMMANDS, ids=REGISTRY.words)
def test_a_command_says_what_it_is_for(command: type[Command]) -> None:
    line = help_line(command)
    assert line.endswith(".")
    assert len(line) <= 120
    assert "\n" not in line


@pytest.mark.parametrize("noun", REGISTRY.nouns)
def test_a_noun_says_what_it_is_about(noun: str) -> None:
    assert REGISTRY.nouns[noun].endswith(".")


@pytest.mark.parametrize("command", COMMANDS, ids=REGISTRY.words)
def test_a_command_states_its_level_and_its_yes(command: type[Command]) -> None:
    assert isinstance(command.level, Level)
    assert isinstance(command.yes, Yes)
    assert not (command.reads and command.yes is not Yes.NONE)


@pytest.mark.parametrize("command", COMMANDS, ids=REGISTRY.words)
def test_what_a_command_takes_is_described(command: type[Command]) -> None:
    undescribed = {argument.word for argument in typed(command) if not argument.description}
    assert undescribed <= SPEAK_FOR_THEMSELVES


@pytest.mark.parametrize("command", COMMANDS, ids=REGISTRY.words)
def test_a_command_shows_two_examples_at_least_and_they_are_its_own(command: type[Command]) -> None:
    assert len(command.examples) >= 2
    for example in command.examples:
        assert type(read(REGISTRY, as_sent(example)).command) is command


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_written_canonically_reads_back_equal(example: str) -> None:
    asked = read(REGISTRY, as_sent(example)).command
    assert hides(asked) or read(REGISTRY, write(REGISTRY, asked)).command == asked


async def test_every_command_is_refused_below_its_level(chat: Chat) -> None:
    standup = chat.world.add_room("standup", live=True)
    standup.join("Gus")
    await chat.binds("classes", standup)
    await chat.says("ada", "/hms access revoke @max --yes")
    below = {Level.VIEWER: "max", Level.MODERATOR: "vi", Level.ADMIN: "mo"}

    guarded = [command for command in COMMANDS if command.level in below]
    lines = {f"/hms {command.examples[0]} --yes": below[command.level] for command in guarded}
    answers = {line: (await chat.says(who, line)).text for line, who in lines.items()}

    assert [line for line, text in answers.items() if not text.startswith("Only ")] == []
    assert {call.method for call in chat.world.calls} <= {"GET"}


async def streams_and_lets_in(chat: Chat, room: Room) -> None:
    """So that there are both kinds of stream, a target, a trunk, a key, and codes that work and do not."""
    chat.world.add_room("yoga")
    await adds_target(chat, "youtube")
    await chat.says("ada", "/hms sip trunk-create office acme pw sip.example.com +15550199 --yes")
    chat.world.room_codes.sync(room)
    for code in [one for one in chat.world.room_codes.of(room) if one.role in {"guest", "stage"}]:
        chat.world.room_codes.enable(code, enabled=False)
    chat.clock.now += timedelta(seconds=1)
    chat.world.room_codes.add(room, "guest")
    for kind, parameters in (
        (Kind.LIVE_STREAM, {"recording": {"hls_vod": True}}),
        (Kind.EXTERNAL_STREAM, {"recording": False, "rtmp_urls": []}),
    ):
        held, room.beams[:] = [*room.beams], []  # a recording has the slot that one of them takes
        room.start(Order(kind=kind, meeting_url="https://x.example/preview/x/host", parameters=parameters))
        room.beams[:0] = held
    await chat.says("ada", "/hms key create standup --yes")


async def turn(chat: Chat, standup: Room) -> None:
    """Let it be otherwise, for what would change nothing before: nothing runs, and nobody has a level."""
    await chat.says("ada", "/hms access revoke @max --yes")
    await chat.says("ada", "/hms access revoke @vi --room standup --yes")
    await chat.says("ada", "/hms record require on")
    for beam in standup.beams:
        beam.stop()
    await chat.passes("1m")
    await rests(chat, standup)


async def rests(chat: Chat, standup: Room) -> None:
    """Pause the hours of a room, with days that are skipped: by the number that was the line's until now."""
    road = chat.bot.dispatcher
    [window] = await road.books[Windows].of(standup.id)
    skipping = window.exceptions.skipping(date(2026, 3, 6), date(2026, 12, 25))
    async with road.db.write() as tx:
        await road.books[ScheduledLines].remove(tx, "12")
        await road.books[Windows].remove(tx, window.id)
        paused = replace(window, id="12", exceptions=skipping.pausing(chat.clock()))
        await road.books[Windows].keep(tx, paused)


async def questions_of(ctx: Context, acts: Sequence[Command]) -> dict[int, Reply]:
    """What each of them asks, by its place; none of one that could not be done, or is so already."""
    asked = {}
    for at, act in enumerate(acts):
        with suppress(UserError):
            asked[at] = await (await pinned(ctx, act)).consequence(ctx)
    return asked


async def furnish(chat: Chat, standup: Room) -> Context:
    """One of everything that the examples speak of; answers the context in which Ada asks in #classes."""
    await chat.binds("classes", standup)
    await chat.grants("vi", Level.VIEWER, standup.id)
    await chat.says("ada", "/hms end-room --in 5m --yes")  # so that there is one to call off
    await chat.says("ada", "/hms announce add 1h Stretch")  # so that there is one to stop
    await chat.says("ada", "/hms record start")  # so that there is one to pause and to stop
    quiz = "'France?' Lyon = Paris Metz / 'Norway?' Rome = Oslo Bergen --title 'Team quiz'"
    await chat.says("ada", f"/hms poll create {quiz}")  # so that there is one to change
    await streams_and_lets_in(chat, standup)
    await chat.says("ada", "/hms schedule window mon,fri 20:00-20:30 --tz UTC --yes")
    standup.enabled = True  # the hours have locked it, and a locked room has neither codes nor keys
    road, origin = chat.bot.dispatcher, Origin("slack", "asked", "C0CLASSES")
    ctx = context(road, await road.voice.actor(PEOPLE["ada"]), origin)
    for number in range(3):  # so that there is one to try again
        async with road.db.write() as tx:
            await road.books[Failures].keep(
                tx, Job("daily", f"failed {number}", {"due": []}), f"failed {number}"
            )

    async with road.db.write() as tx:  # so that there is one to answer for
        held = RoomRef(id=standup.id, name=standup.name)
        unlocks = Invocation("room unlock", room=held)
        tomorrow = chat.clock() + timedelta(days=1)
        line = ScheduledLine("12", held, unlocks, "room unlock", ctx.cause, at=tomorrow)
        await road.books[ScheduledLines].keep(tx, line)
    return ctx


async def test_every_act_asks_a_question_whose_yes_can_be_read_on_a_button(chat: Chat) -> None:
    standup = chat.world.add_room("standup", live=True)
    standup.join("Gus")
    standup.join("Ivy", role="stage")
    lines = [read(REGISTRY, as_sent(one)).command for one in (*EXAMPLES, "end-room --cancel")]
    acts = [one for one in lines if not one.reads]
    ctx = await furnish(chat, standup)
    questions = await questions_of(ctx, acts)
    await turn(chat, standup)
    questions |= await questions_of(ctx, acts)

    assert [write(REGISTRY, one) for at, one in enumerate(acts) if at not in questions] == []
    asked = list(questions.values())
    assert [one.template for one in asked if not one.template.endswith("?")] == []
    assert [one.template for one in asked if not one.button or len(one.button) > 30] == []
    heads = [Plain().text(one.first()) for one in asked]
    assert [head for head in heads if "<@" in head or "<#" in head] == []  # there is no link in a heading
    assert [fact for one in asked for fact in one.facts if fact.template.endswith(".")] == []


async def test_every_example_can_be_tried_and_changes_nothing(chat: Chat) -> None:
    standup = chat.world.add_room("standup", live=True)
    standup.join("Gus")
    standup.join("Ivy", role="stage")
    await chat.binds("classes", standup)

    answers = {example: (await chat.says("ada", f"/hms {example} --dry-run")).text for example in EXAMPLES}

    assert [example for example, text in answers.items() if not text or UNUSABLE.search(text)] == []
    asked = [
        call for call in chat.world.calls if call.operation != "room_codes.auth_token"
    ]  # which checks a code
    assert [call for call in asked if call.method != "GET"] == []
