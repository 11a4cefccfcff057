"""The switches of the emulated Slack, over HTTP: ``/_sim/slack``."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Literal, Self

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from sandbox.slack.deliver import SignedHttp
from sandbox.slack.delivery import Ack
from sandbox.slack.page.guard import guarded
from sandbox.slack.people import Person
from sandbox.slack.refusal import Refusal
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.switches import Grid
from sandbox.slack.workspace import Workspace

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Word = Annotated[str, Field(pattern="^[a-z_]+$")]


class Body(BaseModel):
    """What a call brings: nothing else than what is written here."""

    model_config = ConfigDict(extra="forbid")

    @property
    def given(self) -> dict[str, object]:
        """Give what was not left out."""
        return {
            name: getattr(self, name) for name in type(self).model_fields if name in self.model_fields_set
        }


class Turned(Body):
    """Which switches to turn; what is left out stays as it is."""

    rate_limits: bool = False
    paid_plan: bool = False
    connections: Annotated[int, Field(ge=0)] = 0
    clock_off_s: float = 0.0
    grid: Grid = "off"
    grid_team_id: bool = False
    bot_token: Word | None = None
    app_token: Word | None = None
    charts: bool = True
    data_tables: bool = True


class Refused(Body):
    """Which calls fail, and how."""

    method: str
    error: Word | None = None
    channel: str | None = None
    status: Annotated[int, Field(ge=400, le=599)] | None = None
    retry_after: Annotated[int, Field(ge=0)] = 1
    lost: bool = False
    times: Annotated[int, Field(ge=1)] | None = 1

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if self.lost and (self.error or self.status):
            raise ValueError("what is lost is carried out, so it has neither error nor status")
        return self

    @property
    def word(self) -> str:
        """Give the word that it is refused with, none for an answer that is not Slack's own."""
        return self.error or ("" if self.status else "ratelimited")


class Healed(Body):
    """Which faults to take back, all of them where no method is named."""

    method: str | None = None


class Disconnection(Body):
    """Why the connections end."""

    reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested"


class Somebody(Body):
    """An account; what is left out stays as it is, or as it is for a new member."""

    id: Annotated[str, Field(pattern="^[UW][A-Z0-9]+$")]
    name: str = ""
    real_name: str = ""
    tz: str = "UTC"
    team: str = ""
    teams: tuple[str, ...] = ()
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    channels: tuple[str, ...] = ()


class Gathered(Body):
    """Whose group messages are opened."""

    people: Annotated[list[str], Field(min_length=2)]


class Left(Body):
    """Who leaves which channel."""

    person: str
    channel: str


class Archived(Body):
    """Which channel closes, or with ``undo`` opens again."""

    channel: str
    undo: bool = False


class Renumbered(Body):
    """Which channel gets which id."""

    channel: str
    to: Annotated[str, Field(pattern="^[CG][A-Z0-9]+$")]


class Nothing(Body):
    """A call that needs no more to be said."""


class Happened(Body):
    """Any event, as it stands inside of a payload."""

    event: dict[str, object]


class Control:
    """Turn switches from outside, only from this machine and only from its own pages."""

    def __init__(self, workspace: Workspace, socket_mode: SocketMode) -> None:
        self._workspace = workspace
        self._switches = workspace.switches
        self._socket_mode = socket_mode

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        calls = {
            "switches": self._turn,
            "fault": self._fault,
            "heal": self._heal,
            "disconnect": self._disconnect,
            "people": self._people,
            "group": self._group,
            "leave": self._leave,
            "archive": self._archive,
            "renumber": self._renumber,
            "revoke": self._revoke,
            "uninstall": self._uninstall,
            "event": self._event,
            "app_rate_limited": self._limit_events,
            "ssl_check": self._check_ssl,
        }
        return [web.post(f"/_sim/slack/{name}", _checked(handler)) for name, handler in calls.items()]

    async def _turn(self, request: web.Request) -> web.Response:
        turned = Turned.model_validate_json(await request.read())
        for name, value in turned.given.items():
            setattr(self._switches, name, value)
        return web.json_response({name: getattr(self._switches, name) for name in Turned.model_fields})

    async def _fault(self, request: web.Request) -> web.Response:
        each = Refused.model_validate_json(await request.read())
        if each.lost:
            self._switches.lose_next(each.method, channel=each.channel, times=each.times)
            return web.json_response({})
        self._switches.refuse_next(
            each.method,
            each.word,
            channel=each.channel,
            status=each.status,
            retry_after=each.retry_after,
            times=each.times,
        )
        return web.json_response({})

    async def _heal(self, request: web.Request) -> web.Response:
        self._switches.faults.heal(Healed.model_validate_json(await request.read() or b"{}").method)
        return web.json_response({})

    async def _disconnect(self, request: web.Request) -> web.Response:
        disconnection = Disconnection.model_validate_json(await request.read() or b"{}")
        await self._socket_mode.disconnect(disconnection.reason)
        return web.json_response({})

    async def _people(self, request: web.Request) -> web.Response:
        given = Somebody.model_validate_json(await request.read()).given
        channels = given.pop("channels", ())
        before = {person.id: person for person in self._workspace.people()}
        known = before.get(str(given["id"]), _newcomer(str(given["id"])))
        person = self._workspace.arrives(replace(known, **given), *channels)  # type: ignore[arg-type, misc]
        return web.json_response(
            self._workspace.state.organisation.described(person, self._workspace.state.clock())
        )

    async def _group(self, request: web.Request) -> web.Response:
        people = Gathered.model_validate_json(await request.read()).people
        return web.json_response({"id": self._workspace.gathers(*people).id})

    async def _leave(self, request: web.Request) -> web.Response:
        left = Left.model_validate_json(await request.read())
        return _told(await self._workspace.leaves(left.person, left.channel))

    async def _archive(self, request: web.Request) -> web.Response:
        archived = Archived.model_validate_json(await request.read())
        turn = self._workspace.unarchives if archived.undo else self._workspace.archives
        return _told(await turn(archived.channel))

    async def _renumber(self, request: web.Request) -> web.Response:
        renumbered = Renumbered.model_validate_json(await request.read())
        return _told(await self._workspace.renumbers(renumbered.channel, renumbered.to))

    async def _revoke(self, request: web.Request) -> web.Response:
        Nothing.model_validate_json(await request.read() or b"{}")
        return _told(await self._workspace.revokes())

    async def _uninstall(self, request: web.Request) -> web.Response:
        Nothing.model_validate_json(await request.read() or b"{}")
        return _told(await self._workspace.uninstalls())

    async def _event(self, request: web.Request) -> web.Response:
        event = Happened.model_validate_json(await request.read()).event
        return _told(await self._workspace.happens(event))

    async def _limit_events(self, request: web.Request) -> web.Response:
        Nothing.model_validate_json(await request.read() or b"{}")
        return _told(await self._workspace.limits_events())

    async def _check_ssl(self, request: web.Request) -> web.Response:
        Nothing.model_validate_json(await request.read() or b"{}")
        delivery = self._workspace.state.delivery
        if not isinstance(delivery, SignedHttp):
            return web.json_response({"error": "Socket Mode has no address to look at"}, status=400)
        return _told(await delivery.check_ssl())


def _told(ack: Ack) -> web.Response:
    """Answer what came of telling the app: null when it acknowledged, or was not to be told."""
    return web.json_response({"error": ack.error})


def _newcomer(person_id: str) -> Person:
    name = person_id[2:].lower()
    return Person(person_id, name, name.capitalize())


def _checked(handler: Handler) -> Handler:
    """Answer 400 to a body that asks for something else than there is."""

    async def check(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=False)
            return web.json_response({"error": faults}, status=400)
        except Refusal as refusal:
            return web.json_response(refusal.answer(), status=400)

    return guarded(check)
