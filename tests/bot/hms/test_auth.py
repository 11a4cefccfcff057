from datetime import timedelta
from uuid import UUID

import jwt
from pydantic import SecretStr

from bot.hms.auth import ManagementToken, Tokens

SECRET = "another secret of the tests, also long enough"


def claims(token: ManagementToken) -> dict[str, object]:
    unjudged = {"verify_exp": False, "verify_nbf": False, "verify_iat": False}
    return jwt.decode(token.value.get_secret_value(), SECRET, algorithms=["HS256"], options=unjudged)


def test_a_token_says_what_the_reference_asks_for(clock) -> None:
    said = claims(Tokens("key", SecretStr(SECRET), clock).current())

    now = int(clock.now.timestamp())
    assert UUID(str(said.pop("jti"))).version == 4
    assert said == {
        "access_key": "key",
        "type": "management",
        "version": 2,
        "iat": now - 10,
        "nbf": now - 10,
        "exp": now + 24 * 3600,
    }


def test_a_token_is_signed_once_and_renewed_before_it_ends(clock) -> None:
    tokens = Tokens("key", SecretStr(SECRET), clock)
    first = tokens.current()

    clock.now += timedelta(hours=23, minutes=54)
    assert tokens.current() is first

    clock.now += timedelta(minutes=1)
    second = tokens.current()
    assert second is not first
    assert claims(second)["jti"] != claims(first)["jti"]
    assert clock.now < first.ends


def test_callers_refused_with_the_same_token_share_the_next_one(clock) -> None:
    tokens = Tokens("key", SecretStr(SECRET), clock)
    refused = tokens.current()

    fresh = tokens.instead_of(refused)

    assert fresh is not refused
    assert tokens.instead_of(refused) is fresh


def test_neither_secret_nor_token_shows(clock) -> None:
    tokens = Tokens("key", SecretStr(SECRET), clock)
    token = tokens.current()

    shown = repr(token) + repr(vars(tokens))

    assert SECRET not in shown
    assert token.value.get_secret_value() not in shown
