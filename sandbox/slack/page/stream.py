"""Keeping a tab in step: a stream of the parts that changed."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from aiohttp import web

from sandbox.slack.page.fragments import Scene, fragments
from sandbox.slack.page.guard import HEADERS
from sandbox.slack.page.seat import sit

HEARTBEAT_SECONDS = 15.0


async def stream(scene: Scene, request: web.Request) -> web.StreamResponse:
    """Send every part once, and again whenever it looks different; ends when the browser goes."""
    response = web.StreamResponse(headers={**HEADERS, "Content-Type": "text/event-stream"})
    await response.prepare(request)
    queues = _subscribed(scene)
    try:
        await _follow(scene, request, response, queues)
    except ConnectionResetError:  # the tab was closed
        pass
    finally:
        scene.workspace.unsubscribe(queues[0])
        if scene.rooms:
            scene.rooms.unsubscribe(queues[1])
    return response


def _subscribed(scene: Scene) -> list[asyncio.Queue[Any]]:
    heard: list[asyncio.Queue[Any]] = [scene.workspace.subscribe()]
    return [*heard, scene.rooms.subscribe()] if scene.rooms else heard


async def _follow(
    scene: Scene, request: web.Request, response: web.StreamResponse, queues: Sequence[asyncio.Queue[Any]]
) -> None:
    sent: dict[str, str] = {}
    while True:
        drawn = fragments(scene, sit(scene.workspace, request.query))
        for name, fragment in drawn.items():
            if sent.get(name) != fragment:
                await response.write(f"event: {name}\ndata: {json.dumps(fragment)}\n\n".encode())
                sent[name] = fragment
        while not await _woken(queues):
            await response.write(b": still here\n\n")


async def _woken(queues: Sequence[asyncio.Queue[Any]]) -> bool:
    """Wait for news, and take all of it; False when there was none for a while."""
    waiting = [asyncio.ensure_future(queue.get()) for queue in queues]
    try:
        done, _ = await asyncio.wait(waiting, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for each in waiting:
            each.cancel()
    for queue in queues:
        while not queue.empty():
            queue.get_nowait()
    return bool(done)
