"""The Web API: who may call what, and the answer."""

import hmac
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from sandbox.slack.arguments import Arguments
from sandbox.slack.installation import APP_SCOPES
from sandbox.slack.methods import METHODS, Method, method
from sandbox.slack.refusal import Refusal
from sandbox.slack.socket_mode import SocketMode
from sandbox.slack.state import State

Json = Mapping[str, Any]


class WebApi:
    """Answer calls of ``/api/<method>``."""

    def __init__(self, state: State, socket_mode: SocketMode) -> None:
        self._state = state
        connect = method(lambda _, __: {"url": socket_mode.open()}, scope="connections:write", caller="app")
        self._methods = {**METHODS, "apps.connections.open": connect}

    async def handle(self, request: web.Request) -> web.Response:
        """Answer one HTTP request; refusals are 200 too, as on Slack, but for rate limits."""
        name = request.match_info["method"]
        try:
            given = await _given(request)
            retry_after = self._state.switches.retry_after(name, str(given.get("channel", "")))
            if retry_after is not None:
                return _limited(retry_after)
            body = {"ok": True, **self.call(name, _token(request, given), Arguments(given))}
        except Refusal as refusal:
            body = refusal.answer()
        return web.json_response(body, headers={"X-OAuth-Scopes": ",".join(sorted(self._scopes("bot")))})

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
        provided = self._scopes(called.caller)
        if called.scopes and not called.scopes & provided:
            raise Refusal(
                "missing_scope", needed=",".join(sorted(called.scopes)), provided=",".join(sorted(provided))
            )

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


def _token(request: web.Request, given: Json) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme == "Bearer" else str(given.get("token", ""))


def _limited(retry_after: int) -> web.Response:
    body = {"ok": False, "error": "ratelimited"}
    return web.json_response(body, status=429, headers={"Retry-After": str(retry_after)})
