"""What happens in the workspace besides what people say, and what the app hears of it."""

import pytest

from sandbox.slack.refusal import Refusal
from tests.sandbox.slack.switchboard import turn

EVENTS = frozenset(
    {
        "app_uninstalled",
        "channel_archive",
        "channel_id_changed",
        "channel_unarchive",
        "group_archive",
        "member_left_channel",
        "tokens_revoked",
    }
)


@pytest.fixture
def heard(make_workspace, listener_of):
    """A workspace whose app has subscribed to all of it, and what the app heard."""
    workspace = make_workspace(events=EVENTS)
    listener = listener_of(workspace)
    return workspace, lambda: [payload.body["event"] for payload in listener.heard]


async def test_the_app_hears_of_what_its_manifest_subscribes_to(workspace, listener) -> None:
    await workspace.archives("C0CLASSES")
    assert listener.heard == []

    await workspace.says("U0MO", "C0WEBINARS", "@hms hello")
    assert listener.last["event"]["type"] == "app_mention"


async def test_nothing_is_said_in_a_closed_channel(served, heard, refused) -> None:
    client = served.client
    ts = (await client.chat_postMessage(channel="C0CLASSES", text="x"))["ts"]
    assert await turn(served, "archive", channel="C0CLASSES") == 200

    post = client.chat_postMessage(channel="C0CLASSES", text="x")
    whisper = client.chat_postEphemeral(channel="C0CLASSES", user="U0MO", text="x")
    edit = client.chat_update(channel="C0CLASSES", ts=ts, text="x")
    errors = [(await refused(call))["error"] for call in (post, whisper, edit)]
    assert errors == ["is_archived", "is_archived", "is_inactive"]
    assert (await client.conversations_info(channel="C0CLASSES"))["channel"]["is_archived"] is True
    with pytest.raises(Refusal, match="is_archived"):
        await served.workspace.says("U0MO", "C0CLASSES", "hello")

    assert await turn(served, "archive", channel="C0CLASSES", undo=True) == 200
    assert (await client.chat_postMessage(channel="C0CLASSES", text="x"))["ok"]


async def test_an_answer_to_a_closed_channel_is_refused(served) -> None:
    state = served.workspace.state
    url = state.respond_at(state.response_urls.issue("U0MO", "C0CLASSES"))
    await served.workspace.archives("C0CLASSES")

    async with served.http.post(url, json={"text": "x"}) as response:
        assert (response.status, (await response.json())["error"]) == (410, "channel_is_archived")


async def test_closed_channels_are_listed_until_they_are_left_out(served) -> None:
    await served.workspace.archives("C0CLASSES")

    everything = (await served.client.conversations_list())["channels"]
    living = (await served.client.conversations_list(exclude_archived=True))["channels"]

    assert {each["id"] for each in everything} - {each["id"] for each in living} == {"C0CLASSES"}


async def test_the_app_hears_that_a_channel_closes(heard) -> None:
    workspace, events = heard
    await workspace.archives("C0CLASSES")
    await workspace.unarchives("C0CLASSES")
    await workspace.archives("C0MODS")  # private, and the bot is not in there
    workspace.directory.invite("C0MODS", "U0HMS")
    await workspace.archives("C0MODS")

    assert [(each["type"], each["channel"], each["user"]) for each in events()] == [
        ("channel_archive", "C0CLASSES", "U0ADA"),
        ("channel_unarchive", "C0CLASSES", "U0ADA"),
        ("group_archive", "C0MODS", "U0ADA"),
    ]


async def test_a_channel_gets_another_id_and_keeps_what_was_said(served, refused) -> None:
    await served.client.chat_postMessage(channel="C0CLASSES", text="before")
    assert await turn(served, "renumber", channel="C0CLASSES", to="C0SHARED") == 200

    old = await refused(served.client.chat_postMessage(channel="C0CLASSES", text="x"))
    await served.client.chat_postMessage(channel="C0SHARED", text="after")

    assert old["error"] == "channel_not_found"
    assert [each.text for each in served.workspace.sees("U0MO", "C0SHARED")] == ["before", "after"]


async def test_the_app_hears_of_another_id(heard) -> None:
    workspace, events = heard
    await workspace.renumbers("C0CLASSES", "C0SHARED")

    (event,) = events()
    assert (event["type"], event["old_channel_id"], event["new_channel_id"]) == (
        "channel_id_changed",
        "C0CLASSES",
        "C0SHARED",
    )


@pytest.mark.parametrize("who", ["U0MO", "U0HMS"])
async def test_somebody_leaves_a_channel_and_the_app_hears_of_it(heard, who) -> None:
    workspace, events = heard
    await workspace.leaves(who, "C0CLASSES")

    (event,) = events()
    assert {**event, "event_ts": ""} == {
        "type": "member_left_channel",
        "user": who,
        "channel": "C0CLASSES",
        "channel_type": "C",
        "team": "T0HMS",
        "event_ts": "",
    }
    assert who not in workspace.directory.channel("C0CLASSES").members


async def test_the_app_hears_nothing_of_a_channel_it_is_not_in(heard) -> None:
    workspace, events = heard
    await workspace.leaves("U0MO", "C0LOBBYTALK")

    assert events() == []


async def test_where_the_bot_has_left_it_posts_no_more(served, refused) -> None:
    assert await turn(served, "leave", person="U0HMS", channel="C0CLASSES") == 200

    post = served.client.chat_postMessage(channel="C0CLASSES", text="x")

    assert (await refused(post))["error"] == "not_in_channel"
    assert await turn(served, "leave", person="U0HMS", channel="C0CLASSES") == 400


async def test_group_messages_need_a_scope_of_their_own(serve, refused) -> None:
    served = await serve()
    group = served.workspace.gathers("U0MO", "U0MAX").id
    data = await refused(served.client.conversations_info(channel=group))
    assert (data["error"], data["needed"]) == ("missing_scope", "mpim:read")
    assert (await served.client.chat_postMessage(channel=group, text="x"))["ok"]

    allowed = await serve(scopes=served.workspace.installation.scopes | {"mpim:read"})
    group = allowed.workspace.gathers("U0MO", "U0MAX").id
    channel = (await allowed.client.conversations_info(channel=group))["channel"]
    assert (channel["is_mpim"], channel["is_private"]) == (True, True)


async def test_group_messages_are_seen_by_those_in_them(served, workspace, listener) -> None:
    async with served.http.post(
        f"{served.address}/_sim/slack/group", json={"people": ["U0MO", "U0MAX"]}
    ) as response:
        group = (await response.json())["id"]

    assert group in {channel.id for channel in served.workspace.channels("U0MAX")}
    assert group not in {channel.id for channel in served.workspace.channels("U0VI")}
    await workspace.says("U0MO", workspace.gathers("U0MO", "U0MAX").id, "/hms status")
    assert (listener.last["channel_id"], listener.last["channel_name"]) == (group, "mpdm-hms--max--mo-1")


async def test_a_revoked_token_opens_nothing_and_the_app_is_told(heard) -> None:
    workspace, events = heard
    await workspace.revokes()

    (event,) = events()
    assert (event["type"], event["tokens"]) == ("tokens_revoked", {"oauth": [], "bot": ["U0HMS"]})
    assert workspace.switches.bot_token == "token_revoked"


@pytest.mark.parametrize(("how", "word"), [("revoke", "token_revoked"), ("uninstall", "account_inactive")])
async def test_a_token_that_is_no_longer_good_is_refused_until_it_is(served, refused, how, word) -> None:
    assert await turn(served, how) == 200
    for call in (served.client.auth_test(), served.client.chat_postMessage(channel="C0CLASSES", text="x")):
        assert (await refused(call))["error"] == word
    assert (await served.client.apps_connections_open(app_token="xapp-sandbox"))["ok"]

    await turn(served, bot_token=None)
    assert (await served.client.auth_test())["ok"]


async def test_an_app_that_is_thrown_out_hears_of_both(heard) -> None:
    workspace, events = heard
    await workspace.uninstalls()

    assert [event["type"] for event in events()] == ["tokens_revoked", "app_uninstalled"]


async def test_the_apps_own_token_may_be_refused_alone(served, refused) -> None:
    await turn(served, app_token="invalid_auth")

    opened = await refused(served.client.apps_connections_open(app_token="xapp-sandbox"))

    assert opened["error"] == "invalid_auth"
    assert (await served.client.auth_test())["ok"]


async def test_any_event_can_be_let_happen(serve, listener_of) -> None:
    served = await serve(events=frozenset({"channel_rename"}))
    listener = listener_of(served.workspace)

    assert (
        await turn(served, "event", event={"type": "channel_rename", "channel": {"id": "C0CLASSES"}}) == 200
    )

    event = listener.last["event"]
    assert (event["type"], event["channel"], "event_ts" in event) == (
        "channel_rename",
        {"id": "C0CLASSES"},
        True,
    )
