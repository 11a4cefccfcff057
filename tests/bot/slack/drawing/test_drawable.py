"""Where Slack takes no charts, everything is said all the same, whichever way it goes."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from bot.clock import system
from bot.reply import Chart, DataSeries, Message, Reply, Table
from bot.request.request import Origin
from bot.slack.connect import SlackConnection
from bot.slack.drawing.drawable import Drawable
from bot.slack.drawing.render import Renderer
from bot.slack.outbound.answers import Answers
from bot.slack.outbound.direct import Direct
from bot.slack.outbound.outbox import PostRefused, Sender
from bot.work import Later
from sandbox.slack.workspace import Workspace

CHART = Chart("People", "bar", ("Mon", "Tue"), (DataSeries("guests", (12, 8)),))
SAID = Message(Reply("{room} was full.", room="standup", chart=CHART))
BODY = Renderer().body(SAID)
REPORT = Table(("Who", "Minutes"), (("Gus", 12), ("Ivy", 3)), caption="Who was in {room}")
BOTH = Message(SAID.reply + Reply("", table=REPORT, room="standup"))
MO = "U0MO"


class Way:
    """The ways to say something to Mo, and what he then sees: whether it is drawn, and what is said."""

    def __init__(self, connection: SlackConnection, workspace: Workspace, clock) -> None:
        direct, drawable = Direct(connection.client), Drawable(clock)
        self.workspace = workspace
        self.clock = clock
        self.sender = Sender(connection.session, connection.once, direct, drawable)
        self.answers = Answers(connection.session, connection.client, direct, drawable, clock)

    async def posts(self) -> str:
        return await self.sender.post("C0CLASSES", BODY, None)

    async def edits(self) -> None:
        ts = await self.sender.post("C0CLASSES", {"text": "Wait.", "blocks": []}, None)
        await self.sender.update("C0CLASSES", ts, BODY)

    async def responds(self) -> None:
        token = self.workspace.state.response_urls.issue(MO, "C0CLASSES")
        address = self.workspace.state.respond_at(token)
        await self.answers.say(Origin("slack", "k", channel="C0CLASSES", address=address), MO, SAID, BODY)

    async def whispers(self) -> None:
        await self.answers.say(Origin("slack", "k", channel="C0CLASSES"), MO, SAID, BODY)

    async def writes(self) -> None:
        await self.answers.say(Origin("slack", "k"), MO, SAID, BODY)

    def kinds(self) -> list[str]:
        """Of what Mo saw last: which of the blocks that may be refused, or a plain table, it has."""
        channels = self.workspace.channels(MO)
        message = [one for channel in channels for one in self.workspace.sees(MO, channel.id)][-1]
        return [block["type"] for block in message.blocks if block["type"] not in {"section", "context"}]

    def seen(self) -> Iterator[tuple[bool, bool]]:
        for channel in self.workspace.channels(MO):
            for message in self.workspace.sees(MO, channel.id):
                kinds = {block["type"] for block in message.blocks}
                yield "data_visualization" in kinds, "Tue: 8" in message.text and "*Tue*: *8*" in str(message)


@pytest.fixture
def way(connection: SlackConnection, workspace: Workspace, clock) -> Way:
    return Way(connection, workspace, clock)


WAYS = pytest.mark.parametrize("say", [Way.posts, Way.edits, Way.responds, Way.whispers, Way.writes])


@WAYS
async def test_a_chart_is_drawn_where_slack_takes_it(way: Way, say) -> None:
    await say(way)
    assert list(way.seen()) == [(True, True)]


@WAYS
async def test_where_slack_takes_none_the_words_arrive_and_it_is_logged(way: Way, say) -> None:
    way.workspace.switches.charts = False
    with capture_logs() as logged:
        await say(way)

    assert list(way.seen()) == [(False, True)]
    assert [line["event"] for line in logged] == [
        "Slack takes no charts: what they show is said in words for an hour"
    ]


async def test_a_refusal_is_believed_for_an_hour(way: Way, clock) -> None:
    way.workspace.switches.charts = False
    await way.posts()
    way.workspace.switches.charts = True
    await way.posts()
    clock.passes(minutes=61)
    await way.posts()
    assert [drawn for drawn, _ in way.seen()] == [False, False, True]


async def test_where_the_second_try_is_put_off_it_does_not_begin_anew(way: Way) -> None:
    way.workspace.switches.charts = False
    way.workspace.switches.refuse_next("chat.postMessage", "invalid_blocks")
    way.workspace.switches.refuse_next("chat.postMessage", "ratelimited")
    with pytest.raises(Later):
        await way.posts()
    way.workspace.switches.charts = True  # whatever is drawn now was tried again

    await way.posts()

    assert list(way.seen()) == [(False, True)]


async def test_what_is_refused_for_another_reason_is_sent_once(way: Way) -> None:
    way.workspace.switches.refuse_next("chat.postMessage", "restricted_action")
    with pytest.raises(PostRefused) as refused:
        await way.posts()

    assert refused.value.reason == "restricted_action"
    assert list(way.seen()) == []


async def test_a_response_url_with_no_use_left_leads_to_another_way(way: Way) -> None:
    way.workspace.switches.charts = False
    token = way.workspace.state.response_urls.issue(MO, "C0CLASSES")
    address = way.workspace.state.respond_at(token)
    plain = Message(Reply("Once."))
    origin = Origin("slack", "k", channel="C0CLASSES", address=address)
    for _ in range(3):
        await way.answers.say(origin, MO, plain, Renderer().body(plain))

    await way.answers.say(origin, MO, SAID, BODY)

    assert list(way.seen())[-1] == (False, True)


async def test_what_the_channel_reads_by_a_response_url_stands_there_without_the_chart(way: Way) -> None:
    way.workspace.switches.charts = False
    token = way.workspace.state.response_urls.issue(MO, "C0LOBBYTALK")  # where the bot is not
    address = way.workspace.state.respond_at(token)

    public = replace(SAID, public=True)
    await way.answers.say(Origin("slack", "k", channel="C0LOBBYTALK", address=address), MO, public, BODY)

    [message] = way.workspace.sees("U0ADA", "C0LOBBYTALK")
    assert "Tue: 8" in message.text
    assert list(way.seen()) == [(False, True)]


async def test_home_is_drawn_without_the_chart(connection: SlackConnection, workspace: Workspace) -> None:
    view = {"type": "home", "blocks": Renderer().blocks(SAID, charts=True)}
    workspace.switches.charts = False

    async def publish(drawn) -> object:
        return await connection.client.views_publish(user_id=MO, view=drawn)

    await Drawable(system).sent(publish, view)

    home = workspace.home(MO)
    assert home
    assert [block["type"] for block in home.body["blocks"]] == ["section", "section"]


@pytest.mark.parametrize(
    ("charts", "tables", "first"),
    [
        (True, True, ["data_visualization", "data_table"]),
        (True, False, ["data_visualization", "table"]),
        (False, True, ["table"]),
        (False, False, ["table"]),
    ],
)
async def test_whichever_is_refused_the_other_is_drawn_from_the_next_message_on(
    way: Way,
    charts: bool,  # noqa: FBT001 -- one of a table
    tables: bool,  # noqa: FBT001 -- one of a table
    first: list[str],
) -> None:
    way.workspace.switches.charts, way.workspace.switches.data_tables = charts, tables
    body = Renderer().body(BOTH)

    await way.sender.post("C0CLASSES", body, None)
    assert way.kinds() == first
    await way.sender.post("C0CLASSES", body, None)

    drawn = {"data_visualization": charts, "data_table": tables, "table": not tables}
    assert way.kinds() == [kind for kind, is_drawn in drawn.items() if is_drawn]


async def test_where_slack_sorts_none_a_table_is_plain_and_says_the_same(way: Way) -> None:
    way.workspace.switches.data_tables = False
    report = Message(Reply("This is all.", table=REPORT, room="standup"))
    body = Renderer().body(report)
    assert [block["type"] for block in body["blocks"]] == ["section", "data_table"]

    await way.sender.post("C0CLASSES", body, None)

    [message] = way.workspace.sees(MO, "C0CLASSES")
    [_, table] = message.blocks
    assert table["rows"][1] == [{"type": "raw_text", "text": "Gus"}, {"type": "raw_text", "text": "12"}]
    assert "Gus: 12" in message.text
