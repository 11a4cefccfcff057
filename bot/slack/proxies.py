"""The proxy of the environment, if a call has to go through one: ``slack_sdk`` does not read ``NO_PROXY``."""

from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def proxy_for(url: str) -> str | None:
    """The proxy to use for an address; None for a direct way. Web sockets go as ``https`` does."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host in LOOPBACK or proxy_bypass(host):
        return None
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return getproxies().get(scheme)
