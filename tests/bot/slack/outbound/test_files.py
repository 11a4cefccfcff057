"""A file goes with its answer, and an answer is never lost over it."""

import pytest

from bot.reply import File, Message, Reply
from bot.request.request import Origin
from sandbox.slack.messages import Message as Shown
from tests.chat import PEOPLE, Chat, words

CALENDAR = File("standup.ics", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "Windows of {room}", "text/calendar")
EXPORTED = Reply("Here are the windows of {room}.", room="standup", file=CALENDAR)
FOLLOWS = "The file follows in our direct messages, where you alone read it."
HERE = {"classes": "C0CLASSES", "lobby-talk": "C0LOBBYTALK", "": ""}


async def answered(chat: Chat, channel: str = "classes", *, public: bool = False, thread: str = "") -> None:
    """Mo asked for something, and the answer carries a file."""
    origin = Origin("slack", "key", channel=HERE.get(channel, channel), thread=thread)
    await chat.bot.dispatcher.voice.answer(origin, PEOPLE["mo"], Message(EXPORTED, public=public))
    await chat.workspace.settles()


def said(chat: Chat, channel: str = "classes") -> list[str]:
    return [words(one) for one in chat.reads("mo", channel).messages if not one.files]


def carrying(chat: Chat, channel: str) -> list[Shown]:
    return [one for one in chat.reads("mo", channel).messages if one.files]


async def test_what_is_answered_privately_has_its_file_in_direct_messages(chat: Chat) -> None:
    await answered(chat)

    assert said(chat) == [f"Here are the windows of standup.\n{FOLLOWS}"]
    assert chat.channel("classes") == []  # only Mo reads it
    [message] = carrying(chat, "dm")
    [file] = message.files
    assert (file.name, file.title) == ("standup.ics", "Windows of standup")
    assert file.content == CALENDAR.data


async def test_asked_in_direct_messages_it_follows_there(chat: Chat) -> None:
    direct = chat.workspace.directory.direct(PEOPLE["mo"], "U0HMS").id
    await answered(chat, direct)

    answer, message = chat.reads("mo", "dm").messages
    assert words(answer) == "Here are the windows of standup."
    assert message.files[0].name == "standup.ics"


async def test_asked_nowhere_it_is_in_direct_messages(chat: Chat) -> None:
    await answered(chat, "")
    assert [one.files[0].name for one in carrying(chat, "dm")] == ["standup.ics"]


async def test_what_the_channel_reads_it_has_there_in_its_thread(chat: Chat) -> None:
    await chat.workspace.says(PEOPLE["mo"], "C0CLASSES", "windows?")
    [asked] = chat.reads("mo").messages
    await answered(chat, public=True, thread=asked.ts)

    [message] = carrying(chat, "classes")
    assert (message.only_for, message.thread_ts) == (None, asked.ts)
    assert carrying(chat, "dm") == []
    assert FOLLOWS not in "".join(said(chat))


async def test_where_the_bot_is_not_in_the_channel_it_is_in_direct_messages_and_that_is_said(
    chat: Chat,
) -> None:
    await answered(chat, "lobby-talk", public=True)

    assert carrying(chat, "lobby-talk") == []
    assert len(carrying(chat, "dm")) == 1
    assert "I am not in this channel, so standup.ics is in our direct messages." in "".join(said(chat, "dm"))


@pytest.mark.parametrize(
    ("method", "word", "sentence"),
    [
        (
            "files.getUploadURLExternal",
            "missing_scope",
            "I may not send files here yet, so standup.ics is missing. An admin has to install me again.",
        ),
        (
            "files.getUploadURLExternal",
            "file_uploads_disabled",
            "Slack did not take standup.ics (file_uploads_disabled).",
        ),
        (
            "files.completeUploadExternal",
            "restricted_action",
            "Slack did not take standup.ics (restricted_action).",
        ),
    ],
)
async def test_what_slack_refuses_is_said_and_the_answer_stands(
    chat: Chat, method: str, word: str, sentence: str
) -> None:
    chat.workspace.switches.refuse_next(method, word)

    await answered(chat)

    assert said(chat) == [f"Here are the windows of standup.\n{FOLLOWS}", sentence]
    assert carrying(chat, "dm") == []


@pytest.mark.parametrize("status", [403, 502])
async def test_where_the_bytes_are_not_taken_that_is_said(chat: Chat, status: int) -> None:
    chat.workspace.switches.refuse_next("upload_url", "", status=status)

    await answered(chat)

    assert said(chat)[-1] == "Slack's store of files does not answer, so standup.ics is missing. Try again."


async def test_where_nobody_answers_that_is_said(chat: Chat) -> None:
    chat.workspace.switches.lose_next("upload_url")

    await answered(chat)

    assert said(chat)[-1].startswith("Slack's store of files does not answer")


async def test_an_answer_in_a_view_says_below_itself_what_became_of_its_file(chat: Chat) -> None:
    state = chat.workspace.state
    opened = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "hms"},
        "blocks": [{"type": "divider"}],
    }
    view = state.app.opens(state.triggers.issue(PEOPLE["mo"]), opened)
    chat.workspace.switches.refuse_next("files.getUploadURLExternal", "file_uploads_disabled")

    origin = Origin("slack", "key", view=view.id)
    await chat.bot.dispatcher.voice.answer(origin, PEOPLE["mo"], Message(EXPORTED))

    said = str(chat.workspace.view(PEOPLE["mo"], view.id).body["blocks"])
    assert "Here are the windows of *standup*. Slack did not take *standup.ics*" in said


async def test_nothing_of_it_is_written_down(chat: Chat) -> None:
    await answered(chat, public=True)

    async with chat.bot.db.read() as tx:
        kept = str([(await tx.exec_driver_sql(f"select * from {name}")).all() for name in ("posts", "jobs")])
    assert "VCALENDAR" not in kept
