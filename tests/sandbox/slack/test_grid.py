"""A workspace of an organisation, and people who are not of it."""

from dataclasses import replace

import pytest

from sandbox.slack.people import ELSEWHERE, GUEST, MO, PARTNER, WORKER
from tests.sandbox.slack.block_kit import actions, button
from tests.sandbox.slack.switchboard import turn


@pytest.fixture
async def clicked(workspace, listener):
    """Let somebody press a button, and give what the app is told."""

    async def click(person: str) -> dict:
        card = workspace.state.app.posts("C0CLASSES", "card", [actions(button())])
        await workspace.clicks(person, card, "go")
        return listener.last

    return click


async def described(served, person: str) -> dict:
    return (await served.client.users_info(user=person))["user"]


async def test_a_member_of_the_organisation_has_workspaces_and_no_team_id(served) -> None:
    plain = await described(served, "U0MO")
    assert (plain["team_id"], "enterprise_user" in plain) == ("T0HMS", False)

    assert await turn(served, grid="workspace") == 200

    member = await described(served, "U0MO")
    assert "team_id" not in member
    assert member["enterprise_user"] == {
        "id": "U0MO",
        "enterprise_id": "E0HMS",
        "enterprise_name": "HMS everywhere",
        "is_admin": False,
        "is_owner": False,
        "is_primary_owner": False,
        "teams": ["T0HQ", "T0HMS"],
    }


async def test_a_team_id_may_be_there_all_the_same(served) -> None:
    await turn(served, grid="workspace", grid_team_id=True)

    member = await described(served, "U0MO")

    assert (member["team_id"], member["enterprise_user"]["teams"]) == ("T0HMS", ["T0HQ", "T0HMS"])


@pytest.mark.parametrize(
    ("grid", "team"), [("off", "T0HMS"), ("workspace", "T0HQ"), ("organisation", "E0HMS")]
)
async def test_a_click_says_where_somebody_belongs_and_where_they_clicked(
    workspace, clicked, grid, team
) -> None:
    workspace.switches.grid = grid

    told = await clicked("U0MO")

    assert (told["team"]["id"], told["user"]["team_id"]) == ("T0HMS", team)
    assert told["enterprise"] == (None if grid == "off" else {"id": "E0HMS", "name": "HMS everywhere"})


async def test_a_command_and_an_event_say_the_workspace_and_the_organisation(workspace, listener) -> None:
    workspace.switches.grid = "organisation"

    await workspace.says("U0MO", "C0CLASSES", "/hms status")
    assert (listener.last["team_id"], listener.last["enterprise_id"]) == ("T0HMS", "E0HMS")
    await workspace.says("U0MO", "C0CLASSES", "@hms status")
    told = listener.last
    assert (told["team_id"], told["enterprise_id"], told["event"]["team"]) == ("T0HMS", "E0HMS", "E0HMS")
    assert told["authorizations"][0]["enterprise_id"] == "E0HMS"


async def test_the_token_says_the_organisation(served) -> None:
    assert "enterprise_id" not in (await served.client.auth_test()).data
    served.workspace.switches.grid = "workspace"
    assert (await served.client.auth_test())["enterprise_id"] == "E0HMS"


async def test_ids_may_begin_with_another_letter(served) -> None:
    served.workspace.switches.grid = "workspace"
    served.workspace.arrives(WORKER, "C0CLASSES")

    member = await described(served, "W0WORKER")
    posted = await served.client.chat_postMessage(channel="W0WORKER", text="x")

    assert (member["enterprise_user"]["teams"], posted["channel"]) == (["T0HQ", "T0HMS"], "D0W0WORKER")


async def test_somebody_of_another_workspace_of_the_organisation_is_not_of_this_one(served) -> None:
    served.workspace.switches.grid = "workspace"
    served.workspace.arrives(ELSEWHERE, "C0CLASSES")

    assert (await described(served, "W0ELSEWHERE"))["enterprise_user"]["teams"] == ["T0HQ"]
    outcome = await served.workspace.says("W0ELSEWHERE", "C0CLASSES", "/hms status")
    assert outcome.error == "invalid_command"


async def test_somebody_of_slack_connect_keeps_their_own_team(workspace, clicked, served) -> None:
    for each in (workspace, served.workspace):
        each.switches.grid = "workspace"
        each.arrives(PARTNER, "C0CLASSES")

    assert (await clicked("U0PARTNER"))["user"]["team_id"] == "T0PARTNER"
    stranger = await described(served, "U0PARTNER")
    assert (stranger["team_id"], "enterprise_user" in stranger) == ("T0PARTNER", False)


async def test_somebody_of_slack_connect_is_a_stranger_where_no_channel_is_shared(served) -> None:
    served.workspace.arrives(PARTNER)
    assert (await described(served, "U0PARTNER"))["is_stranger"] is True

    served.workspace.arrives(PARTNER, "C0CLASSES")
    assert (await described(served, "U0PARTNER"))["is_stranger"] is False
    assert "is_stranger" not in await described(served, "U0MO")


async def test_a_channel_with_somebody_of_slack_connect_is_shared(workspace, listener, served) -> None:
    for each in (workspace, served.workspace):
        each.arrives(PARTNER, "C0CLASSES")

    await workspace.says("U0MO", "C0CLASSES", "@hms hello")
    assert listener.last["is_ext_shared_channel"] is True
    await workspace.says("U0MO", "C0WEBINARS", "@hms hello")
    assert listener.last["is_ext_shared_channel"] is False
    assert (await served.client.conversations_info(channel="C0CLASSES"))["channel"]["is_ext_shared"] is True


async def test_somebody_of_slack_connect_has_none_of_our_commands(workspace, listener) -> None:
    workspace.arrives(PARTNER, "C0CLASSES")

    outcome = await workspace.says("U0PARTNER", "C0CLASSES", "/hms status")

    assert (outcome.error, listener.heard) == ("invalid_command", [])


async def test_there_are_guests_in_several_channels_and_in_one(served) -> None:
    served.workspace.arrives(GUEST, "C0CLASSES", "C0WEBINARS")

    several, one = await described(served, "U0GUEST"), await described(served, "U0GIA")

    flags = [(guest["is_restricted"], guest["is_ultra_restricted"]) for guest in (several, one)]
    assert flags == [(True, False), (True, True)]


async def test_accounts_come_and_change_from_outside(served) -> None:
    new = {"id": "U0NEW", "team": "T0OTHER", "is_restricted": True, "channels": ["C0CLASSES"]}
    assert await turn(served, "people", **new) == 200
    assert await turn(served, "people", id="U0MO", deleted=True) == 200

    there = await described(served, "U0NEW")
    assert (there["team_id"], there["is_restricted"], there["real_name"]) == ("T0OTHER", True, "New")
    gone = await described(served, "U0MO")
    assert (gone["deleted"], gone["profile"]["real_name"]) == (True, MO.real_name)
    assert served.workspace.sees("U0NEW", "C0CLASSES") == []


@pytest.mark.parametrize("body", [{}, {"id": "mo"}, {"id": "U0NEW", "channels": ["C0NOWHERE"]}])
async def test_accounts_that_cannot_be_are_refused(served, body) -> None:
    assert await turn(served, "people", **body) == 400


async def test_whoever_is_gone_can_still_be_written_to_where_they_were(served, refused) -> None:
    await served.client.conversations_open(users="U0MO")
    served.workspace.arrives(replace(MO, deleted=True))

    assert (await refused(served.client.conversations_open(users="U0MO")))["error"] == "user_disabled"
    assert (await served.client.chat_postMessage(channel="U0MO", text="x"))["channel"] == "D0MO"
