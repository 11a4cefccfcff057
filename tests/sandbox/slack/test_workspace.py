"""What people see and may do, before any bot has a say."""

from dataclasses import replace

import pytest

from sandbox.slack.delivery import Ack
from sandbox.slack.people import MO
from sandbox.slack.refusal import Refusal


async def test_a_command_carries_what_slack_sends(workspace, listener) -> None:
    workspace.listens_at("http://127.0.0.1:8402/")

    await workspace.says("U0MO", "C0CLASSES", "/hms  end-room --lock")

    assert listener.heard[0].kind == "slash_commands"
    assert listener.last == {
        "token": "unused",
        "team_id": "T0HMS",
        "team_domain": "hms",
        "channel_id": "C0CLASSES",
        "channel_name": "classes",
        "user_id": "U0MO",
        "user_name": "mo",
        "command": "/hms",
        "text": "end-room --lock",
        "api_app_id": "A0HMS",
        "is_enterprise_install": "false",
        "response_url": "http://127.0.0.1:8402/response/U0MO.C0CLASSES.1",
        "trigger_id": "1.U0MO",
    }


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("@Mo and @hms", "<@U0MO|mo> and <@U0HMS|hms>"),
        ("@nobody mo@example.com", "@nobody mo@example.com"),
        ("#classes #nowhere #3", "<#C0CLASSES|classes> #nowhere #3"),
        ("in #mods", "in <#C0MODS|>"),
        ("<@U0MO> <!channel>", "&lt;@U0MO&gt; &lt;!channel&gt;"),
        ("@here @channel", "<!here> <!channel>"),
        ("see https://a.example/?x=1&y=2 now", "see <https://a.example/?x=1&amp;y=2> now"),
        ("\u201ccurly\u201d \u2014 don\u2019t", "\u201ccurly\u201d \u2014 don\u2019t"),
    ],
)
async def test_what_is_typed_is_escaped(workspace, listener, typed, sent) -> None:
    await workspace.says("U0MO", "C0CLASSES", f"/hms {typed}")

    assert listener.last["text"] == sent


async def test_who_cannot_see_a_private_channel_cannot_link_it(workspace, listener) -> None:
    await workspace.says("U0GIA", "C0CLASSES", "/hms #mods")

    assert listener.last["text"] == "#mods"


async def test_a_private_channel_is_called_privategroup(workspace, listener) -> None:
    await workspace.says("U0MO", "C0MODS", "/hms")

    assert listener.last["channel_name"] == "privategroup"


async def test_commands_do_not_work_in_threads(workspace, listener) -> None:
    await workspace.says("U0MO", "C0CLASSES", "hello")
    (parent,) = workspace.sees("U0MO", "C0CLASSES")

    outcome = await workspace.says("U0MO", "C0CLASSES", "/hms status", parent.ts)

    notice = workspace.sees("U0MO", "C0CLASSES")[-1]
    assert (outcome.error, listener.heard) == ("command_in_thread", [])
    assert notice.text == "/hms is not supported in threads. Sorry!"
    assert (notice.user, notice.only_for, notice.thread_ts) == ("USLACKBOT", "U0MO", parent.ts)


async def test_a_command_nobody_knows_is_said_to_whoever_typed_it(workspace, listener) -> None:
    outcome = await workspace.says("U0MO", "C0CLASSES", "/<b>")

    assert (outcome.error, listener.heard) == ("invalid_command", [])
    assert workspace.sees("U0MO", "C0CLASSES")[0].text == "/&lt;b&gt; is not a valid command."
    assert workspace.sees("U0VI", "C0CLASSES") == []


@pytest.mark.parametrize("error", ["operation_timeout", "dispatch_failed"])
async def test_a_bot_that_does_not_answer_is_reported_in_private(workspace, listener, error) -> None:
    listener.ack = Ack(error=error)

    outcome = await workspace.says("U0MO", "C0CLASSES", "/hms status")

    assert outcome.error == error
    assert workspace.sees("U0MO", "C0CLASSES")[0].text == f'/hms failed with the error "{error}"'
    assert workspace.sees("U0VI", "C0CLASSES") == []


async def test_without_a_bot_a_command_fails(workspace) -> None:
    assert (await workspace.says("U0MO", "C0CLASSES", "/hms")).error == "dispatch_failed"


async def test_an_answer_slack_would_not_show_is_an_error(workspace, listener) -> None:
    listener.ack = Ack(body={"text": "x", "blocks": [{"type": "zip"}]})

    outcome = await workspace.says("U0MO", "C0CLASSES", "/hms")

    assert "unsupported type: zip" in (outcome.error or "")


async def test_a_mention_is_heard_only_where_the_bot_is(workspace, listener) -> None:
    await workspace.says("U0MO", "C0LOBBYTALK", "@hms hello")
    assert listener.heard == []

    await workspace.says("U0MO", workspace.directory.direct("U0MO", "U0HMS").id, "@hms hello")
    assert [payload.body["event"]["type"] for payload in listener.heard] == ["message"]  # not as a mention

    await workspace.says("U0MO", "C0CLASSES", "@hms hello & <bye>")
    event = listener.last["event"]
    assert (event["type"], event["text"]) == ("app_mention", "<@U0HMS> hello &amp; &lt;bye&gt;")


async def test_every_event_has_an_id_of_its_own(workspace, listener) -> None:
    await workspace.opens_home("U0MO")
    await workspace.opens_home("U0MO")

    assert listener.heard[0].body["event_id"] != listener.heard[1].body["event_id"]


async def test_people_act_only_where_they_are(workspace, listener) -> None:
    for person, channel, code in (
        ("U0GIA", "C0WEBINARS", "not_in_channel"),
        ("U0GIA", "C0MODS", "channel_not_found"),
        ("U0MO", "C0NOWHERE", "channel_not_found"),
        ("U0NOBODY", "C0CLASSES", "user_not_found"),
    ):
        with pytest.raises(Refusal, match=code):
            await workspace.says(person, channel, "/hms")
    assert listener.heard == []


async def test_a_deleted_account_does_nothing(workspace, listener) -> None:
    workspace.directory.put(replace(MO, deleted=True))

    with pytest.raises(Refusal, match="account_inactive"):
        await workspace.says("U0MO", "C0CLASSES", "/hms")


async def test_a_watcher_hears_of_every_change(workspace, listener) -> None:
    queue = workspace.subscribe()
    workspace.state.app.whispers("C0CLASSES", "U0MO", "psst")
    workspace.state.app.publishes("U0VI", {"type": "home", "blocks": [{"type": "divider"}]})
    workspace.unsubscribe(queue)
    workspace.state.app.posts("C0CLASSES", "unheard")

    heard = [queue.get_nowait() for _ in range(queue.qsize())]
    assert [(change.kind, change.channel, change.person) for change in heard] == [
        ("message", "C0CLASSES", "U0MO"),
        ("home", None, "U0VI"),
    ]
    assert heard[0].revision < heard[1].revision < workspace.revision


async def test_messages_of_one_moment_keep_their_order(workspace) -> None:
    for number in range(5):
        await workspace.says("U0MO", "C0CLASSES", str(number))

    stamps = [message.ts for message in workspace.sees("U0VI", "C0CLASSES")]
    assert stamps == sorted(set(stamps))


def test_no_secret_is_shown_where_a_workspace_is_printed(workspace) -> None:
    shown = repr(workspace.installation)

    assert not [secret for secret in ("xoxb-", "xapp-", "signing-sandbox") if secret in shown]
