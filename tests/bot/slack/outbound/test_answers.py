"""A private answer finds the way that still works."""

import pytest

from bot.reply import Message, Reply
from bot.request.request import Origin
from bot.slack.connect import SlackConnection
from bot.slack.drawing.drawable import Drawable
from bot.slack.drawing.render import Renderer
from bot.slack.outbound.answers import Answers
from bot.slack.outbound.direct import Direct
from sandbox.slack.workspace import Workspace

MO = "U0MO"


class Speaker:
    """Says sentences to Mo, and tells what he then sees."""

    def __init__(self, answers: Answers, workspace: Workspace, channel: str) -> None:
        self.answers = answers
        self.workspace = workspace
        self.channel = channel
        token = workspace.state.response_urls.issue(MO, channel)
        self.address = workspace.state.respond_at(token)

    async def say(self, text: str, *, replace: bool = False, public: bool = False) -> None:
        message = Message(Reply(text), replace=replace, public=public)
        origin = Origin("slack", "key", channel=self.channel, address=self.address)
        await self.answers.say(origin, MO, message, Renderer().body(message))

    def seen(self, channel: str = "") -> list[tuple[str, bool]]:
        found = self.workspace.sees(MO, channel or self.channel)
        return [(message.text, message.only_for == MO) for message in found]


@pytest.fixture
def speaker(connection: SlackConnection, workspace: Workspace, clock) -> Speaker:
    answers = Answers(
        connection.session, connection.client, Direct(connection.client), Drawable(clock), clock
    )
    return Speaker(answers, workspace, "C0CLASSES")


async def test_the_response_url_carries_five_answers_and_the_sixth_is_ephemeral_all_the_same(
    speaker: Speaker,
) -> None:
    for number in range(6):
        await speaker.say(f"Answer {number}.")
    assert speaker.seen() == [(f"Answer {number}.", True) for number in range(6)]


async def test_after_half_an_hour_another_way_is_found(speaker: Speaker, clock) -> None:
    clock.passes(minutes=31)
    await speaker.say("Late.")
    assert speaker.seen() == [("Late.", True)]


async def test_what_is_public_is_read_by_the_channel(speaker: Speaker, clock) -> None:
    await speaker.say("For all.", public=True)
    clock.passes(minutes=31)
    await speaker.say("For all, late.", public=True)
    assert speaker.seen() == [("For all.", False), ("For all, late.", False)]


async def test_where_the_bot_may_not_speak_the_answer_comes_directly(
    speaker: Speaker, workspace: Workspace, clock
) -> None:
    speaker.channel = "C0LOBBYTALK"
    clock.passes(minutes=31)
    await speaker.say("Only here.")
    assert speaker.seen() == []
    assert speaker.seen(workspace.directory.direct(MO, "U0HMS").id) == [("Only here.", False)]
