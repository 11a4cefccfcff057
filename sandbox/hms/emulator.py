"""The emulated 100ms: a callable from a request to a response."""

from dataclasses import dataclass, replace
from http import HTTPStatus

import httpx

from sandbox.hms.api_error import ApiError
from sandbox.hms.operation import Host, Token, declared_in, parsed
from sandbox.hms.query import Query
from sandbox.hms.router import Match, Router, target
from sandbox.hms.routes import (
    active_rooms,
    analytics,
    external_streams,
    legacy_v1,
    live_streams,
    poll_answers,
    polls,
    recording_assets,
    recordings,
    room_codes,
    rooms,
    sessions,
    sip,
    stream_keys,
    template_parts,
    templates,
    webhook_history,
)
from sandbox.hms.routes.aliases import ALIASES
from sandbox.hms.state.record import Fault, RecordedCall
from sandbox.hms.state.world import World
from sandbox.hms.tokens import Account, Claims
from sandbox.hms.wire import Json

OPERATIONS = declared_in(
    rooms,
    room_codes,
    stream_keys,
    sessions,
    active_rooms,
    recordings,
    recording_assets,
    live_streams,
    external_streams,
    analytics,
    webhook_history,
    polls,
    poll_answers,
    templates,
    template_parts,
    legacy_v1,
    sip,
)
# What stands in front of a route's path; V1 has an address of its own, here it may also have a folder.
BASES = {"/v2": {Host.API, Host.AUTH}, "/legacy": {Host.LEGACY}, "": {Host.LEGACY}}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """An answer, and what befalls it on its way."""

    response: httpx.Response
    delay_s: float = 0
    drop: bool = False


class Emulator:
    """Answers as the platform does: token, route, body, deed; every call is recorded in the world.

    With ``aliases`` the paths that one of the seeds invented answer too. Mounted with ``httpx.MockTransport``
    a delay is only recorded; the server in front of it waits for real.
    """

    def __init__(self, world: World, *, access_key: str, secret: str, aliases: bool = False) -> None:
        self.world = world
        self._account = Account(access_key=access_key, secret=secret)
        operations = OPERATIONS + (ALIASES if aliases else ())
        self._routers = {
            base: Router(tuple(each for each in operations if each.host in hosts))
            for base, hosts in BASES.items()
        }

    def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request at once; a dropped answer is a broken connection."""
        outcome = self.outcome(request)
        if outcome.drop:
            raise httpx.ReadError("the connection was dropped", request=request)
        return outcome.response

    def outcome(self, request: httpx.Request) -> Outcome:
        """Answer one request and tell what befalls the answer, for a server that can wait and hang up."""
        self.world.tick()
        path, query = target(request)
        match = self._match(request.method, path)
        fault = self.world.take_fault(request.method, path) or Fault(path=path)
        if fault.replaces:
            response = _broken(fault)
        else:
            response = self._serve(request, match, query)
            response.headers.update(fault.headers or {})
        self._record(request, match, response, fault)
        return Outcome(response=response, delay_s=fault.delay_s, drop=fault.drop)

    def _match(self, method: str, path: str) -> Match | ApiError:
        base = next((base for base in BASES if path.startswith(f"{base}/")), "")
        try:
            return self._routers[base].find(method, path.removeprefix(base))
        except ApiError as error:  # kept, because a fault may answer in its place
            return error

    def _serve(self, request: httpx.Request, match: Match | ApiError, query: str) -> httpx.Response:
        try:
            if isinstance(match, ApiError):
                return self._file(request, match)
            claims = self._claims(request, match.token)
            operation, call = match.read(query, request.content)
            answer = operation.does(self.world, replace(call, account=self._account, claims=claims))
        except ApiError as error:
            return httpx.Response(error.status, json=error.envelope())
        if operation.status == HTTPStatus.NO_CONTENT:
            return httpx.Response(operation.status)
        written = self.world.settings.page(answer) if isinstance(answer, dict) else answer
        return httpx.Response(operation.status, json=written)

    def _file(self, request: httpx.Request, unknown: ApiError) -> httpx.Response:
        """What a link opens, for whoever has it; a token there would be one given away."""
        path, query = target(request)
        signature, now = Query(query).get("signature"), self.world.now()
        for asset in self.world.assets if request.method == "GET" else ():
            if asset.opens(path, signature, now) and "authorization" not in request.headers:
                return httpx.Response(HTTPStatus.OK, content=asset.content)
        raise unknown

    def _claims(self, request: httpx.Request, token: Token) -> Claims:
        if token is Token.NONE:
            return {}
        authorization = request.headers.get("authorization", "")
        return self._account.check(authorization, self.world.engine.machine(), token)

    def _record(
        self, request: httpx.Request, match: Match | ApiError, response: httpx.Response, fault: Fault
    ) -> None:
        path, query = target(request)
        self.world.calls.append(
            RecordedCall(
                operation="" if isinstance(match, ApiError) else match.name(request.content),
                method=request.method,
                path=path,
                query=query,
                body=_readable(request.content),
                status=response.status_code,
                at=self.world.now(),
                delay_s=fault.delay_s,
                dropped=fault.drop,
            )
        )
        self.world.engine.changed()


def _broken(fault: Fault) -> httpx.Response:
    status = fault.status or HTTPStatus.OK
    if isinstance(fault.body, str):
        return httpx.Response(status, text=fault.body, headers=dict(fault.headers or {}))
    phrase = httpx.codes.get_reason_phrase(status) or "no reason given"  # gateways have statuses of their own
    body = fault.body or ApiError(status, phrase).envelope()
    return httpx.Response(status, json=body, headers=dict(fault.headers or {}))


def _readable(content: bytes) -> Json:
    try:
        return parsed(content) if content else None
    except ApiError:  # what is not JSON is kept as the text it is
        return content.decode(errors="replace")
