"""What the Web API refuses, and in which words: asked by Slack's own client over a real socket."""

import pytest
from sandbox.slack.installation import BOT_SCOPES
from sandbox.slack.people import GIA, Person
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Form"},
    "blocks": [{"type": "divider"}],
}


async def refused(call) -> dict:
    with pytest.raises(SlackApiError) as error:
        await call
    return error.value.response.data


async def test_the_token_says_who_calls(served) -> None:
    answer = await served.client.auth_test()

    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0HMS", "U0HMS", "B0HMS")
    assert "chat:write" in answer.headers["X-OAuth-Scopes"]


async def test_a_call_without_a_token_is_not_authed(served) -> None:
    async with served.http.post(f"{served.address}/api/auth.test") as response:
        assert (response.status, await response.json()) == (200, {"ok": False, "error": "not_authed"})


@pytest.mark.parametrize(
    ("token", "error"), [("xoxb-wrong", "invalid_auth"), ("xapp-sandbox", "not_allowed_token_type")]
)
async def test_another_token_is_refused(served, token, error) -> None:
    client = AsyncWebClient(token, base_url=f"{served.address}/api/", session=served.http)

    assert (await refused(client.auth_test()))["error"] == error


async def test_the_bot_token_opens_no_connection(served) -> None:
    data = await refused(served.client.apps_connections_open(app_token="xoxb-sandbox"))

    assert data["error"] == "not_allowed_token_type"


async def test_a_method_outside_the_table_is_not_emulated(served) -> None:
    data = await refused(served.client.reactions_add(channel="C0CLASSES", name="ok", timestamp="1.1"))

    assert (data["error"], data["detail"]) == ("unknown_method", "not emulated")


async def test_an_argument_outside_the_table_is_not_emulated(served) -> None:
    data = await refused(served.client.chat_postMessage(channel="C0CLASSES", text="x", icon_emoji=":x:"))

    assert data["response_metadata"]["messages"] == ["[ERROR] not emulated: icon_emoji"]


@pytest.mark.parametrize(
    ("scope", "method", "arguments"),
    [
        ("chat:write", "chat.postMessage", {"channel": "C0CLASSES", "text": "x"}),
        ("chat:write", "chat.update", {"channel": "C0CLASSES", "ts": "1.1", "text": "x"}),
        ("chat:write", "chat.delete", {"channel": "C0CLASSES", "ts": "1.1"}),
        ("chat:write", "chat.postEphemeral", {"channel": "C0CLASSES", "user": "U0MO", "text": "x"}),
        ("users:read", "users.info", {"user": "U0MO"}),
        ("users:read", "users.list", {}),
        ("users:read", "bots.info", {}),
        ("im:write", "conversations.open", {"users": "U0MO"}),
        ("channels:read", "conversations.info", {"channel": "C0CLASSES"}),
        ("channels:read", "conversations.list", {}),
        ("channels:read", "conversations.members", {"channel": "C0CLASSES"}),
    ],
)
async def test_a_method_needs_its_scope(serve, scope, method, arguments) -> None:
    served = await serve(scopes=BOT_SCOPES - {scope})

    data = await refused(served.client.api_call(method, params=arguments))

    assert (data["error"], scope in data["needed"], scope in data["provided"]) == (
        "missing_scope",
        True,
        False,
    )


async def test_user_groups_need_a_scope_and_then_a_paid_plan(serve) -> None:
    poor = await serve()
    assert (await refused(poor.client.usergroups_list()))["error"] == "missing_scope"

    allowed = await serve(scopes=BOT_SCOPES | {"usergroups:read"})
    assert (await refused(allowed.client.usergroups_list()))["error"] == "plan_upgrade_required"
    allowed.workspace.state.switches.paid_plan = True
    assert (await allowed.client.usergroups_list())["usergroups"] == []


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0LOBBYTALK", "not_in_channel"),
        ("C0MODS", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
    ],
)
async def test_the_bot_posts_only_where_it_is(served, channel, error) -> None:
    assert (await refused(served.client.chat_postMessage(channel=channel, text="x")))["error"] == error


async def test_an_invitation_lets_the_bot_in(served) -> None:
    await served.workspace.says("U0MO", "C0MODS", "/invite @hms")

    await served.client.chat_postMessage(channel="C0MODS", text="here")

    assert served.workspace.sees("U0MO", "C0MODS")[-1].text == "here"


async def test_a_post_to_a_person_is_a_direct_message(served) -> None:
    posted = await served.client.chat_postMessage(channel="U0MO", text="just you")
    opened = await served.client.conversations_open(users="U0MO")

    assert posted["channel"] == opened["channel"]["id"] == "D0MO"
    assert served.workspace.sees("U0MO", "D0MO")[0].text == "just you"


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ({"text": ""}, "no_text"),
        ({"text": "x" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": "[{"}, "invalid_blocks_format"),
        ({"text": "x", "blocks": '{"a": 1}'}, "invalid_blocks_format"),
        ({"text": "x", "blocks": [{"type": "divider", "foo": 1}]}, "invalid_blocks"),
    ],
)
async def test_a_message_must_be_one(served, content, error) -> None:
    call = served.client.api_call("chat.postMessage", json={"channel": "C0CLASSES", **content})

    assert (await refused(call))["error"] == error


async def test_wrong_blocks_are_pointed_at(served) -> None:
    blocks = [{"type": "divider"}, {"type": "divider", "foo": 1}]

    data = await refused(served.client.chat_postMessage(channel="C0CLASSES", text="x", blocks=blocks))

    assert data["response_metadata"]["messages"] == [
        "[ERROR] unknown field: foo [json-pointer:/blocks/1/foo]"
    ]


async def test_only_own_messages_can_be_changed(served) -> None:
    client, workspace = served.client, served.workspace
    await workspace.says("U0MO", "C0CLASSES", "mine")
    ts = workspace.sees("U0MO", "C0CLASSES")[0].ts

    updated = await refused(client.chat_update(channel="C0CLASSES", ts=ts, text="x"))
    deleted = await refused(client.chat_delete(channel="C0CLASSES", ts=ts))
    missing = await refused(client.chat_update(channel="C0CLASSES", ts="1.1", text="x"))
    errors = [data["error"] for data in (updated, deleted, missing)]
    assert errors == ["cant_update_message", "cant_delete_message", "message_not_found"]


async def test_an_edit_holds_less_text_than_a_post(served) -> None:
    posted = await served.client.chat_postMessage(channel="C0CLASSES", text="x" * 4001)

    data = await refused(served.client.chat_update(channel="C0CLASSES", ts=posted["ts"], text="x" * 4001))

    assert data["error"] == "msg_too_long"


async def test_a_message_can_be_deleted(served) -> None:
    posted = await served.client.chat_postMessage(channel="C0CLASSES", text="x")

    await served.client.chat_delete(channel="C0CLASSES", ts=posted["ts"])

    assert served.workspace.sees("U0MO", "C0CLASSES") == []


async def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_edited(served) -> None:
    posted = await served.client.chat_postEphemeral(channel="C0CLASSES", user="U0MO", text="psst")

    assert [message.text for message in served.workspace.sees("U0MO", "C0CLASSES")] == ["psst"]
    assert served.workspace.sees("U0MAX", "C0CLASSES") == []
    data = await refused(served.client.chat_update(channel="C0CLASSES", ts=posted["message_ts"], text="x"))
    assert data["error"] == "message_not_found"


async def test_an_ephemeral_message_reaches_only_members(served) -> None:
    call = served.client.chat_postEphemeral(channel="C0WEBINARS", user="U0GIA", text="psst")

    assert (await refused(call))["error"] == "user_not_in_channel"


async def test_people_are_described_with_their_zone_and_their_flags(served) -> None:
    gia = (await served.client.users_info(user="U0GIA"))["user"]
    assert (gia["is_ultra_restricted"], gia["tz"], gia["tz_offset"]) == (True, "America/Los_Angeles", -28800)

    served.workspace.directory.put(Person(GIA.id, GIA.name, GIA.real_name, deleted=True, team="T0OTHER"))
    gia = (await served.client.users_info(user="U0GIA"))["user"]
    assert (gia["deleted"], gia["team_id"], "tz" in gia) == (True, "T0OTHER", False)
    assert (await refused(served.client.conversations_open(users="U0GIA")))["error"] == "user_disabled"
    assert (await refused(served.client.users_info(user="U0NOBODY")))["error"] == "user_not_found"


async def test_lists_come_in_pages(served) -> None:
    names, cursor = [], ""
    while True:
        page = await served.client.users_list(limit=4, cursor=cursor)
        names += [user["name"] for user in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break

    assert names == ["vi", "mo", "max", "ada", "gia", "hms"]
    assert (await refused(served.client.users_list(cursor="nonsense")))["error"] == "invalid_cursor"


async def test_channels_are_listed_as_far_as_the_bot_sees_them(served) -> None:
    listed = await served.client.conversations_list(types="public_channel,private_channel")
    assert {channel["name"]: channel["is_member"] for channel in listed["channels"]} == {
        "classes": True,
        "webinars": True,
        "lobby-talk": False,
    }
    assert (await refused(served.client.conversations_info(channel="C0MODS")))["error"] == "channel_not_found"
    members = await served.client.conversations_members(channel="C0WEBINARS")
    assert members["members"] == ["U0ADA", "U0HMS", "U0MAX", "U0MO", "U0VI"]
    info = await served.client.conversations_info(channel="C0CLASSES", include_num_members=True)
    assert info["channel"]["num_members"] == 6


async def test_direct_messages_may_not_be_looked_up_without_their_scope(served) -> None:
    await served.client.conversations_open(users="U0MO")

    data = await refused(served.client.conversations_info(channel="D0MO"))

    assert (data["error"], data["needed"]) == ("missing_scope", "im:read")


async def test_a_trigger_opens_one_form_within_three_seconds(served, clock, make_workspace) -> None:
    triggers = served.workspace.state.triggers
    used, old, fresh = triggers.issue("U0MO"), triggers.issue("U0MO"), triggers.issue("U0MO")
    await served.client.views_open(trigger_id=used, view=MODAL)
    clock.advance(seconds=2.9)
    await served.client.views_open(trigger_id=fresh, view=MODAL)
    clock.advance(seconds=0.2)

    errors = [
        (await refused(served.client.views_open(trigger_id=trigger, view=MODAL)))["error"]
        for trigger in (used, old, "never.was.one")
    ]

    assert errors == ["exchanged_trigger_id", "expired_trigger_id", "invalid_trigger_id"]


async def test_a_form_is_updated_only_where_it_stands_as_it_was(served) -> None:
    client = served.client
    opened = await client.views_open(trigger_id=served.workspace.state.triggers.issue("U0MO"), view=MODAL)
    view_id, first = opened["view"]["id"], opened["view"]["hash"]

    await client.views_update(view_id=view_id, view=MODAL, hash=first)

    stale = await refused(client.views_update(view_id=view_id, view=MODAL, hash=first))
    gone = await refused(client.views_update(view_id="V0NONE", view=MODAL))
    assert (stale["error"], gone["error"]) == ("hash_conflict", "not_found")


async def test_forms_are_found_by_their_external_id_which_is_taken_once(served) -> None:
    client, triggers = served.client, served.workspace.state.triggers
    named = {**MODAL, "external_id": "request-1"}
    await client.views_open(trigger_id=triggers.issue("U0MO"), view=named)

    await client.views_update(external_id="request-1", view={**named, "callback_id": "changed"})

    assert served.workspace.views_of("U0MO")[0].body["callback_id"] == "changed"
    data = await refused(client.views_open(trigger_id=triggers.issue("U0MAX"), view=named))
    assert data["error"] == "duplicate_external_id"


async def test_three_forms_may_lie_over_each_other(served) -> None:
    client, triggers = served.client, served.workspace.state.triggers
    await client.views_open(trigger_id=triggers.issue("U0MO"), view=MODAL)
    for _ in range(2):
        await client.views_push(trigger_id=triggers.issue("U0MO", "V01"), view=MODAL)

    data = await refused(client.views_push(trigger_id=triggers.issue("U0MO", "V01"), view=MODAL))

    assert data["error"] == "push_limit_reached"
    assert len(served.workspace.views_of("U0MO")) == 3


async def test_a_home_is_published_to_somebody_who_exists(served) -> None:
    home = {"type": "home", "blocks": []}

    assert (await refused(served.client.views_publish(user_id="U0NOBODY", view=home)))[
        "error"
    ] == "user_not_found"
    published = await served.client.views_publish(user_id="U0MO", view=home)
    stale = await served.client.views_publish(user_id="U0MO", view=home)
    assert stale["view"]["id"] == published["view"]["id"]
    data = await refused(
        served.client.views_publish(user_id="U0MO", view=home, hash=published["view"]["hash"])
    )
    assert data["error"] == "hash_conflict"


async def test_broken_json_is_refused(served) -> None:
    headers = {"Authorization": "Bearer xoxb-sandbox", "Content-Type": "application/json"}
    async with served.http.post(f"{served.address}/api/auth.test", data="{", headers=headers) as response:
        assert (await response.json())["error"] == "invalid_json"
