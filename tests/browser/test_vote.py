"""Answering a poll in a live room, from the page."""

import pytest
from playwright.async_api import Page, expect

from sandbox.hms.state.poll.poll import Option, PollBody, Question
from sandbox.hms.state.world import World
from tests.browser.tabs import act_as

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_somebody_in_the_room_votes(page: Page, address: str, world: World) -> None:
    cities = Question(text="Where to?", options=[Option(text="Oslo"), Option(text="Riga")])
    poll = world.polls.make(
        PollBody(title="A trip", questions=[cities, Question(text="Why?", type="long-answer")])
    )
    room = world.room_named("standup")
    assert room
    world.change_room(room, polls=[poll.id])

    await act_as(page, address, "U0MO")
    await page.get_by_text("Vote: A trip").click()
    where = page.get_by_role("form", name="Where to?")
    await where.get_by_label("Who").select_option("Gus")
    await where.get_by_label("Where to?").select_option("Riga")
    async with page.expect_response("**/vote") as answered:
        await where.get_by_role("button", name="Vote").click()
    assert (await answered.value).status == 200
    why = page.get_by_role("form", name="Why?")
    await why.get_by_label("Why?").fill("the sea")
    async with page.expect_response("**/vote") as answered:
        await why.get_by_role("button", name="Vote").click()
    assert (await answered.value).status == 200
    await expect(why.get_by_label("Why?")).to_have_value("")

    (run,) = world.polls.runs(poll)
    given = [(each.question, each.vote.options, each.vote.text) for each in run.responses]
    assert given == [(1, [2], ""), (2, [], "the sea")]
    assert run.responses[0].voter.user_id == "user-gus"
