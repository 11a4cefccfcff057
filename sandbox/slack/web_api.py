"""The Web API: who may call what, and the answer."""

import hmac
import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox.slack.arguments import Arguments
from sandbox.slack.faults import RESPONSE_URL, UPLOAD_URL, Fault
from sandbox.slack.installation import APP_SCOPES
from sandbox.slack.methods import METHODS, Method, method
from sandbox.slack.refusal import Refusal
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.state import State

Json = Mapping[str, Any]
# What is over for a response_url; whatever else one refuses is the body's fault.
NO_UPLOAD = {"unknown_upload": 404, "upload_over": 410}
OVER = {"used_url": 404, "expired_url": 404, "invalid_url": 404, "channel_is_archived": 410}


class WebApi:
    """Answer calls of ``/api/<method>``."""

    def __init__(self, state: State, socket_mode: SocketMode) -> None:
        self._state = state
        connect = method(
            lambda _, __: {"url": socket_mode.open()}, tier=1, scope="connections:write", caller="app"
        )
        self._methods = {**METHODS, "apps.connections.open": connect}

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one HTTP request; refusals are 200 too, as on Slack, but for rate limits."""
        name = request.match_info["method"]
        try:
            given = await _given(request)
            fault = self._state.switches.faults.take(name, self._places(given))
            if fault is not None and not fault.lost:
                return failed(fault)
            retry_after = self._retry_after(name, given)
            if retry_after is not None:
                return failed(Fault(name, "ratelimited", status=429, retry_after=retry_after))
            body = {"ok": True, **self.call(name, _token(request, given), Arguments(given))}
        except Refusal as refusal:
            body = refusal.answer()
            self._state.refused.append(f"{name}: {refusal}")
        else:
            if fault is not None:
                lose(request)
        return web.json_response(body, headers={"X-OAuth-Scopes": ",".join(sorted(self._scopes("bot")))})

    async def respond(self, request: web.Request) -> web.Response:
        """Answer what is posted to a ``response_url``."""
        fault = self._state.switches.faults.take(RESPONSE_URL, ())
        if fault is not None and not fault.lost:
            return failed(fault)
        try:
            self._state.app.responds(request.match_info["token"], await _body(request))
        except Refusal as refusal:
            self._state.refused.append(f"{RESPONSE_URL}: {refusal}")
            return web.json_response(refusal.answer(), status=OVER.get(refusal.code, 400))
        if fault is not None:
            lose(request)
        return web.Response(text="ok")

    async def receive(self, request: web.Request) -> web.Response:
        """Take the bytes of a file; what is not 200 is a no."""
        fault = self._state.switches.faults.take(UPLOAD_URL, ())
        if fault is not None and not fault.lost:
            return failed(fault)
        try:
            file = self._state.uploads.receive(request.match_info["file"], await _sent(request))
        except Refusal as refusal:
            self._state.refused.append(f"{UPLOAD_URL}: {refusal}")
            return web.Response(text=refusal.code, status=NO_UPLOAD.get(refusal.code, 400))
        if fault is not None:
            lose(request)
        return web.Response(text=f"OK - {file.length}")

    def call(self, name: str, token: str, arguments: Arguments) -> Json:
        """Do what a method does, once the token, its scopes and the arguments were looked at."""
        called = self._methods.get(name)
        if called is None:
            raise Refusal("unknown_method", req_method=name, detail="not emulated")
        self._authorise(called, token)
        arguments.only(called.takes)
        return called.run(self._state, arguments)

    def _authorise(self, called: Method, token: str) -> None:
        app = self._state.installation
        if not token:
            raise Refusal("not_authed")
        kinds = {"bot": app.bot_token, "app": app.app_token}
        owner = [kind for kind, known in kinds.items() if hmac.compare_digest(known.encode(), token.encode())]
        if not owner:
            raise Refusal("invalid_auth")
        if owner != [called.caller]:
            raise Refusal("not_allowed_token_type")
        switches = self._state.switches
        wrong = switches.app_token if called.caller == "app" else switches.bot_token
        if wrong is not None:
            raise Refusal(wrong)
        provided = self._scopes(called.caller)
        if called.scopes and not called.scopes & provided:
            raise Refusal(
                "missing_scope", needed=",".join(sorted(called.scopes)), provided=",".join(sorted(provided))
            )

    def _places(self, given: Json) -> set[str]:
        """List the channels that a call is about: who is posted to is also the channel of their messages."""
        channel = str(given.get("channel", ""))
        bot = self._state.installation.bot_user
        direct = [place.id for place in self._state.directory.channels_of(bot) if place.is_im]
        return {
            channel,
            *(place for place in direct if channel in self._state.directory.channel(place).members),
        }

    def _retry_after(self, name: str, given: Json) -> int | None:
        called = self._methods.get(name)
        if called is None or not self._state.switches.rate_limits:
            return None
        return self._state.limits.retry_after(name, called.tier, str(given.get("channel", "")))

    def _scopes(self, caller: str) -> frozenset[str]:
        return APP_SCOPES if caller == "app" else self._state.installation.scopes


async def _given(request: web.Request) -> Json:
    """Read the arguments wherever they are: the query, a form, a JSON body."""
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError as error:
            raise Refusal("invalid_json") from error
        if not isinstance(body, dict):
            raise Refusal("json_not_object")
        return {**request.query, **body}
    return {**request.query, **await request.post()}


async def _sent(request: web.Request) -> bytes:
    """Read a file as it is, or out of a form."""
    if request.content_type != "multipart/form-data":
        return await request.read()
    parts = [each for each in (await request.post()).values() if isinstance(each, web.FileField)]
    return parts[0].file.read() if parts else b""


def _token(request: web.Request, given: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme == "Bearer" else str(given.get("token", ""))


def failed(fault: Fault) -> web.Response:
    """Answer as Slack does when it fails: a word of its own, or a page of whatever stands before it."""
    headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    if not fault.error:
        page = f"<html><title>{fault.status}</title></html>"
        return web.Response(text=page, content_type="text/html", status=fault.status, headers=headers)
    return web.json_response({"ok": False, "error": fault.error}, status=fault.status, headers=headers)


def lose(request: web.Request) -> None:
    """Cut the line, so that what was done is not answered."""
    if request.transport is not None:
        request.transport.abort()


async def _body(request: web.Request) -> Json:
    try:
        body = json.loads(await request.text())
    except ValueError as error:
        raise Refusal("invalid_payload") from error
    if not isinstance(body, dict):
        raise Refusal("invalid_payload")
    return body
