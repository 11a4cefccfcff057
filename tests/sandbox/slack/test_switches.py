"""What a test or a demo turns on from outside."""

import asyncio

import pytest
from slack_sdk.errors import SlackApiError


async def turn(served, path="switches", headers=None, **body) -> int:
    url = f"{served.address}/_sim/slack/{path}"
    async with served.http.post(url, json=body, headers=headers) as response:
        return response.status


async def limited(call) -> str | None:
    """Make a call; where it is refused for now, say after how many seconds it may be made again."""
    answer = (await asyncio.gather(call, return_exceptions=True))[0]
    if not isinstance(answer, SlackApiError):
        return None
    assert (answer.response.status_code, answer.response["error"]) == (429, "ratelimited")
    return answer.response.headers["Retry-After"]


async def test_limits_are_off_at_first(served) -> None:
    calls = [served.client.chat_postMessage(channel="C0CLASSES", text="x") for _ in range(3)]

    assert [await limited(call) for call in calls] == [None, None, None]


async def test_one_post_a_second_and_channel(served, clock) -> None:
    assert await turn(served, rate_limits=True) == 200
    post = served.client.chat_postMessage

    assert await limited(post(channel="C0CLASSES", text="x")) is None
    assert await limited(post(channel="C0CLASSES", text="x")) == "1"
    assert await limited(post(channel="C0WEBINARS", text="x")) is None
    clock.advance(seconds=1)
    assert await limited(post(channel="C0CLASSES", text="x")) is None


async def test_fifty_edits_a_minute(served, clock) -> None:
    ts = (await served.client.chat_postMessage(channel="C0CLASSES", text="x"))["ts"]
    await turn(served, rate_limits=True)

    edits = [
        await limited(served.client.chat_update(channel="C0CLASSES", ts=ts, text=str(number)))
        for number in range(51)
    ]
    clock.advance(seconds=60)

    assert edits == [None] * 50 + ["60"]
    assert await limited(served.client.chat_update(channel="C0CLASSES", ts=ts, text="x")) is None


async def test_the_next_calls_of_a_method_can_be_refused(served) -> None:
    assert await turn(served, "fault", method="users.info", retry_after=7, times=2) == 200

    answers = [await limited(served.client.users_info(user="U0MO")) for _ in range(3)]

    assert answers == ["7", "7", None]


async def test_connections_can_be_ended(on_sockets) -> None:
    assert await turn(on_sockets, "disconnect", reason="refresh_requested") == 200
    await on_sockets.sockets.connected()


@pytest.mark.parametrize("body", [{"nonsense": 1}, {"rate_limits": "perhaps"}])
async def test_a_switch_that_is_not_there_cannot_be_turned(served, body) -> None:
    assert await turn(served, **body) == 400


@pytest.mark.parametrize(
    "headers", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
async def test_switches_are_turned_only_from_this_machine_and_its_own_pages(served, headers) -> None:
    assert await turn(served, headers=headers, rate_limits=True) == 403
    assert served.workspace.state.switches.rate_limits is False


async def test_the_web_api_takes_any_host(served) -> None:
    headers = {"Host": "slack.example", "Authorization": "Bearer xoxb-sandbox"}
    async with served.http.post(f"{served.address}/api/auth.test", headers=headers) as response:
        assert (await response.json())["ok"] is True
