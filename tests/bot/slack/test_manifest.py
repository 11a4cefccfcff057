"""The manifest asks for what we use, and nothing else."""

from pathlib import Path

import yaml

from bot.slack.manifest import EVENTS, SCOPES, manifest
from sandbox.slack.methods import METHODS

ROOT = Path(__file__).parents[3]
# Which of several scopes that open a method we ask for: ours and no more.
BY_SURFACE = {"commands", "app_mentions:read", "im:history"}  # the slash command, mentions, direct messages


def used_methods() -> set[str]:
    """The Web API methods that the door calls, read from its code."""
    code = "\n".join(path.read_text() for path in (ROOT / "bot" / "slack").rglob("*.py"))
    return {
        name
        for name in METHODS
        if f".{name.replace('.', '_').lower()}(" in _snake(code) or f'"{name}"' in code
    }


def _snake(code: str) -> str:
    return code.lower()


def test_the_file_in_the_repository_is_the_one_for_socket_mode() -> None:
    assert (ROOT / "app_manifest.yml").read_text() == manifest()


def test_scopes_are_those_of_the_methods_we_use() -> None:
    needed = [METHODS[name].scopes for name in used_methods() if METHODS[name].scopes]
    assert all(scopes & set(SCOPES) for scopes in needed)
    opened = set().union(*needed)
    assert set(SCOPES) <= opened | BY_SURFACE


def test_socket_mode_needs_no_address() -> None:
    read = yaml.safe_load(manifest())
    assert read["settings"]["socket_mode_enabled"] is True
    assert "url" not in manifest().replace("unfurl", "")


def test_over_http_everything_goes_to_one_route() -> None:
    read = yaml.safe_load(manifest("https://bot.example.org/", "/video"))
    route = "https://bot.example.org/slack/events"
    assert read["features"]["slash_commands"][0] | {"usage_hint": "", "description": ""} == {
        "command": "/video",
        "url": route,
        "should_escape": True,
        "usage_hint": "",
        "description": "",
    }
    settings = read["settings"]
    assert settings["socket_mode_enabled"] is False
    assert settings["event_subscriptions"] == {"request_url": route, "bot_events": list(EVENTS)}
    assert settings["interactivity"] == {
        "is_enabled": True,
        "request_url": route,
        "message_menu_options_url": route,
    }
