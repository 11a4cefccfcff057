"""Trouble of the whole bot is said, logged once a minute, and told to the admins when it is over."""

import json
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.work import Trouble
from sandbox.hms.state.room.room import Room
from tests.chat import Chat


@pytest.mark.parametrize("how", ["revokes", "uninstalls"])
async def test_while_slack_refuses_the_token_people_read_what_has_to_be_mended(
    chat: Chat, standup: Room, how: str
) -> None:
    await getattr(chat.workspace, how)()
    await chat.bot.idle()
    assert Trouble.TOKEN in chat.bot.connection.troubles.now

    await chat.passes("61s")  # what Slack said of people counts for a minute
    said = await chat.says("mo", "/hms end-room --yes")

    assert "Slack does not accept my token any more" in said.text
    assert "SLACK_BOT_TOKEN" in said.text
    assert standup.session


async def test_when_it_is_over_the_admins_read_from_when_to_when(chat: Chat, standup: Room) -> None:
    chat.workspace.switches.bot_token = "token_revoked"
    await chat.passes("61s")
    await chat.says("mo", "/hms who")
    await chat.passes("10m")
    chat.workspace.switches.bot_token = None

    await chat.says("mo", "/hms who")

    told = chat.reads("ada", "dm").text
    assert "Slack did not accept my token (token_revoked)." in told
    assert "It works again." in told
    assert chat.bot.connection.troubles.now == {}


async def test_the_log_says_it_once_a_minute(chat: Chat, standup: Room) -> None:
    chat.workspace.switches.bot_token = "invalid_auth"
    await chat.passes("61s")
    with capture_logs() as lines:
        for who in ("mo", "max", "vi", "mo", "max"):
            await chat.says(who, "/hms who")
        assert [line["event"] for line in lines].count("trouble") == 1
        await chat.passes("61s")
        await chat.says("mo", "/hms who")
    assert [line["event"] for line in lines].count("trouble") == 2
    assert json.dumps(
        [line for line in lines if line["event"] == "trouble"]
    )  # each is a line of plain values


async def test_100ms_that_did_not_answer_is_told_of_when_it_does(chat: Chat) -> None:
    troubles = chat.bot.connection.troubles
    troubles.noticed(Trouble.HMS, "no answer")
    chat.clock.now += timedelta(minutes=3)
    troubles.passed(Trouble.HMS)
    await chat.bot.idle()

    assert "100ms did not answer." in chat.reads("ada", "dm").text


async def test_what_lasted_less_than_a_minute_is_told_to_nobody(chat: Chat) -> None:
    troubles = chat.bot.connection.troubles
    troubles.noticed(Trouble.DATABASE, "disk full")
    chat.clock.now += timedelta(seconds=59)
    troubles.passed(Trouble.DATABASE)
    await chat.bot.idle()

    assert chat.reads("ada", "dm").messages == ()
