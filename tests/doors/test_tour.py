"""All that docs/commands.md shows, typed at both doors: it is answered, and Slack takes each answer."""

import re
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

import pytest
from structlog.testing import capture_logs

from sandbox.slack.messages import Message
from tests.chat import PEOPLE, Chat, Said, buttons, words
from tests.doors.transports import DOORS
from tests.furnished import furnished
from tests.house.test_commands import EXAMPLES, UNUSABLE, as_sent

ADA = PEOPLE["ada"]
# What takes away what the others speak of comes last.
LAST = ("poll edit", "poll copy", "poll-question remove", "stream-target remove", "room unbind")
NO = re.compile(r"decision:.*:(no|withdraw)")
CUT = "…"
WORD = re.compile(r"\w+")
UNSPOKEN = {"actions", "accessory", "data_visualization"}  # what is pressed; what is said below in words


class Door(Protocol):
    def __call__(self, chat: Chat) -> AbstractAsyncContextManager[object]: ...


@dataclass
class Tour:
    """Ada, who types one line after the other and reads what came of it."""

    chat: Chat
    unanswered: list[str] = field(default_factory=list)
    unusable: list[str] = field(default_factory=list)
    one_sided: list[str] = field(default_factory=list)

    async def types(self, line: str) -> None:
        """One line; what then waits for a yes gets its no, so that nothing piles up."""
        said = await self.chat.says("ada", f"/hms {line}")
        forms = self.chat.workspace.views_of(ADA)
        if not said.messages and not forms:
            self.unanswered.append(line)
        if UNUSABLE.search(said.text):
            self.unusable.append(f"{line}: {said.text}")
        for message in said.messages:
            await self.declines(message)
        for form in forms:
            await self.chat.workspace.closes(ADA, form.id)

    async def declines(self, card: Message) -> None:
        """Say no to what waits: Ada where she alone sees it, else Max, who decides."""
        for button in buttons(card):
            if NO.fullmatch(button["value"]):
                who = "ada" if card.only_for else "max"
                await self.chat.clicks(who, button["text"]["text"], Said((card,)))

    def reads_all(self) -> None:
        """Look at everything there is: what the blocks say the text says too."""
        for channel in self.chat.workspace.channels(ADA):
            for message in self.chat.workspace.sees(ADA, channel.id):
                missing = unsaid(message)
                if missing:
                    self.one_sided.append(f"{missing} not in: {message.text}")


def unsaid(message: Message) -> set[str]:
    """The words that stand in the blocks of a message and not in its text, unless that was cut."""
    if not message.blocks or message.text.endswith(CUT):
        return set()
    shown = replace(message, blocks=tuple(map(spoken, message.blocks)))
    return set(WORD.findall(words(shown))) - set(WORD.findall(words(replace(message, blocks=()))))


def spoken(part: Any) -> Any:
    """A block without what has no twin: buttons, drawings, and the headings above the first columns."""
    if isinstance(part, list | tuple):
        return [
            spoken(each) for each in part if not (isinstance(each, dict) and each.get("type") in UNSPOKEN)
        ]
    if not isinstance(part, dict):
        return part
    kept = {name: spoken(value) for name, value in part.items() if name not in UNSPOKEN}
    return kept | ({"rows": kept["rows"][1:]} if "rows" in kept else {})


@pytest.mark.long(minutes=0.5)
@pytest.mark.parametrize("door", DOORS)
async def test_every_example_is_answered_in_what_slack_takes(chat: Chat, door: Door) -> None:
    await furnished(chat)
    tour = Tour(chat)
    async with door(chat):
        with capture_logs() as logged:
            for example in sorted(EXAMPLES, key=lambda line: line.startswith(LAST)):
                await tour.types(as_sent(example))
    tour.reads_all()

    assert tour.unanswered == []
    assert tour.unusable == []
    assert tour.one_sided == []
    assert [*chat.workspace.state.refused] == []
    assert [line for line in logged if line["log_level"] in {"error", "critical"}] == []
