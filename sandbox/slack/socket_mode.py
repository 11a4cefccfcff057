"""Socket Mode: payloads over web sockets that the app opens."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from aiohttp import WSMsgType, web

from sandbox.slack.delivery import ACK_SECONDS, Ack, Payload
from sandbox.slack.retries import DELAYS, Retries
from sandbox.slack.state import State

CONNECTION_SECONDS = 18_060
REASONS = Literal["warning", "refresh_requested", "link_disabled"]
ANSWERABLE = frozenset({"slash_commands", "interactive"})


class SocketMode:
    """Keep the app's connections, and send each payload over one of them."""

    def __init__(
        self, state: State, *, ack_seconds: float = ACK_SECONDS, delays: Sequence[float] = DELAYS
    ) -> None:
        self._state = state
        self._ack_seconds = ack_seconds
        self._retries = Retries(delays)
        self._tickets: set[str] = set()
        self._issued = 0
        self._sent = 0
        self._sockets: list[web.WebSocketResponse] = []
        self._changed = asyncio.Condition()
        self._waiting: dict[str, tuple[web.WebSocketResponse, asyncio.Future[Ack]]] = {}

    async def connected(self, count: int = 1) -> None:
        """Wait until that many connections are open at once."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self._sockets) >= count)

    async def disconnected(self) -> None:
        """Wait until no connection is open."""
        async with self._changed:
            await self._changed.wait_for(lambda: not self._sockets)

    def open(self) -> str:
        """Make an address that connects once."""
        self._issued += 1
        ticket = f"{self._issued}"
        self._tickets.add(ticket)
        return f"{self._state.address.replace('http', 'ws', 1)}/socket?ticket={ticket}"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until either side closes it."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            raise web.HTTPUnauthorized(text="this address has been used, or never was one")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if len(self._sockets) >= self._state.switches.connections:
            return await self._turn_away(socket)
        self._sockets.append(socket)
        try:
            await socket.send_json(self._hello())
            async with self._changed:
                self._changed.notify_all()
            await self._read(socket)
        finally:
            self._forget(socket)
            async with self._changed:
                self._changed.notify_all()
        return socket

    async def deliver(self, payload: Payload) -> Ack:
        """Send a payload over one connection and wait for its acknowledgement."""

        async def attempt(number: int, reason: str) -> Ack:
            return await self._attempt(payload, number, reason)

        return await self._retries.deliver(payload, attempt)

    async def disconnect(self, reason: REASONS) -> None:
        """Announce to every connection that it ends; all but a mere warning also end it."""
        for socket in tuple(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": self._debug_info()})
            if reason != "warning":
                self._forget(socket)
                await socket.close()

    async def close(self) -> None:
        """End every connection and every repeat."""
        await self._retries.close()
        for socket in tuple(self._sockets):
            await socket.close()

    async def _turn_away(self, socket: web.WebSocketResponse) -> web.WebSocketResponse:
        """Tell a connection too many why it ends, instead of hello; its address was given all the same."""
        await socket.send_json(
            {"type": "disconnect", "reason": "too_many_websockets", "debug_info": {"host": "sandbox"}}
        )
        await socket.close()
        return socket

    async def _attempt(self, payload: Payload, number: int, reason: str) -> Ack:
        if not self._sockets:
            return Ack(error="dispatch_failed")
        self._sockets.append(socket := self._sockets.pop(0))
        self._sent += 1
        envelope_id = f"envelope-{self._sent}"
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = (socket, answer)
        try:
            async with asyncio.timeout(self._ack_seconds):
                await socket.send_json(_envelope(payload, envelope_id, number, reason))
                return await answer
        except (TimeoutError, ConnectionError):
            return Ack(error="operation_timeout")
        finally:
            del self._waiting[envelope_id]

    async def _read(self, socket: web.WebSocketResponse) -> None:
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._acknowledge(json.loads(message.data))

    def _acknowledge(self, envelope: Mapping[str, Any]) -> None:
        waiting = self._waiting.get(envelope.get("envelope_id", ""))
        if waiting is not None and not waiting[1].done():
            waiting[1].set_result(Ack(body=envelope.get("payload") or {}))

    def _forget(self, socket: web.WebSocketResponse) -> None:
        """Count what this connection has not acknowledged as lost, so that events go out again at once."""
        self._sockets = [open_socket for open_socket in self._sockets if open_socket is not socket]
        for used, answer in self._waiting.values():
            if used is socket and not answer.done():
                answer.set_result(Ack(error="operation_timeout"))

    def _hello(self) -> dict[str, object]:
        return {
            "type": "hello",
            "num_connections": len(self._sockets),
            "connection_info": {"app_id": self._state.installation.app_id},
            "debug_info": self._debug_info(),
        }

    def _debug_info(self) -> dict[str, object]:
        return {"host": "sandbox", "approximate_connection_time": CONNECTION_SECONDS}


def _envelope(payload: Payload, envelope_id: str, number: int, reason: str) -> dict[str, object]:
    envelope: dict[str, object] = {
        "envelope_id": envelope_id,
        "type": payload.kind,
        "payload": payload.body,
        "accepts_response_payload": payload.kind in ANSWERABLE,
    }
    if payload.kind == "events_api":
        envelope |= {"retry_attempt": number, "retry_reason": reason}
    return envelope
