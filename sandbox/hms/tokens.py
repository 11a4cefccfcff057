"""Tokens: those of servers and of apps, judged in the order the reference recommends."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError

Claims = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Account:
    """The one app this world belongs to."""

    access_key: str
    secret: str = field(repr=False)

    def sign(self, claims: Claims) -> str:
        """Write a token as the platform does."""
        head = _part({"alg": "HS256", "typ": "JWT"})
        signed = f"{head}.{_part(claims)}"
        return f"{signed}.{_encoded(self._signature(signed))}"

    def check(self, authorization: str, now: datetime, kind: str = "management") -> Claims:
        """Refuse anything but a token of this kind and app that is valid now, by the machine's time.

        Returns what it claims; raises 401 with the low-level reason in ``details``. Source: reference §2.1.
        """
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise ApiError(401, choices.NO_TOKEN)
        header, claims, signature = _read(token)
        refusal = (
            self._forged(token, header, claims, signature)
            or _out_of_time(claims, now.timestamp())
            or _for_something_else(claims, kind)
        )
        if refusal:
            raise _invalid(refusal)
        return claims

    def _forged(self, token: str, header: Claims, claims: Claims, signature: bytes) -> str | None:
        if header.get("alg") != "HS256":
            return choices.WRONG_SIGNATURE
        if claims.get("access_key") != self.access_key:
            return "not found"
        ours = self._signature(token.rpartition(".")[0])
        return None if hmac.compare_digest(ours, signature) else choices.WRONG_SIGNATURE

    def _signature(self, signed: str) -> bytes:
        return hmac.new(self.secret.encode(), signed.encode(), hashlib.sha256).digest()


def _invalid(reason: str) -> ApiError:
    return ApiError(401, "Token validation error", reason)


def _read(token: str) -> tuple[Claims, Claims, bytes]:
    try:
        header, claims, signature = (
            base64.b64decode(part + "=" * (-len(part) % 4), b"-_", validate=True) for part in token.split(".")
        )
        read = json.loads(header), json.loads(claims)
    except ValueError as error:
        raise _invalid(choices.MALFORMED) from error
    if not all(isinstance(part, dict) for part in read):
        raise _invalid(choices.MALFORMED)
    return *read, signature


def _out_of_time(claims: Claims, now: float) -> str | None:
    starts, ends = claims.get("nbf", 0), claims.get("exp", 0)
    if not all(isinstance(moment, int | float) for moment in (starts, ends)):
        return choices.MALFORMED
    if starts > now + choices.CLOCK_SKEW.total_seconds():
        return "token is not valid yet"
    return None if ends > now else "token is expired"


def _part(claims: Claims) -> str:
    return _encoded(json.dumps(claims, separators=(",", ":")).encode())


def _encoded(part: bytes) -> str:
    return base64.urlsafe_b64encode(part).rstrip(b"=").decode()


def _for_something_else(claims: Claims, kind: str) -> str | None:
    if claims.get("type") != kind:
        return "invalid token type"
    return None if claims.get("version") == 2 else choices.WRONG_VERSION
