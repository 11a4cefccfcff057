"""The app is installed with what its manifest asks for, and nothing else."""

import yaml

from tests.house.source import ROOT


async def test_scopes_and_events_are_those_of_the_manifest(workspace) -> None:
    asked = yaml.safe_load((ROOT / "app_manifest.yml").read_text())

    assert workspace.installation.scopes == set(asked["oauth_config"]["scopes"]["bot"])
    assert workspace.installation.events == set(asked["settings"]["event_subscriptions"]["bot_events"])


async def test_a_token_shows_the_scopes_it_was_given(served) -> None:
    answer = await served.client.auth_test()

    assert set(answer.headers["X-OAuth-Scopes"].split(",")) == served.workspace.installation.scopes
    assert "usergroups:read" not in answer.headers["X-OAuth-Scopes"]
