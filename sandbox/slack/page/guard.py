"""Who may ask: only a browser on this machine, from the page itself; and what the browser may do with it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
POLICY: Mapping[str, str] = MappingProxyType(
    {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
)
HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "; ".join(f"{what} {where}" for what, where in POLICY.items()),
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
)


def guarded(handler: Handler) -> Handler:
    """Wrap a route: another Host (a rebound name) or Origin (another site) gets 403, all else the headers."""

    async def checked(request: web.Request) -> web.StreamResponse:
        if not _from_here(request):
            return web.Response(status=403, text="Only for this machine.\n", headers=HEADERS)
        response = await handler(request)
        if not response.prepared:
            response.headers.update(HEADERS)
        return response

    return checked


def _from_here(request: web.Request) -> bool:
    host = urlsplit(f"//{request.headers.get('Host', '')}")
    origin = request.headers.get("Origin")
    if host.hostname not in LOOPBACK:
        return False
    return origin is None or urlsplit(origin).netloc == host.netloc
