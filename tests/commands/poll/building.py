"""The form of a poll, filled in and pressed as people do it."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.hms.state.poll.poll import Poll
from sandbox.slack.views import View
from tests.chat import PEOPLE, Chat

VALUE, CHANGE = "value", "question:change"


class Builder:
    """What one person sees of the form, by its labels; what is typed stays until it is sent."""

    def __init__(self, chat: Chat, who: str = "mo") -> None:
        self.chat, self.who = chat, PEOPLE[who]
        self.typed: dict[str, dict[str, Any]] = {}

    @property
    def view(self) -> View:
        return self.chat.workspace.views_of(self.who)[-1]

    @property
    def blocks(self) -> list[Mapping[str, Any]]:
        return list(self.view.body["blocks"])

    @property
    def labels(self) -> list[str]:
        return [block["label"]["text"] for block in self.blocks if block["type"] == "input"]

    def block(self, label: str, nth: int = 1) -> Mapping[str, Any]:
        found = [block for block in self.blocks if block.get("label", {}).get("text") == label]
        assert len(found) >= nth, f"no {label} among {self.labels}"
        return found[nth - 1]

    def shows(self, label: str) -> str:
        """What stands in an input: what is typed, else what it opened with."""
        block = self.block(label)
        held = self.typed.get(block["block_id"]) or self.view.values.get(block["block_id"], {})
        value = held.get(VALUE)
        if isinstance(value, dict):
            value = value.get("value")
        return value if value is not None else block["element"].get("initial_value", "")

    def types(self, label: str, value: Any, nth: int = 1) -> None:
        self.typed[self.block(label, nth)["block_id"]] = {VALUE: value}

    def ticked(self, nth: int = 1) -> list[str]:
        element = self.block("What is right, in a quiz", nth)["element"]
        return [option["text"]["text"] for option in element.get("initial_options", ())]

    def menu(self, question: int) -> dict[str, str]:
        """What can be chosen below a question, and its value."""
        rows = [block for block in self.blocks if block["type"] == "actions"]
        menus = [each for row in rows for each in row["elements"] if each["action_id"] == CHANGE]
        wanted = f"Change question {question}…"
        [found] = [menu for menu in menus if menu["placeholder"]["text"] == wanted]
        return {option["text"]["text"]: option["value"] for option in found["options"]}

    async def presses(self, label: str, nth: int = 1) -> None:
        """Press a button; what is typed goes along, as Slack sends it."""
        pressed = [pair for pair in self._buttons() if pair[1]["text"]["text"] == label][nth - 1]
        await self._touches(pressed[1]["action_id"], None, pressed[0]["block_id"])

    async def changes(self, question: int, label: str) -> None:
        """Choose from the menu below a question."""
        rows = [block for block in self.blocks if block["type"] == "actions"]
        wanted = f"Change question {question}…"
        [row] = [row for row in rows for each in row["elements"] if _hint(each) == wanted]
        await self._touches(CHANGE, self.menu(question)[label], row["block_id"])

    async def answered(self, way: str, nth: int = 1) -> None:
        await self._touches(VALUE, way, self.block("How it is answered", nth)["block_id"])

    async def hands_in(self) -> dict[str, str]:
        """Hand it in; answers what it says is wrong, by block."""
        outcome = await self.chat.workspace.submits(self.who, self.view.id, self.typed)
        assert outcome.error is None
        await self._settles()
        return dict(outcome.errors)

    async def _touches(self, action: str, value: Any, block: str) -> None:
        outcome = await self.chat.workspace.selects(
            self.who, self.view, action, value, block_id=block, values=self.typed
        )
        assert outcome.error is None
        await self._settles()
        self.typed = {}

    async def _settles(self) -> None:
        await self.chat.bot.idle()
        await self.chat.workspace.settles()

    def _buttons(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        for block in self.blocks:
            if block["type"] == "actions":
                yield from ((block, each) for each in block["elements"] if each["type"] == "button")


def _hint(element: Mapping[str, Any]) -> str:
    return str(element.get("placeholder", {}).get("text", ""))


def only_poll(chat: Chat) -> Poll:
    """The one poll that 100ms has."""
    [poll] = chat.world.polls._polls.values()
    return poll


def polls(chat: Chat) -> dict[str, Poll]:
    """The polls that 100ms has, by title; the newest where several are called the same."""
    return {poll.title: poll for poll in chat.world.polls._polls.values()}
