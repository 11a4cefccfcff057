"""A walk over docs/operations.md: a command beside each operation is typed, and 100ms is asked for just that.

An operation whose commands are new is walked over by their examples.
"""

import re
from collections.abc import Mapping
from functools import cache

from bot.command import Registry, read
from sandbox.hms.state.poll.poll_run import Run
from tests.chat import Chat, Said, buttons
from tests.furnished import FILE, SESSION, furnished
from tests.house.callers import callers
from tests.house.test_commands import as_sent
from tests.house.test_operations import LISTED

REGISTRY = Registry()
OPERATIONS = [words[0] for words in LISTED]
# V1 is superseded.
UNTYPED = {operation for operation in OPERATIONS if operation.startswith("legacy_v1.")}
TAKEN = {200, 201, 202, 204}
YES = re.compile(r"decision:.*:yes")
# In this order: what ends or takes away something comes after what needs it.
LINES = (
    "end-room --cancel",  # the walk takes longer than that session was to last
    "asset list",
    f"asset link {FILE}",
    "code list",
    "code create guest",
    "code create --room standup",
    "code check {code}",
    "code disable guest 2",
    "event errors",
    "event list",
    "event replay --since 2h",
    "event list --replay {replay}",
    "key create yoga",
    "live show",
    "live meta 'question 2'",
    "poll create 'Where?' Rome Oslo Riga",
    "poll show 'Where?'",
    "poll-option edit 'Where?' 1 1 Milan",
    "poll-option add 'Where?' 1 Turin",
    "poll-option remove 'Where?' 1 2",
    "poll-question add 'Where?' 'Why there?'",
    "poll-question remove 'Where?' 2",
    "poll link 'Where?'",
    "poll sessions 'Team quiz'",
    "poll sessions 'Team quiz' --session {session}",
    "poll results 'Team quiz'",
    "poll results 'Team quiz' --all",
    "poll results 'Team quiz' --all --result {result}",
    "poll results 'Team quiz' --session {session} --result {result}",
    "poll responses 'Team quiz'",
    "poll responses 'Team quiz' --all",
    "poll responses 'Team quiz' --all --response {response}",
    "poll responses 'Team quiz' --session {session} --response {response}",
    "quality Gus",
    "record config",
    "record pause",
    "record resume",
    "record stop --all",
    "room list",
    "room show",
    "room create algebra-9b",
    "room edit standup --size 50",
    "room lock",
    "room unlock",
    f"session show {SESSION}",
    "sip trunk-create spare acme pw sip.example.com +15550188",
    "session list",
    "status",
    "stream show",
    "stream stop --all",
    "stream start youtube",
    "stream stop",
    "record start",
    "record stop",
    "live stop --all",
    "live start --record",
    "live pause-recording",
    "live resume-recording",
    "live stop",
    "template create lab --like classroom",
    "template-role set lab guest --video no",
    "template-role delete lab stage",
    "template-settings set lab --region eu",
    "template-recordings set lab --role host --film yes",
    "template-destinations set lab broadcast --kind live --longest 7200",
    "template edit lab --rename workshop",
    "who",
    "say We start in five minutes",
    "room defaults --muted-role muted",
    "remove Gus spamming",
    "key disable",
)
LAST = "end-room"


@cache  # not when the suite is collected: to read the code takes seconds
def beside() -> Mapping[str, list[str]]:
    """Every operation that a command reaches, with the words of those that do."""
    return {operation: words for operation, words in callers().items() if operation in OPERATIONS}


class Walker:
    """Ada, who types; Max, who agrees where it takes a second one; and which operation was asked for how."""

    def __init__(self, chat: Chat) -> None:
        self.chat = chat
        self.typed: dict[str, str] = {}

    async def types(self, line: str) -> None:
        """Type a line and say yes to it; what 100ms did for it counts where its command stands beside."""
        before = len(self.chat.world.calls)
        sent = as_sent(line.format(**self.known))
        await self.agrees(await self.chat.says("ada", f"/hms {sent}"))
        await self.chat.passes("30s")  # what was started runs, what was stopped has ended
        words = read(REGISTRY, sent).words
        for call in self.chat.world.calls[before:]:
            if call.status in TAKEN and words in beside().get(call.operation, ()):
                self.typed.setdefault(call.operation, line)

    async def agrees(self, said: Said) -> None:
        """Press the yes, where there is one: Ada's own, or the one that Max reads."""
        for who, read_there in (("ada", said), ("max", self.chat.reads("max")), ("max", self.direct)):
            for card in read_there.messages:
                for button in buttons(card):
                    if YES.fullmatch(button["value"]) and (who == "max" or card.only_for):
                        await self.chat.clicks(who, button["text"]["text"], Said((card,)))

    @property
    def direct(self) -> Said:
        return self.chat.reads("max", "dm")

    @property
    def known(self) -> Mapping[str, str]:
        """What has an id that only 100ms can tell."""
        codes = self.chat.world.room_codes
        room = next(room for room in self.chat.world.rooms.values() if room.name == "standup")
        run = self.run
        return {
            "code": next(code.code for code in codes.of(room) if code.enabled),
            "replay": next(iter(self.chat.world.history.replays._workflows), ""),
            "session": run.session_id,
            "result": run.results[0].id,
            "response": run.responses[0].id,
        }

    @property
    def run(self) -> Run:
        """The running of the quiz that was answered."""
        polls = self.chat.world.polls
        return next(run for run in polls._runs if run.responses)


def test_a_command_stands_beside_each_operation() -> None:
    assert set(OPERATIONS) - beside().keys() <= UNTYPED


def test_a_command_stands_beside_what_it_calls_and_not_what_a_namesake_in_another_function_calls() -> None:
    assert beside()["stream_keys.create"] == ["key create", "key rotate"]
    assert beside()["stream_keys.disable"] == ["key disable", "key rotate"]
    assert beside()["live_streams.send_timed_metadata"] == ["live meta"]
    assert beside()["polls.delete_option"] == ["poll-option remove"]


async def test_each_operation_is_asked_for_by_a_command_beside_it(chat: Chat) -> None:
    await furnished(chat)
    walker = Walker(chat)
    for line in LINES:
        await walker.types(line)
    for operation, commands in beside().items():
        examples = [one for words in commands for one in REGISTRY.commands[words].examples]
        while operation not in {*walker.typed, "active_rooms.end_room"} and examples:
            await walker.types(examples.pop(0))
    await walker.types(LAST)

    assert [operation for operation in beside() if operation not in walker.typed] == []
