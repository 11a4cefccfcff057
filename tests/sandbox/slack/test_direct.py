"""What the app hears of its direct messages, and only where it asked to hear of them."""

import pytest

from sandbox.slack.installation import BOT_EVENTS, BOT_SCOPES
from sandbox.slack.refusal import Refusal


def events(listener) -> list[dict]:
    return [payload.body["event"] for payload in listener.heard]


def direct(workspace) -> str:
    return workspace.directory.direct("U0MO", "U0HMS").id


async def test_what_somebody_writes_to_the_app_is_a_message(workspace, listener) -> None:
    await workspace.says("U0MO", direct(workspace), "hello & <bye>")

    [event] = events(listener)
    assert event["type"] == "message"
    assert (event["channel"], event["channel_type"], event["user"]) == ("D0MO", "im", "U0MO")
    assert (event["text"], event["event_ts"]) == ("hello &amp; &lt;bye&gt;", event["ts"])
    assert not {"bot_id", "subtype", "thread_ts", "edited"} & event.keys()


@pytest.mark.parametrize(
    "lacking", [{"events": BOT_EVENTS - {"message.im"}}, {"scopes": BOT_SCOPES - {"im:history"}}]
)
async def test_it_hears_nothing_without_the_event_or_its_scope(make_workspace, listener_of, lacking) -> None:
    workspace = make_workspace(**lacking)
    listener = listener_of(workspace)

    await workspace.says("U0MO", direct(workspace), "hello")

    assert listener.heard == []


async def test_a_mention_too_needs_its_scope(make_workspace, listener_of) -> None:
    workspace = make_workspace(scopes=BOT_SCOPES - {"app_mentions:read"})
    listener = listener_of(workspace)

    await workspace.says("U0MO", "C0CLASSES", "@hms hello")

    assert listener.heard == []


async def test_a_message_of_people_among_themselves_is_not_heard(workspace, listener) -> None:
    await workspace.says("U0MO", workspace.directory.direct("U0MO", "U0MAX").id, "hello")

    assert listener.heard == []


async def test_the_app_hears_its_own_posts_edits_and_deletions_too(served, listener_of) -> None:
    listener = listener_of(served.workspace)
    posted = await served.client.chat_postMessage(channel="U0MO", text="hello")
    await served.client.chat_update(channel=posted["channel"], ts=posted["ts"], text="hello again")
    await served.client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    await served.client.chat_postMessage(channel="C0CLASSES", text="hello")
    await served.workspace.settles()

    said, changed, deleted = events(listener)
    assert (said["user"], said["bot_id"]) == ("U0HMS", "B0HMS")
    assert "subtype" not in said
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "hello again")
    assert changed["previous_message"]["text"] == "hello"
    assert (deleted["subtype"], deleted["deleted_ts"]) == ("message_deleted", posted["ts"])


async def test_a_line_that_somebody_edits_is_told_as_a_change(workspace, listener) -> None:
    await workspace.says("U0MO", direct(workspace), "hello")
    [typed] = workspace.sees("U0MO", direct(workspace))

    await workspace.edits("U0MO", typed, "goodbye")

    changed = events(listener)[-1]
    assert (changed["subtype"], changed["message"]["text"]) == ("message_changed", "goodbye")
    assert "user" not in changed
    with pytest.raises(Refusal, match="cant_update_message"):
        await workspace.edits("U0MAX", typed, "mine")


async def test_a_reply_says_in_whose_thread_it_stands(workspace, listener) -> None:
    ours = workspace.state.app.posts("U0MO", "hello")

    await workspace.says("U0MO", direct(workspace), "thanks", thread_ts=ours.ts)

    event = events(listener)[-1]
    assert (event["thread_ts"], event["parent_user_id"]) == (ours.ts, "U0HMS")
