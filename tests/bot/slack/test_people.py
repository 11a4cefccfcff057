"""Who may act is asked of Slack, at most a minute ago."""

from dataclasses import replace

import pytest

from bot.people import UNKNOWN, Actor
from bot.reply import Term
from bot.slack.connect import SlackConnection
from bot.slack.people import People
from sandbox.slack.people import BOT, GIA, MO
from sandbox.slack.workspace import Workspace


@pytest.fixture
def people(connection: SlackConnection, clock) -> People:
    return People(connection.client, "T0HMS", clock)


async def test_a_member_has_a_name_and_a_zone(people: People) -> None:
    assert await people.actor(MO.id) == Actor("U0MO", "Mo", "Europe/Berlin")


async def test_a_guest_may_not_act(people: People) -> None:
    assert (await people.actor(GIA.id)).barred == Term("a guest", "is")


async def test_neither_may_a_bot(people: People) -> None:
    assert (await people.actor(BOT.id)).barred == Term("a bot", "is")


async def test_nor_somebody_of_another_workspace(people: People, workspace: Workspace) -> None:
    workspace.directory.put(replace(MO, team="T0OTHER"))
    assert (await people.actor(MO.id)).barred == Term("from another workspace", "is")


async def test_somebody_who_left_is_barred_a_minute_later(
    people: People, workspace: Workspace, clock
) -> None:
    assert not (await people.actor(MO.id)).barred
    workspace.directory.put(replace(MO, deleted=True))
    assert not (await people.actor(MO.id)).barred
    clock.passes(seconds=60)
    assert (await people.actor(MO.id)).barred == Term("deactivated", "is")


async def test_when_slack_cannot_say_the_answer_is_no_and_not_remembered(
    people: People, workspace: Workspace
) -> None:
    assert await people.actor("U0NEW") == Actor("U0NEW", "U0NEW", barred=UNKNOWN)
    workspace.directory.put(replace(MO, id="U0NEW", real_name="New"))
    assert (await people.actor("U0NEW")).name == "New"
