"""The parts of the page that change by themselves, each drawn as one person sees it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from sandbox.slack.conversations import Channel
from sandbox.slack.messages import Message
from sandbox.slack.page.deciding import asked_about, decider
from sandbox.slack.page.drawing import draw
from sandbox.slack.page.live import Rooms, with_hand
from sandbox.slack.page.reader import Reader
from sandbox.slack.page.seat import Seat, reader_of
from sandbox.slack.workspace import Workspace

Thread = tuple[Message, list[Message]]


@dataclass(frozen=True)
class Scene:
    """Everything the page shows: the workspace, the rooms where there are any, what to try first."""

    workspace: Workspace
    rooms: Rooms | None = None
    words: Sequence[tuple[str, str]] = ()
    tries: Sequence[str] = ()

    @property
    def command(self) -> str:
        """The slash command that calls the app."""
        return self.workspace.installation.command

    @property
    def offers(self) -> list[tuple[str, str]]:
        """What to try first, each line with what it is for where the words tell."""
        return [(line, self._help(line.removeprefix(f"{self.command} "))) for line in self.tries]

    def _help(self, said: str) -> str:
        return next((text for usage, text in self.words if f"{said} ".startswith(f"{_verb(usage)} ")), "")


def _verb(usage: str) -> str:
    """Keep of a usage what comes before its first argument: ``room lock`` of ``room lock <room>``."""
    return re.split(r" \W", usage, maxsplit=1)[0]


def fragments(scene: Scene, seat: Seat) -> dict[str, Markup]:
    """Draw every part by the id of the element it fills."""
    reader = reader_of(scene.workspace, seat)
    drawn = {"places": _places(scene, seat, reader), "views": _views(scene, seat, reader)}
    drawn |= {"log": _log(scene, seat, reader)} if seat.channel else {"home": _home(scene, seat, reader)}
    return drawn | ({"rooms": _rooms(scene, scene.rooms, reader)} if scene.rooms else {})


def threads(messages: Sequence[Message]) -> list[Thread]:
    """Put replies under what they answer; a reply to what is gone stands by itself."""
    replies: dict[str, list[Message]] = {}
    for message in messages:
        if not any(message.thread_ts == parent for parent in (None, message.ts)):
            replies.setdefault(message.thread_ts or "", []).append(message)
    known = {message.ts for message in messages}
    beginnings = (
        each for each in messages if each.thread_ts in {None, each.ts} or each.thread_ts not in known
    )
    return [(message, replies.get(message.ts, [])) for message in beginnings]


def _places(scene: Scene, seat: Seat, reader: Reader) -> Markup:
    """Draw the sidebar; each place says when something was said there last, so that it can be marked."""
    places = [(channel, _last(scene, seat, channel)) for channel in scene.workspace.channels(seat.person.id)]
    direct = {seat.other(place[0]): place for place in places if place[0].is_im}
    _, app_last = direct.pop(seat.app)
    channels = [place for place in places if not place[0].is_im]
    return draw(
        "places.html", reader, seat=seat, channels=channels, people=direct.values(), app_last=app_last
    )


def _last(scene: Scene, seat: Seat, channel: Channel) -> str:
    return max((message.ts for message in scene.workspace.sees(seat.person.id, channel.id)), default="")


def _log(scene: Scene, seat: Seat, reader: Reader) -> Markup:
    channel = seat.channel.id if seat.channel else ""
    said = threads(scene.workspace.sees(seat.person.id, channel))
    return draw(
        "log.html",
        reader,
        seat=seat,
        threads=said,
        command=scene.command,
        tries=scene.offers,
        decider=partial(decider, seat=seat),
    )


def _home(scene: Scene, seat: Seat, reader: Reader) -> Markup:
    return draw("home.html", reader, view=scene.workspace.home(seat.person.id))


def _views(scene: Scene, seat: Seat, reader: Reader) -> Markup:
    """Draw the form on top of the stack; those under it wait."""
    stack = scene.workspace.views_of(seat.person.id)
    return draw("views.html", reader, view=stack[-1] if stack else None)


def _rooms(scene: Scene, rooms: Rooms, reader: Reader) -> Markup:
    ordered = sorted(rooms.rooms.values(), key=lambda room: (room.session is None, room.name))
    waits = asked_about(scene.workspace.state.messages.for_everybody())
    return draw(
        "rooms.html", reader, rooms=ordered, linked=rooms.polls.linked, with_hand=with_hand, waits=waits
    )
