"""The small server in front of the emulated 100ms."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

import httpx
from aiohttp import web

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.control import deeds, inspection, webhook
from sandbox.hms.courier import Courier
from sandbox.hms.emulator import Emulator
from sandbox.hms.operation import declared_in
from sandbox.hms.router import Router
from sandbox.hms.state.world import World

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def application(emulator: Emulator) -> web.Application:
    """Serve the emulated 100ms alone: REST at ``/v2``, V1 at ``/legacy``, control at ``/_sim``."""
    app = web.Application()
    install(app, emulator)
    return app


def install(app: web.Application, emulator: Emulator) -> None:
    """Add the emulated 100ms to a server that also serves other things."""
    rest, sim = _rest(emulator), _control(emulator.world)
    app.router.add_route("*", "/v2{tail:(/.*)?}", rest)
    app.router.add_route("*", "/legacy{tail:(/.*)?}", rest)
    app.router.add_route("*", "/_sim{tail:(/.*)?}", sim)
    app.router.add_route("*", "/api/v2/rooms", rest)  # V1, as a proxy receives it
    app.router.add_route("GET", f"/{choices.CUSTOMER_ID}/{{tail:.*}}", rest)  # what links to files lead to
    app.cleanup_ctx.append(lambda _: _beside(_tick, emulator.world))
    app.cleanup_ctx.append(lambda _: _beside(_deliver, emulator.world))


def _rest(emulator: Emulator) -> Handler:
    async def answer(request: web.Request) -> web.StreamResponse:
        outcome = emulator.outcome(await _as_sent(request))
        await asyncio.sleep(outcome.delay_s)
        if outcome.drop and request.transport:
            request.transport.abort()
        response = outcome.response
        headers = {name: value for name, value in response.headers.items() if name != "content-length"}
        return web.Response(status=response.status_code, body=response.content, headers=headers)

    return answer


async def _as_sent(request: web.Request) -> httpx.Request:
    # A URL would lose dot segments; httpx has this extension for a request line that must stay as it is.
    target = {"target": request.rel_url.raw_path_qs.encode()}
    headers = [*request.headers.items()]
    content = await request.read()
    return httpx.Request(
        request.method, "http://emulator", headers=headers, content=content, extensions=target
    )


def _control(world: World) -> Handler:
    router = Router(declared_in(deeds, inspection, webhook))

    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            _check_origin(request)
            world.tick()
            path = request.rel_url.raw_path.removeprefix("/_sim")
            match = router.find(request.method, path)
            operation, call = match.read(request.rel_url.raw_query_string, await request.read())
            return web.json_response(operation.does(world, call))
        except ApiError as error:
            return web.json_response(error.envelope(), status=error.status)

    return answer


def _check_origin(request: web.Request) -> None:
    """Refuse what a page from elsewhere sends: its host is not this machine or its origin is not ours."""
    origin = request.headers.get("Origin")
    if urlsplit(f"//{request.host}").hostname not in _LOOPBACK or origin not in {
        None,
        f"http://{request.host}",
    }:
        raise ApiError(403, "only pages of this server on this machine may control it")


@asynccontextmanager
async def _beside(work: Callable[[World], Coroutine[None, None, None]], world: World) -> AsyncIterator[None]:
    """Do something for as long as the server serves."""
    task = asyncio.create_task(work(world))
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _deliver(world: World) -> None:
    # What is emulated is on this machine; a proxy of the environment has no business with it.
    async with httpx.AsyncClient(trust_env=False) as client:
        await Courier(world, client).keep_delivering()


async def _tick(world: World) -> None:
    """Catch up whenever something is due, so that who only watches sees it happen."""
    news = world.subscribe()
    while True:
        world.tick()
        due = world.engine.next_due()
        wait = max(due - world.now(), timedelta()).total_seconds() if due else None
        with suppress(TimeoutError):
            async with asyncio.timeout(wait):  # unlike wait_for, it never swallows the end of the server
                await news.get()
