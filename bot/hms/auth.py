"""The management token: who we are to 100ms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

import jwt
from pydantic import SecretStr

LIFETIME = timedelta(hours=24)
RENEWED_BEFORE_END = timedelta(minutes=5)
CLOCK_SKEW = timedelta(seconds=10)  # the official SDK dates its tokens back by as much


@dataclass(frozen=True)
class ManagementToken:
    """One signed management token and the moment it ends."""

    value: SecretStr
    ends: datetime


class Tokens:
    """Signs a token once and keeps it, so that a call costs no signature."""

    def __init__(self, access_key: str, secret: SecretStr, clock: Callable[[], datetime]) -> None:
        self._access_key = access_key
        self._secret = secret
        self._clock = clock
        self._token: ManagementToken | None = None

    def current(self) -> ManagementToken:
        """Hand out the token to send now, renewed well before it ends."""
        if self._token is None or self._token.ends - RENEWED_BEFORE_END <= self._clock():
            self._token = self._sign()
        return self._token

    def instead_of(self, refused: ManagementToken) -> ManagementToken:
        """Hand out another token than the one 100ms refused; callers refused together share it."""
        if self._token is refused:
            self._token = None
        return self.current()

    def _sign(self) -> ManagementToken:
        """Sign the claims. Source: 100ms docs, introduction/authentication-and-tokens."""
        now = self._clock()
        start, end = now - CLOCK_SKEW, now + LIFETIME
        claims: dict[str, object] = {
            "access_key": self._access_key,
            "type": "management",
            "version": 2,
            "jti": str(uuid4()),
            "iat": int(start.timestamp()),
            "nbf": int(start.timestamp()),
            "exp": int(end.timestamp()),
        }
        signed = jwt.encode(claims, self._secret.get_secret_value(), algorithm="HS256")
        return ManagementToken(SecretStr(signed), end)
