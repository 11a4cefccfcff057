"""The switches of the emulated Slack, over HTTP: ``/_sim/slack``."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Literal

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from sandbox.slack.page.guard import guarded
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.workspace import Workspace

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Turned(BaseModel):
    """Which switches to turn; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")
    rate_limits: bool | None = None
    paid_plan: bool | None = None


class Fault(BaseModel):
    """Which calls are refused with 429."""

    model_config = ConfigDict(extra="forbid")
    method: str
    retry_after: Annotated[int, Field(ge=0)] = 1
    times: Annotated[int, Field(ge=1)] = 1


class Disconnection(BaseModel):
    """Why the connections end."""

    model_config = ConfigDict(extra="forbid")
    reason: Literal["warning", "refresh_requested", "link_disabled"] = "refresh_requested"


class Control:
    """Turn switches from outside, only from this machine and only from its own pages."""

    def __init__(self, workspace: Workspace, socket_mode: SocketMode) -> None:
        self._switches = workspace.state.switches
        self._socket_mode = socket_mode

    def routes(self) -> list[web.RouteDef]:
        """List the routes."""
        return [
            web.post("/_sim/slack/switches", _checked(self._turn)),
            web.post("/_sim/slack/fault", _checked(self._fault)),
            web.post("/_sim/slack/disconnect", _checked(self._disconnect)),
        ]

    async def _turn(self, request: web.Request) -> web.Response:
        turned = Turned.model_validate_json(await request.read())
        if turned.rate_limits is not None:
            self._switches.rate_limits = turned.rate_limits
        if turned.paid_plan is not None:
            self._switches.paid_plan = turned.paid_plan
        return web.json_response(
            {"rate_limits": self._switches.rate_limits, "paid_plan": self._switches.paid_plan}
        )

    async def _fault(self, request: web.Request) -> web.Response:
        fault = Fault.model_validate_json(await request.read())
        self._switches.refuse_next(fault.method, retry_after=fault.retry_after, times=fault.times)
        return web.json_response({})

    async def _disconnect(self, request: web.Request) -> web.Response:
        disconnection = Disconnection.model_validate_json(await request.read() or b"{}")
        await self._socket_mode.disconnect(disconnection.reason)
        return web.json_response({})


def _checked(handler: Handler) -> Handler:
    """Answer 400 to a body that asks for something else than there is."""

    async def check(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except ValidationError as error:
            return web.json_response(
                {"error": error.errors(include_url=False, include_context=False)}, status=400
            )

    return guarded(check)
