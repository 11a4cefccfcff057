"""What people do on the page, handed to the workspace: JSON in, JSON out."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, tzinfo
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.slack.interactions import Source
from sandbox.slack.page.seat import APP
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import Outcome
from sandbox.slack.workspace import Workspace

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "operation_timeout": "The app did not answer within three seconds.",
        "dispatch_failed": "The app could not be reached.",
        "command_in_thread": "Slack takes no slash commands in threads: mention the app instead.",
        "is_archived": "This channel is closed: nothing more is said here.",
        "messages_tab_disabled": "Sending messages to this app has been turned off.",
        "invalid_command": "There is no such command for whom you act as.",
        "message_not_found": "This message is no longer there.",
        "no_such_element": "This button is no longer there.",
        "not_found": "This form is no longer open.",
    }
)


class Filled(BaseModel):
    """One filled-in element, as the browser holds it."""

    model_config = ConfigDict(extra="forbid")

    kind: str
    value: str | list[str]


class Deed(BaseModel):
    """One thing somebody does; ``message`` (with ``channel``) or ``view`` says where."""

    model_config = ConfigDict(extra="forbid")

    person: str
    channel: str = ""
    message: str | None = None
    view: str | None = None
    text: str = ""
    thread: str | None = None
    block: str = ""
    action: str = ""
    touched: Filled | None = None
    values: dict[str, dict[str, Filled]] = Field(default_factory=dict)


Do = Callable[[Workspace, Deed], Awaitable[Outcome]]


async def say(workspace: Workspace, deed: Deed) -> Outcome:
    """Send what was typed."""
    bot = workspace.installation.bot_user
    channel = workspace.directory.direct(deed.person, bot).id if deed.channel == APP else deed.channel
    return await workspace.says(deed.person, channel, deed.text, deed.thread)


async def touch(workspace: Workspace, deed: Deed) -> Outcome:
    """Press a button, or choose in an element."""
    zone = _zone(workspace, deed)
    value = _raw(deed.touched, zone) if deed.touched else None
    source, values = _source(workspace, deed), _values(deed, zone)
    return await workspace.selects(
        deed.person, source, deed.action, value, block_id=deed.block, values=values
    )


async def search(workspace: Workspace, deed: Deed) -> Outcome:
    """Ask the app for the options that fit what was typed."""
    source = _source(workspace, deed)
    return await workspace.searches(deed.person, source, deed.action, deed.text, block_id=deed.block)


async def submit(workspace: Workspace, deed: Deed) -> Outcome:
    """Hand a form in."""
    return await workspace.submits(deed.person, deed.view or "", _values(deed, _zone(workspace, deed)))


async def close(workspace: Workspace, deed: Deed) -> Outcome:
    """Close a form."""
    return await workspace.closes(deed.person, deed.view or "")


async def open_home(workspace: Workspace, deed: Deed) -> Outcome:
    """Look at the app's Home."""
    await workspace.opens_home(deed.person)
    return Outcome()


async def answer(workspace: Workspace, do: Do, request: web.Request) -> web.Response:
    """Do it; a refusal is a 409 with a sentence, what the app failed at is in ``error``."""
    try:
        outcome = await do(workspace, Deed.model_validate_json(await request.text()))
    except ValidationError as error:
        return web.json_response({"error": f"The page sent something odd: {error.title}"}, status=400)
    except Refusal as refusal:
        return web.json_response({"error": _sentence(str(refusal), refusal.code)}, status=409)
    failure = outcome.error and _sentence(outcome.error, outcome.error)
    options = [{"value": each["value"], "text": each["text"]["text"]} for each in outcome.options]
    return web.json_response({"error": failure, "errors": dict(outcome.errors), "options": options})


def _sentence(said: str, code: str) -> str:
    return f"{SENTENCES.get(code, 'Slack refused that.')} ({said})"


def _source(workspace: Workspace, deed: Deed) -> Source:
    if deed.view is not None:
        return workspace.view(deed.person, deed.view)
    return workspace.message(deed.person, deed.channel, deed.message or "")


def _zone(workspace: Workspace, deed: Deed) -> tzinfo:
    return ZoneInfo(workspace.state.somebody(deed.person).tz)


def _values(deed: Deed, zone: tzinfo) -> dict[str, dict[str, Any]]:
    return {
        block: {action: _raw(filled, zone) for action, filled in filled_in.items()}
        for block, filled_in in deed.values.items()
    }


def _raw(filled: Filled, zone: tzinfo) -> object:
    """Read what a native input holds; a date and time is wall time where the person lives."""
    if filled.kind == "datetimepicker" and filled.value:
        return int(datetime.fromisoformat(str(filled.value)).replace(tzinfo=zone).timestamp())
    return filled.value
