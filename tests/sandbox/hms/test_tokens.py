import httpx
import pytest


def refusal(answer: httpx.Response) -> list[str]:
    assert answer.status_code == 401
    assert answer.json()["code"] == 401
    assert answer.json()["message"] == "Token validation error"
    return answer.json()["details"]


def ask(api, token: str) -> httpx.Response:
    return api.client.get("/rooms", headers={"Authorization": f"Bearer {token}"})


def test_a_management_token_of_this_app_is_accepted(api):
    assert ask(api, api.token()).status_code == 200


@pytest.mark.parametrize("header", [{}, {"Authorization": "Basic abc"}, {"Authorization": "Bearer "}])
def test_without_a_bearer_token_it_is_an_authentication_error(api, header):
    answer = api.client.get("/rooms", headers=header)
    assert (answer.status_code, answer.json()) == (401, {"code": 401, "message": "Authentication error"})


@pytest.mark.parametrize("token", ["a.b", "a.b.c", "e30.W10.e30", "é.é.é".encode()])
def test_what_does_not_decode_is_malformed(api, token):
    header = b"Bearer " + (token if isinstance(token, bytes) else token.encode())
    answer = api.client.get("/rooms", headers={b"Authorization": header})
    assert refusal(answer) == ["token is malformed"]


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"access_key": "somebody else's"}, "not found"),
        ({"key": "another secret that is long enough to sign with"}, "signature is invalid"),
        ({"algorithm": "HS512", "key": "x" * 64}, "signature is invalid"),
        ({"algorithm": "none", "key": None}, "signature is invalid"),
        ({"exp": 1}, "token is expired"),
        ({"type": "app"}, "invalid token type"),
        ({"version": 1}, "invalid token version"),
        ({"version": "2"}, "invalid token version"),
        ({"exp": "tomorrow"}, "token is malformed"),
    ],
)
def test_the_reason_stands_in_the_details(api, wrong, detail):
    assert refusal(ask(api, api.token(**wrong))) == [detail]


def test_the_first_of_several_reasons_is_named(api):
    token = api.token(access_key="somebody else's", key="y" * 40, exp=1, type="app", version=1)
    assert refusal(ask(api, token)) == ["not found"]


def test_thirty_seconds_of_skew_are_forgiven_at_the_start_and_none_at_the_end(api, clock):
    now = int(clock().timestamp())
    assert ask(api, api.token(nbf=now + 30)).status_code == 200
    assert refusal(ask(api, api.token(nbf=now + 31))) == ["token is not valid yet"]
    assert refusal(ask(api, api.token(exp=now))) == ["token is expired"]


def test_a_token_that_lives_for_a_month_is_fine(api, clock):
    assert ask(api, api.token(exp=int(clock().timestamp()) + 30 * 86400)).status_code == 200


def test_tokens_are_judged_by_the_machines_clock_alone(api, world):
    token = api.token()
    world.advance(7 * 86400)
    assert ask(api, token).status_code == 200


def test_the_secret_is_in_no_representation(emulator):
    assert "a secret that only" not in repr(vars(emulator))
