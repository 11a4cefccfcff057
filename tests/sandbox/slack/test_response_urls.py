"""A response_url: five answers in thirty minutes, where something was done."""

import pytest
from slack_sdk.webhook.async_client import AsyncWebhookClient

BUTTON = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
CARD = [{"type": "actions", "elements": [BUTTON]}]


@pytest.fixture
async def answer(served, listener_of):
    """The response_url of a command that Mo typed, in the hands of Slack's own client."""
    listener = listener_of(served.workspace)
    await served.workspace.says("U0MO", "C0CLASSES", "/hms status")
    return AsyncWebhookClient(listener.last["response_url"], session=served.http)


@pytest.fixture
async def click(served, listener_of):
    """The response_url of Mo's click on a card that only Mo sees."""
    listener = listener_of(served.workspace)
    card = served.workspace.state.app.whispers("C0CLASSES", "U0MO", "Sure?", CARD)
    await served.workspace.clicks("U0MO", card, "go")
    return AsyncWebhookClient(listener.last["response_url"], session=served.http)


async def test_it_answers_in_private_unless_told_otherwise(served, answer) -> None:
    await answer.send(text="for Mo")
    await answer.send(text="for all", response_type="in_channel")

    assert [message.text for message in served.workspace.sees("U0MO", "C0CLASSES")] == ["for Mo", "for all"]
    assert [message.text for message in served.workspace.sees("U0VI", "C0CLASSES")] == ["for all"]


async def test_it_is_good_for_five_uses(answer) -> None:
    statuses = [(await answer.send(text="x")).status_code for _ in range(5)]
    sixth = await answer.send(text="x")

    assert (statuses, sixth.status_code, "used_url" in sixth.body) == ([200] * 5, 404, True)


async def test_it_is_good_for_thirty_minutes(answer, clock) -> None:
    clock.advance(minutes=30)
    assert (await answer.send(text="x")).status_code == 200

    clock.advance(seconds=1)
    late = await answer.send(text="x")

    assert (late.status_code, "expired_url" in late.body) == (404, True)


async def test_what_was_clicked_is_replaced_in_place(served, click) -> None:
    await click.send(text="Done.", replace_original=True)
    await click.send(text="Done twice.", replace_original=True)

    (card,) = served.workspace.sees("U0MO", "C0CLASSES")
    assert (card.text, card.only_for) == ("Done twice.", "U0MO")


async def test_what_was_clicked_is_deleted(served, click) -> None:
    await click.send(delete_original=True)

    assert served.workspace.sees("U0MO", "C0CLASSES") == []


async def test_what_is_gone_cannot_be_replaced(click) -> None:
    await click.send(delete_original=True)

    gone = await click.send(text="Done.", replace_original=True)

    assert (gone.status_code, "message_not_found" in gone.body) == (400, True)


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ({"text": "x", "blocks": [{"type": "divider", "foo": 1}]}, "invalid_blocks"),
        ({"response_type": "ephemeral"}, "no_text"),
        ({"text": "x", "channel": "C0WEBINARS"}, "invalid_arguments"),
        ([], "invalid_payload"),
    ],
)
async def test_a_wrong_body_is_refused(served, answer, body, error) -> None:
    async with served.http.post(answer.url, json=body) as response:
        assert (response.status, (await response.json())["error"]) == (400, error)


async def test_an_address_that_was_never_given_out_is_refused(served) -> None:
    async with served.http.post(f"{served.address}/response/guess", json={"text": "x"}) as response:
        assert response.status == 404
