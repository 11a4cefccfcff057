"""What may be posted, edited and deleted, asked by Slack's own client over a real socket."""

import pytest


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C0LOBBYTALK", "not_in_channel"),
        ("C0MODS", "channel_not_found"),
        ("C0NOWHERE", "channel_not_found"),
        ("U0NOBODY", "channel_not_found"),
    ],
)
async def test_the_bot_posts_only_where_it_is(served, channel, error, refused) -> None:
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
async def test_a_message_must_be_one(served, content, error, refused) -> None:
    call = served.client.api_call("chat.postMessage", json={"channel": "C0CLASSES", **content})

    assert (await refused(call))["error"] == error


async def test_wrong_blocks_are_pointed_at(served, refused) -> None:
    blocks = [{"type": "divider"}, {"type": "divider", "foo": 1}]

    data = await refused(served.client.chat_postMessage(channel="C0CLASSES", text="x", blocks=blocks))

    assert data["response_metadata"]["messages"] == [
        "[ERROR] unknown field: foo [json-pointer:/blocks/1/foo]"
    ]


async def test_only_own_messages_can_be_changed(served, refused) -> None:
    client, workspace = served.client, served.workspace
    await workspace.says("U0MO", "C0CLASSES", "mine")
    ts = workspace.sees("U0MO", "C0CLASSES")[0].ts

    updated = await refused(client.chat_update(channel="C0CLASSES", ts=ts, text="x"))
    deleted = await refused(client.chat_delete(channel="C0CLASSES", ts=ts))
    missing = await refused(client.chat_update(channel="C0CLASSES", ts="1.1", text="x"))
    errors = [data["error"] for data in (updated, deleted, missing)]
    assert errors == ["cant_update_message", "cant_delete_message", "message_not_found"]


async def test_an_edit_holds_less_text_than_a_post(served, refused) -> None:
    posted = await served.client.chat_postMessage(channel="C0CLASSES", text="x" * 4001)

    data = await refused(served.client.chat_update(channel="C0CLASSES", ts=posted["ts"], text="x" * 4001))

    assert data["error"] == "msg_too_long"


async def test_a_message_can_be_deleted(served) -> None:
    posted = await served.client.chat_postMessage(channel="C0CLASSES", text="x")

    await served.client.chat_delete(channel="C0CLASSES", ts=posted["ts"])

    assert served.workspace.sees("U0MO", "C0CLASSES") == []


async def test_an_ephemeral_message_is_seen_by_one_and_cannot_be_edited(served, refused) -> None:
    posted = await served.client.chat_postEphemeral(channel="C0CLASSES", user="U0MO", text="psst")

    assert [message.text for message in served.workspace.sees("U0MO", "C0CLASSES")] == ["psst"]
    assert served.workspace.sees("U0MAX", "C0CLASSES") == []
    data = await refused(served.client.chat_update(channel="C0CLASSES", ts=posted["message_ts"], text="x"))
    assert data["error"] == "message_not_found"


async def test_an_ephemeral_message_reaches_only_members(served, refused) -> None:
    call = served.client.chat_postEphemeral(channel="C0WEBINARS", user="U0GIA", text="psst")

    assert (await refused(call))["error"] == "user_not_in_channel"
