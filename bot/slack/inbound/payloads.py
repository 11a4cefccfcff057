"""What Slack tells us, read: who did something, where, and how to answer there."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.request.request import Origin
from bot.slack import DOOR
from bot.slack.drawing.form_views import LAST

Body = Mapping[str, Any]
SENT = "sent"  # under which a transport that knows it says when Slack sent a payload
MISFIT = "misfit"  # under which it says where a payload is not as it should be
DELIVERED = "delivered"  # under which a transport says, later, whether the ack has left for Slack


@dataclass(frozen=True)
class Payload:
    """One payload. ``teams`` are the workspaces it is for; it is foreign if ours is not one of them.

    ``sent`` is when it was done, by Slack's clock, where Slack says it.
    """

    who: str
    origin: Origin
    teams: frozenset[str]
    body: Body = field(repr=False)  # it holds the addresses that answer
    sent: datetime | None = None


def command(body: Body) -> Payload:
    """A slash command; redelivered, it has the same trigger."""
    origin = Origin(
        DOOR,
        key=body["trigger_id"],
        channel=body["channel_id"],
        address=body.get("response_url", ""),
        trigger=body["trigger_id"],
    )
    return Payload(body["user_id"], origin, _teams(body), body)


def action(body: Body) -> Payload:
    """A click or a choice, on a message, in a form or on Home."""
    container, view = body.get("container", {}), body.get("view") or {}
    origin = Origin(
        DOOR,
        key=f"{body['actions'][0]['action_ts']}:{body['user']['id']}:{body['actions'][0]['action_id']}",
        channel=(body.get("channel") or {}).get("id") or container.get("channel_id", ""),
        thread=container.get("thread_ts", ""),
        address=body.get("response_url", ""),
        trigger=body.get("trigger_id", ""),
        message="" if container.get("is_ephemeral") else container.get("message_ts", ""),
        view=name_of(view) if view.get("type") == "modal" else "",
    )
    return Payload(body["user"]["id"], origin, _teams(body), body, moment(body["actions"][0]["action_ts"]))


def suggestion(body: Body) -> Payload:
    """Somebody types into a menu of ours; nothing comes of it but options."""
    origin = form_origin(body["view"], body["user"]["id"]) if body.get("view") else Origin(DOOR, key="")
    return Payload(body["user"]["id"], origin, _teams(body), body)


def submission(body: Body) -> Payload:
    """A form handed in; a form that comes back is the same view with the same hash."""
    origin = replace(form_origin(body["view"], body["user"]["id"]), form=True)
    return Payload(body["user"]["id"], origin, _teams(body), body)


def event(body: Body) -> Payload:
    """Something that happened; Slack repeats an event it believes lost, by the same id."""
    happened = body["event"]
    origin = Origin(
        DOOR, key=body["event_id"], channel=happened.get("channel", ""), thread=happened.get("thread_ts", "")
    )
    written = moment(body.get("event_time"))
    return Payload(happened.get("user", ""), origin, _teams(body), body, written)


def moment(seconds: object) -> datetime | None:
    """A moment of Slack's, which counts seconds; None for what is none."""
    try:
        return datetime.fromtimestamp(float(str(seconds)), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def form_origin(view: Body, who: str) -> Origin:
    """Where a form was asked for; it says so itself."""
    place = about(view)
    key = f"{view['id']}:{view['hash']}:{who}"
    return Origin(DOOR, key=key, channel=place.get("channel", ""), thread=place.get("thread", ""))


def name_of(view: Body) -> str:
    """By what an open view is found: the name that we gave it, else Slack's id of it."""
    found = str(view.get("external_id") or view["id"])
    return LAST + found if view.get("clear_on_close") else found


def about(view: Body) -> Mapping[str, Any]:
    """What we wrote into a view when we made it: the command's words, the channel, the thread."""
    held = view.get("private_metadata")
    return json.loads(held) if held else {}


def _teams(body: Body) -> frozenset[str]:
    """Where it happened, or whose app hears of it; never where the person belongs, who may belong elsewhere.

    Source: Slack docs, apis/events-api, authorizations; enterprise/developing.
    """
    heard = [one.get("team_id") for one in body.get("authorizations") or ()]
    named = heard or [body.get("team_id"), (body.get("team") or {}).get("id")]
    return frozenset(team for team in named if isinstance(team, str))
