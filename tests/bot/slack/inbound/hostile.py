"""Payloads of clicks, choices and forms as nobody should send them, made of those that Slack did send.

What is pressed is never what would be done: a yes, a line of a form that acts at once, or whoever may say it
is always spoilt. So 100ms is never to be asked for anything but looks.
"""

import json
import random
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from sandbox.hms.state.room.room import Room
from sandbox.slack import choices
from sandbox.slack.delivery import Ack, Payload
from sandbox.slack.interactions import Source, blocks_of
from tests.bot.slack.outbound.lost import cut_off
from tests.chat import PEOPLE, Chat
from tests.furnished import furnished

LEAVES = (None, True, 5, -1, 10**400, 0.5, "", "x" * 5000, "\x00", "\ud800", "decision:x:1:yes", [], {}, [[]])
STRANGERS = (*("U0VI", "U0GIA") * 4, "U0NOBODY", "")
FOREIGN = ("C0MODS", "C0NOWHERE", "D0", "T0ELSEWHERE", "V0GONE", "64f0c3a1b2d4e5f601234567")
IDS = {"id", "channel_id", "team_id", "view_id", "hash", "external_id", "message_ts", "action_ts", "block_id"}
Path = tuple[str | int, ...]
Json = dict[str, Any]


LINES = {
    "mo": ("end-room", "remove Gus spamming", "remove Ivy", "who", "status", "schedule list"),
    "max": ("poll create", "room lock"),
    "ada": ("key show", "poll results 'Team quiz'", "stream-target add", "code list"),
    "vi": ("statsu", "asset list"),
}


async def staged(chat: Chat) -> Room:
    """Cards that wait, answers with buttons, forms and Homes: what can be pressed, chosen and handed in."""
    room = await furnished(chat)
    for who, lines in LINES.items():
        for line in lines:
            await chat.says(who, f"/hms {line}")
        await chat.workspace.opens_home(PEOPLE[who])
    await chat.bot.idle()
    await cut_off(chat)
    return room


class Overheard:
    """A delivery that keeps what would have reached the bot: what is pressed stays to be pressed."""

    def __init__(self) -> None:
        self.heard: list[Json] = []

    async def deliver(self, payload: Payload) -> Ack:
        self.heard.append(json.loads(json.dumps(payload.body)))
        return Ack()


async def pressed(chat: Chat) -> list[Json]:
    """What Slack tells when everybody presses, chooses and hands in all that they see."""
    workspace, overheard = chat.workspace, Overheard()
    delivery = workspace.state.delivery
    workspace.connect(overheard)
    for person in PEOPLE.values():
        for source in seen(chat, person):
            await touched(chat, person, source)
    workspace.connect(delivery)
    return overheard.heard


def seen(chat: Chat, person: str) -> Iterator[Source]:
    """Every message, the open forms, and Home."""
    workspace = chat.workspace
    for channel in workspace.channels(person):
        yield from (message for message in workspace.sees(person, channel.id) if message.by_app)
    yield from workspace.views_of(person)
    if home := workspace.home(person):
        yield home


async def touched(chat: Chat, person: str, source: Source) -> None:
    """Touch each element of a message or a view, and hand a form in."""
    for block, element in choices.elements_of(blocks_of(source)):
        name, block_id = element["action_id"], block["block_id"]
        if element["type"] == "external_select":
            await chat.workspace.searches(person, source, name, "a", block_id=block_id)
        elif element["type"] == "button":
            await chat.workspace.clicks(person, source, name, block_id=block_id)
        elif options := choices.options_of(element):
            value = options[0]["value"]
            chosen = [value] if element["type"] == "checkboxes" else value
            await chat.workspace.selects(person, source, name, chosen, block_id=block_id)
    if not hasattr(source, "ts") and source.body["type"] == "modal":
        texts = (
            one for one in choices.elements_of(blocks_of(source)) if one[1]["type"] == "plain_text_input"
        )
        written = {block["block_id"]: {element["action_id"]: "Lunch"} for block, element in texts}
        await chat.workspace.submits(person, source.id, written)


def spoilt(chance: random.Random, real: Sequence[Json]) -> Json:
    """One of them by the hand of who may not, or on an old button; and up to eight places changed."""
    kind = chance.choice(sorted({kind_of(body) for body in real}))
    body = deepcopy(chance.choice([body for body in real if kind_of(body) == kind]))
    for _ in range(chance.randrange(9)):
        chance.choice((mistyped, taken_out, foreign, huge, mixed))(chance, body, real)
    if chance.random() < 0.5 or not outdated(chance, body):
        disowned(chance, body)
    return body


def kind_of(body: Json) -> tuple[str, str, str]:
    """A click, a search or a form; on a message or in a view; on what."""
    [element, *_] = body.get("actions") or [{}]
    return body["type"], (body.get("container") or {}).get("type", ""), element.get("type", "")


def disowned(chance: random.Random, body: Json) -> None:
    """Whoever did it may not."""
    if isinstance(body.get("user"), dict):
        body["user"]["id"] = chance.choice(STRANGERS)


def outdated(chance: random.Random, body: Json) -> bool:
    """The button is of another day, or of no card of ours; False where it is something else."""
    actions = body.get("actions")
    found = [one for one in actions if isinstance(one, dict)] if isinstance(actions, list) else []
    for pressed in found:
        held = pressed.get("selected_option")
        holder = held if isinstance(held, dict) else pressed
        parts = str(holder.get("value")).split(":")
        place = 2 if parts[0] == "decision" and len(parts) > 2 and chance.random() < 0.5 else 1
        parts[min(place, len(parts) - 1)] = chance.choice(("0", "9" * 30, "9" * 5000, "gone", "", "-1"))
        holder["value"] = ":".join(parts)
    return bool(found)


def places(part: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a payload, from the outermost in."""
    members = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for name, member in members:
        yield (*path, name)
        yield from places(member, (*path, name))


def at(body: Json, path: Path) -> Any:
    """What holds the last step of a path."""
    part: Any = body
    for step in path[:-1]:
        part = part[step]
    return part


def somewhere(
    chance: random.Random, body: Json, only: frozenset[str] | set[str] = frozenset()
) -> Path | None:
    """A place at random, outer ones as often as inner ones."""
    found = [path for path in places(body) if not only or path[-1] in only]
    if not found:
        return None
    depth = chance.randint(1, max(map(len, found)))
    near = [path for path in found if len(path) <= depth] or found
    return chance.choice(near)


def mistyped(chance: random.Random, body: Json, _: Sequence[Json]) -> None:
    """Something of another kind stands there."""
    if path := somewhere(chance, body):
        at(body, path)[path[-1]] = deepcopy(chance.choice(LEAVES))


def taken_out(chance: random.Random, body: Json, _: Sequence[Json]) -> None:
    """Something is missing."""
    if path := somewhere(chance, body):
        del at(body, path)[path[-1]]


def foreign(chance: random.Random, body: Json, _: Sequence[Json]) -> None:
    """It is of another channel, team or view."""
    if path := somewhere(chance, body, IDS):
        at(body, path)[path[-1]] = chance.choice(FOREIGN)


def huge(chance: random.Random, body: Json, _: Sequence[Json]) -> None:
    """Something is far too long."""
    if path := somewhere(chance, body, {"value", "text", "private_metadata", "action_id"}):
        at(body, path)[path[-1]] = chance.choice(("<@U0MO> & ", "é:", "decision:")) * 5000


def mixed(chance: random.Random, body: Json, others: Sequence[Json]) -> None:
    """A part of it is another payload's."""
    holder = chance.choice(others)
    name = chance.choice([*holder])
    if name in body:
        body[name] = deepcopy(holder[name])
