"""What the Web API refuses, and in which words: asked by Slack's own client over a real socket."""

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.slack.installation import BOT_SCOPES
from sandbox.slack.people import GIA, Person


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
async def test_another_token_is_refused(served, token, error, refused) -> None:
    client = AsyncWebClient(token, base_url=f"{served.address}/api/", session=served.http)

    assert (await refused(client.auth_test()))["error"] == error


async def test_the_bot_token_opens_no_connection(served, refused) -> None:
    data = await refused(served.client.apps_connections_open(app_token="xoxb-sandbox"))

    assert data["error"] == "not_allowed_token_type"


async def test_a_method_outside_the_table_is_not_emulated(served, refused) -> None:
    data = await refused(served.client.reactions_add(channel="C0CLASSES", name="ok", timestamp="1.1"))

    assert (data["error"], data["detail"]) == ("unknown_method", "not emulated")


async def test_an_argument_outside_the_table_is_not_emulated(served, refused) -> None:
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
async def test_a_method_needs_its_scope(serve, scope, method, arguments, refused) -> None:
    served = await serve(scopes=BOT_SCOPES - {scope})

    data = await refused(served.client.api_call(method, params=arguments))

    assert (data["error"], scope in data["needed"], scope in data["provided"]) == (
        "missing_scope",
        True,
        False,
    )


async def test_user_groups_need_a_scope_and_then_a_paid_plan(serve, refused) -> None:
    poor = await serve()
    assert (await refused(poor.client.usergroups_list()))["error"] == "missing_scope"

    allowed = await serve(scopes=BOT_SCOPES | {"usergroups:read"})
    assert (await refused(allowed.client.usergroups_list()))["error"] == "plan_upgrade_required"
    allowed.workspace.state.switches.paid_plan = True
    assert (await allowed.client.usergroups_list())["usergroups"] == []


async def test_people_are_described_with_their_zone_and_their_flags(served, refused) -> None:
    gia = (await served.client.users_info(user="U0GIA"))["user"]
    assert (gia["is_ultra_restricted"], gia["tz"], gia["tz_offset"]) == (True, "America/Los_Angeles", -28800)

    served.workspace.directory.put(Person(GIA.id, GIA.name, GIA.real_name, deleted=True, team="T0OTHER"))
    gia = (await served.client.users_info(user="U0GIA"))["user"]
    assert (gia["deleted"], gia["team_id"], "tz" in gia) == (True, "T0OTHER", False)
    assert (await refused(served.client.conversations_open(users="U0GIA")))["error"] == "user_disabled"
    assert (await refused(served.client.users_info(user="U0NOBODY")))["error"] == "user_not_found"


async def test_lists_come_in_pages(served, refused) -> None:
    names, cursor = [], ""
    while True:
        page = await served.client.users_list(limit=4, cursor=cursor)
        names += [user["name"] for user in page["members"]]
        cursor = page["response_metadata"]["next_cursor"]
        if not cursor:
            break

    assert names == ["vi", "mo", "max", "ada", "gia", "hms"]
    assert (await refused(served.client.users_list(cursor="nonsense")))["error"] == "invalid_cursor"


async def test_channels_are_listed_as_far_as_the_bot_sees_them(served, refused) -> None:
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


async def test_direct_messages_may_not_be_looked_up_without_their_scope(served, refused) -> None:
    await served.client.conversations_open(users="U0MO")

    data = await refused(served.client.conversations_info(channel="D0MO"))

    assert (data["error"], data["needed"]) == ("missing_scope", "im:read")


async def test_broken_json_is_refused(served, refused) -> None:
    headers = {"Authorization": "Bearer xoxb-sandbox", "Content-Type": "application/json"}
    async with served.http.post(f"{served.address}/api/auth.test", data="{", headers=headers) as response:
        assert (await response.json())["error"] == "invalid_json"
