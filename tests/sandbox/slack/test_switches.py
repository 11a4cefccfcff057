"""What a test or a demo turns on from outside."""

import asyncio
from datetime import timedelta
from email.utils import parsedate_to_datetime

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from sandbox.slack.limits import CALLS
from sandbox.slack.methods import METHODS
from tests.sandbox.slack.block_kit import data_table, raw
from tests.sandbox.slack.switchboard import turn


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


@pytest.mark.parametrize(("name", "tier"), [(name, method.tier) for name, method in METHODS.items()])
async def test_every_method_is_limited_by_its_tier(served, clock, name, tier) -> None:
    await turn(served, rate_limits=True)
    allowed, span = (1, 1) if tier == "channel" else (CALLS[tier], 60)

    async def waits() -> str | None:
        async with served.http.post(f"{served.address}/api/{name}") as response:  # what is refused counts too
            return response.headers.get("Retry-After")

    answers = [await waits() for _ in range(allowed + 1)]
    clock.advance(seconds=span)

    assert answers == [None] * allowed + [str(span)]
    assert await waits() is None


async def test_without_the_switch_no_method_is_limited(served) -> None:
    answers = [await limited(served.client.users_list()) for _ in range(CALLS[2] + 1)]

    assert set(answers) == {None}


async def test_a_limited_method_does_not_limit_another(served) -> None:
    await turn(served, rate_limits=True)
    for _ in range(CALLS[2]):
        await served.client.users_list()

    assert await limited(served.client.users_list()) == "60"
    assert await limited(served.client.users_info(user="U0MO")) is None


async def test_the_next_calls_of_a_method_can_be_refused(served) -> None:
    assert await turn(served, "fault", method="users.info", retry_after=7, times=2) == 200

    answers = [await limited(served.client.users_info(user="U0MO")) for _ in range(3)]

    assert answers == ["7", "7", None]


WORDS = ["restricted_action", "is_archived", "not_in_channel", "channel_not_found", "msg_too_long"]


@pytest.mark.parametrize("word", [*WORDS, "internal_error"])
async def test_a_post_is_refused_with_any_word_of_slacks(served, word, refused) -> None:
    post = served.client.chat_postMessage
    assert await turn(served, "fault", method="chat.postMessage", channel="C0CLASSES", error=word) == 200

    assert (await post(channel="C0WEBINARS", text="x"))["ok"]
    assert (await refused(post(channel="C0CLASSES", text="x")))["error"] == word
    assert (await post(channel="C0CLASSES", text="x"))["ok"]


async def test_direct_messages_are_refused_however_they_are_named(served, refused) -> None:
    await served.client.conversations_open(users="U0MO")
    served.workspace.switches.refuse_next("chat.postMessage", "restricted_action", channel="D0MO", times=None)

    assert (await refused(served.client.chat_postMessage(channel="U0MO", text="x")))["error"] == WORDS[0]
    assert (await refused(served.client.chat_postMessage(channel="D0MO", text="x")))["error"] == WORDS[0]
    assert (await served.client.chat_postMessage(channel="U0VI", text="x"))["ok"]


async def test_calls_are_refused_until_it_is_healed(served, refused) -> None:
    await turn(served, "fault", method="*", error="internal_error", times=None)
    for _ in range(3):
        assert (await refused(served.client.auth_test()))["error"] == "internal_error"

    assert await turn(served, "heal") == 200
    assert (await served.client.auth_test())["ok"]


async def test_a_fault_of_one_method_is_healed_alone(served, refused) -> None:
    await turn(served, "fault", method="auth.test", error="internal_error", times=None)
    await turn(served, "fault", method="users.list", error="internal_error", times=None)

    await turn(served, "heal", method="auth.test")

    assert (await served.client.auth_test())["ok"]
    assert (await refused(served.client.users_list()))["error"] == "internal_error"


async def test_slack_can_be_down(served) -> None:
    await turn(served, "fault", method="auth.test", status=503, times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError) as error:
            await served.client.auth_test()
        assert error.value.response.status_code == 503

    assert (await served.client.auth_test())["ok"]


async def test_an_answer_is_lost_after_the_call_was_carried_out(served) -> None:
    await turn(served, "fault", method="chat.postMessage", lost=True)

    headers, body = {"Authorization": "Bearer xoxb-sandbox"}, {"channel": "C0CLASSES", "text": "all the same"}
    with pytest.raises(aiohttp.ClientError):
        await served.http.post(f"{served.address}/api/chat.postMessage", json=body, headers=headers)

    assert [each.text for each in served.workspace.sees("U0MO", "C0CLASSES")] == ["all the same"]


async def test_a_response_url_fails_too(served) -> None:
    url = served.workspace.state.respond_at(served.workspace.state.response_urls.issue("U0MO", "C0CLASSES"))
    await turn(served, "fault", method="response_url", status=500)

    for status in (500, 200):
        async with served.http.post(url, json={"text": "x"}) as response:
            assert response.status == status


@pytest.mark.parametrize("off", [0, 90, -90])
async def test_slacks_clock_may_be_off(served, clock, off) -> None:
    await turn(served, clock_off_s=off)

    answer = await served.client.chat_postMessage(channel="C0CLASSES", text="x")

    slack = clock() + timedelta(seconds=off)
    assert parsedate_to_datetime(answer.headers["Date"]) == slack
    assert answer["ts"] == f"{slack.timestamp():.6f}"


async def test_every_answer_says_when_it_was_given(served, clock) -> None:
    clock.advance(days=400)
    for path in ("/api/auth.test", "/api/no.such", "/response/none"):
        async with served.http.post(f"{served.address}{path}") as response:
            assert parsedate_to_datetime(response.headers["Date"]) == clock()


async def test_connections_can_be_ended(on_sockets) -> None:
    assert await turn(on_sockets, "disconnect", reason="refresh_requested") == 200
    await on_sockets.sockets.connected()


@pytest.mark.parametrize(
    "body", [{"nonsense": 1}, {"rate_limits": "perhaps"}, {"rate_limits": None}, {"grid": "yes"}]
)
async def test_a_switch_that_is_not_there_cannot_be_turned(served, body) -> None:
    assert await turn(served, **body) == 400


async def test_what_is_not_turned_stays(served) -> None:
    await turn(served, rate_limits=True, connections=1)
    await turn(served, bot_token="token_revoked")
    await turn(served, bot_token=None)

    switches = served.workspace.switches
    assert (switches.rate_limits, switches.connections, switches.bot_token) == (True, 1, None)


@pytest.mark.parametrize(
    "body", [{"method": "x", "lost": True, "status": 500}, {"method": "x", "status": 200}, {"error": "x"}]
)
async def test_a_fault_that_makes_no_sense_is_refused(served, body) -> None:
    assert await turn(served, "fault", **body) == 400


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


CHART = {
    "type": "data_visualization",
    "title": "Minutes",
    "chart": {"type": "pie", "segments": [{"label": "standup", "value": 3}]},
}


async def test_charts_are_refused_where_slack_has_none_yet(served, refused) -> None:
    assert await turn(served, charts=False) == 200
    post, publish = served.client.chat_postMessage, served.client.views_publish
    told = "[ERROR] unsupported type: data_visualization [json-pointer:{}/blocks/0/type]"

    message = await refused(post(channel="C0CLASSES", text="x", blocks=[CHART]))
    home = await refused(publish(user_id="U0MO", view={"type": "home", "blocks": [CHART]}))

    assert (message["error"], message["response_metadata"]["messages"]) == (
        "invalid_blocks",
        [told.format("")],
    )
    assert (home["error"], home["response_metadata"]["messages"]) == (
        "invalid_arguments",
        [told.format("/view")],
    )
    assert (await post(channel="C0CLASSES", text="x"))["ok"]


async def test_tables_that_sort_are_refused_where_slack_has_none_yet(served, refused) -> None:
    table = data_table([raw("Who")], [raw("Gus")])
    assert (await served.client.chat_postMessage(channel="C0CLASSES", text="x", blocks=[table]))["ok"]
    assert await turn(served, data_tables=False) == 200

    message = await refused(served.client.chat_postMessage(channel="C0CLASSES", text="x", blocks=[table]))

    told = "[ERROR] unsupported type: data_table [json-pointer:/blocks/0/type]"
    assert message["response_metadata"]["messages"] == [told]


async def test_charts_are_taken_at_first_and_again(served) -> None:
    post = served.client.chat_postMessage
    assert (await post(channel="C0CLASSES", text="x", blocks=[CHART]))["ok"]
    await turn(served, charts=False)
    await turn(served, charts=True)
    assert (await post(channel="C0CLASSES", text="x", blocks=[CHART]))["ok"]
