"""Posts reach Slack once; what Slack says of them is told to the post lane in its own terms."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from bot.clock import system
from bot.slack.connect import SlackConnection, web_client
from bot.slack.drawing.drawable import Drawable
from bot.slack.outbound.direct import Direct
from bot.slack.outbound.outbox import PostLost, PostRefused, Sender
from bot.work import Later
from sandbox.slack.workspace import Workspace
from tests.bot.slack.conftest import TOKEN

BODY = {"text": "Ended standup.", "blocks": []}


@pytest.fixture
def sender(connection: SlackConnection) -> Sender:
    return Sender(connection.session, connection.once, Direct(connection.client), Drawable(system))


async def test_a_post_can_be_edited(sender: Sender, workspace: Workspace) -> None:
    ts = await sender.post("C0CLASSES", BODY, None)
    await sender.update("C0CLASSES", ts, BODY | {"text": "Ended standup and locked it."})
    assert workspace.message("U0MO", "C0CLASSES", ts).text == "Ended standup and locked it."


async def test_a_person_is_written_to_directly(sender: Sender, workspace: Workspace) -> None:
    ts = await sender.post("U0MO", BODY, None)
    await sender.update("U0MO", ts, BODY | {"text": "Changed."})
    direct = workspace.directory.direct("U0MO", "U0HMS").id
    assert [message.text for message in workspace.sees("U0MO", direct)] == ["Changed."]


@pytest.mark.parametrize(
    ("channel", "reason"), [("C0LOBBYTALK", "not_in_channel"), ("C0NONE", "channel_not_found")]
)
async def test_where_the_bot_may_not_post_the_answer_is_final(
    sender: Sender, channel: str, reason: str
) -> None:
    with pytest.raises(PostRefused) as refused:
        await sender.post(channel, BODY, None)
    assert refused.value.reason == reason


@pytest.fixture
async def broken():
    """A Slack that answers every call as the test says."""
    answer = {"status": 200, "text": "", "headers": {}}

    async def handle(_: web.Request) -> web.Response:
        if answer["status"] == 0:
            raise ConnectionResetError
        return web.Response(**answer, content_type="application/json")

    app = web.Application()
    app.router.add_route("*", "/api/{method}", handle)
    async with TestServer(app) as server:
        yield answer, str(server.make_url("/api/"))


@pytest.fixture
def on_broken(broken, connection: SlackConnection) -> Sender:
    client = web_client(SecretStr(TOKEN), broken[1], connection.session, [], connection.troubles)
    return Sender(connection.session, client, Direct(client), Drawable(system))


async def test_a_rate_limit_says_when_to_come_back(broken, on_broken: Sender) -> None:
    broken[0].update(status=429, text='{"ok": false, "error": "ratelimited"}', headers={"Retry-After": "7"})
    with pytest.raises(Later) as later:
        await on_broken.post("C0CLASSES", BODY, None)
    assert later.value.seconds == 7


@pytest.mark.parametrize("status", [500, 503, 0])
@pytest.mark.parametrize("text", ["", "<html>", '{"ok": false, "error": "internal_error"}'])
async def test_a_lost_answer_is_lost(broken, on_broken: Sender, status: int, text: str) -> None:
    broken[0].update(status=status, text=text)
    with pytest.raises(PostLost):
        await on_broken.post("C0CLASSES", BODY, None)


async def test_when_a_conversation_cannot_be_opened_nothing_was_posted_and_it_is_tried_again(
    broken, on_broken: Sender
) -> None:
    broken[0].update(status=500)
    with pytest.raises(Later):
        await on_broken.post("U0MO", BODY, None)


@pytest.mark.parametrize("word", ["token_revoked", "account_inactive", "invalid_auth", "missing_scope"])
async def test_what_cannot_be_posted_for_the_token_waits_until_that_is_good(
    broken, on_broken: Sender, word: str
) -> None:
    broken[0].update(status=200, text=f'{{"ok": false, "error": "{word}"}}')
    with pytest.raises(Later):
        await on_broken.post("C0CLASSES", BODY, None)


LIST = BODY | {"file": {"name": "a.csv", "content": "Gus\r\n", "kind": "text/csv", "title": "Who was there"}}


async def test_a_file_goes_into_the_thread_of_what_it_belongs_to(
    sender: Sender, workspace: Workspace
) -> None:
    ts = await sender.post("C0CLASSES", BODY, None)
    await sender.post("C0CLASSES", LIST, ts)

    _, below = workspace.sees("U0MO", "C0CLASSES")
    assert below.thread_ts == ts
    assert [(file.name, file.title, file.content) for file in below.files] == [
        ("a.csv", "Who was there", b"Gus\r\n")
    ]


async def test_a_file_that_was_seen_by_nobody_yet_is_sent_again(broken, on_broken: Sender) -> None:
    broken[0].update(status=500)
    with pytest.raises(Later):
        await on_broken.post("C0CLASSES", LIST, None)


async def test_a_file_that_slack_does_not_store_is_refused(sender: Sender, workspace: Workspace) -> None:
    workspace.switches.refuse_next("files.getUploadURLExternal", "file_uploads_disabled")
    with pytest.raises(PostRefused) as refused:
        await sender.post("C0CLASSES", LIST, None)
    assert refused.value.reason == "file_uploads_disabled"
