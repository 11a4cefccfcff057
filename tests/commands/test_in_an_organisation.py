"""A workspace of an Enterprise Grid organisation: people belong to several, and act where they are."""

import pytest

from bot.people import Level
from sandbox.hms.state.room.room import Room
from sandbox.slack.people import ELSEWHERE, PARTNER, WORKER, Person
from sandbox.slack.switches import Grid
from tests.chat import PEOPLE, Chat


@pytest.mark.parametrize("says_team", [False, True])
@pytest.mark.parametrize("grid", ["workspace", "organisation"])
async def test_members_ask_and_decide_as_in_any_workspace(
    chat: Chat, standup: Room, grid: Grid, *, says_team: bool
) -> None:
    chat.workspace.switches.grid, chat.workspace.switches.grid_team_id = grid, says_team

    assert "Gus" in (await chat.says("mo", "/hms who")).text
    card = await chat.says("mo", "@hms remove Gus spamming")
    await chat.clicks("max", "Remove “Gus”", card)

    assert len(chat.calls("active_rooms.remove_peers")) == 1


async def test_an_id_may_begin_with_w(chat: Chat, standup: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    chat.workspace.switches.grid = "workspace"
    here(chat, monkeypatch, "worker", WORKER)
    await chat.grants("worker", Level.MODERATOR)

    await chat.says("worker", "/hms end-room --yes")

    assert not standup.session


@pytest.mark.parametrize("stranger", [ELSEWHERE, PARTNER])
async def test_who_is_of_the_organisation_or_a_partner_but_not_of_this_workspace_may_nothing(
    chat: Chat, standup: Room, monkeypatch: pytest.MonkeyPatch, stranger: Person
) -> None:
    chat.workspace.switches.grid = "workspace"
    here(chat, monkeypatch, "stranger", stranger)
    await chat.grants("stranger", Level.MODERATOR)

    said = await chat.says("stranger", "@hms end-room --yes")

    assert "You are from another workspace here" in said.text
    assert standup.session


def here(chat: Chat, monkeypatch: pytest.MonkeyPatch, name: str, person: Person) -> None:
    """Somebody of elsewhere joins the channel, under a name for the test."""
    monkeypatch.setitem(PEOPLE, name, person.id)
    chat.workspace.arrives(person, "C0CLASSES")
