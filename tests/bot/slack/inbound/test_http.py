"""Only what Slack signed, and signed just now, is read."""

import time

import pytest
from pydantic import SecretStr

from bot.slack.inbound.http import Signature
from sandbox.slack import deliver

SIGNATURE = Signature(SecretStr("signed-for-tests"))
NOW = 1_795_000_000
BODY = "payload=ümlaut"


def headers(at: float = NOW, secret: str = "signed-for-tests") -> dict[str, str]:
    return deliver.signed(secret, BODY, at)


@pytest.mark.parametrize("age", [-299, 0, 300])
def test_a_signature_is_good_for_five_minutes(age: int) -> None:
    assert SIGNATURE.fits(headers(NOW - age), BODY.encode(), NOW)


@pytest.mark.parametrize("age", [-301, 301, NOW])
def test_an_old_one_or_one_of_tomorrow_is_not(age: int) -> None:
    assert not SIGNATURE.fits(headers(NOW - age), BODY.encode(), NOW)


def test_another_secret_or_another_body_is_refused() -> None:
    assert not SIGNATURE.fits(headers(secret="other"), BODY.encode(), NOW)
    assert not SIGNATURE.fits(headers(), b"payload=other", NOW)


@pytest.mark.parametrize("stamp", ["", "yesterday", "1e9", "-1", "²", "9" * 5000, " 1795000000"])
def test_a_timestamp_that_is_no_number_is_refused(stamp: str) -> None:
    assert not SIGNATURE.fits(headers() | {"X-Slack-Request-Timestamp": stamp}, BODY.encode(), NOW)


@pytest.mark.parametrize("signature", ["", "v0=", "v0=ü", "v0=\udcff"])
def test_a_signature_that_is_none_is_refused(signature: str) -> None:
    assert not SIGNATURE.fits(headers() | {"X-Slack-Signature": signature}, BODY.encode(), time.time())
