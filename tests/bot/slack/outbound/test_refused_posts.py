"""What Slack refuses in a channel is sent to whoever can be reached, however long it is."""

from tests.chat import Chat

MOST = 50  # blocks, that Slack takes in a message


async def test_a_post_as_long_as_slack_takes_is_still_taken_with_why_it_comes_here(chat: Chat) -> None:
    chat.workspace.switches.refuse_next("chat.postMessage", "is_archived", channel="C0CLASSES")
    lines = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"line {number}"}} for number in range(MOST)
    ]
    async with chat.bot.db.write() as tx:
        chat.bot.posts.show(tx, "long", "C0CLASSES", {"text": "many lines", "blocks": lines})
    await chat.bot.idle()

    (copy,) = chat.reads("ada", "dm").messages
    assert len(copy.blocks) == MOST
    assert "Slack does not let me write this in" in copy.text
    assert copy.blocks[-1]["text"]["text"] == "line 49"  # where the buttons of a card are
