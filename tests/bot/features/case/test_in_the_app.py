"""What people do in 100ms's apps becomes a case, once, and what came over the API or with an end does not."""

from collections.abc import AsyncIterator

import pytest

from sandbox.hms.events.delivery import State
from sandbox.hms.events.webhooks import Weather
from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, Reported, reporting


@pytest.fixture
async def reported(sqlite_url: str) -> AsyncIterator[Reported]:
    async with reporting(sqlite_url, REPORTED) as reported:
        await reported.chat.binds("classes", reported.room)
        yield reported


async def settles(reported: Reported) -> None:
    """What is under way comes, and a quarter of an hour later kicks are told apart."""
    await reported.passes("1m")
    await reported.chat.passes("5m")
    await reported.chat.passes("11m")


async def cases(reported: Reported) -> list[str]:
    """What the list says was done, without numbers and moments."""
    said = await reported.chat.says("mo", "/hms case list")
    return [line for line in said.text.splitlines()[1:] if not line.startswith("#")]


async def test_an_end_in_the_app_is_a_case_and_those_it_put_out_are_none(reported: Reported) -> None:
    reported.room.join("Hana", role="host")
    reported.room.join("Gus")
    reported.room.end(by="Hana")
    await settles(reported)

    assert await cases(reported) == ["“Hana” ended standup in the app."]
    assert "“Hana” ended standup in the app." in (await reported.chat.says("mo", "/hms case show 1")).text


async def test_what_was_done_in_the_app_keeps_no_card_from_being_called_off(reported: Reported) -> None:
    hana, gus, ivy = (reported.room.join(name) for name in ("Hana", "Gus", "Ivy"))
    card = await reported.chat.says("mo", "/hms remove Gus spamming")
    reported.room.change(ivy, role="stage", by=hana.id)
    await reported.passes("1m")
    reported.room.leave(gus)

    done = await reported.chat.clicks("max", "Remove “Gus”", card)

    assert reported.chat.request(card).states[-1] == "moot", done.text


async def test_where_it_was_locked_too_its_case_opens_it(reported: Reported) -> None:
    reported.room.join("Hana", role="host")
    reported.room.end(by="Hana", lock=True)
    await reported.passes("1m")

    said = await reported.chat.says("mo", "/hms case show 1")
    await reported.chat.clicks("mo", "Unlock standup", said)

    assert reported.room.enabled
    assert "Mo unlocked standup" in (await reported.chat.says("mo", "/hms case show 1")).text


async def test_an_end_of_ours_is_no_second_case(reported: Reported) -> None:
    reported.room.join("Gus")
    await reported.chat.says("mo", "/hms end-room --yes")
    await settles(reported)

    [only] = await cases(reported)
    assert only.startswith("Mo ended standup for 1 person")


async def test_a_role_given_in_the_app_is_a_case_with_who_gave_it(reported: Reported) -> None:
    hana, gus = reported.room.join("Hana", role="host"), reported.room.join("Gus")
    reported.room.change(gus, role="stage", by=hana.id)
    reported.room.change(gus, role="guest")  # over the API
    await reported.passes("1m")

    assert await cases(reported) == [
        "“Hana” gave “Gus” the role stage in standup, in the app. Before it was guest."
    ]
    assert len(await cases(reported)) == 1
    found = await reported.chat.says("mo", "/hms case list --person Gus")
    assert "1 case in standup" in found.text


async def test_a_kick_in_the_app_is_a_case_and_a_removal_of_ours_is_not_one_more(database_url: str) -> None:
    async with reporting(database_url, REPORTED) as reported:
        await reported.chat.binds("classes", reported.room)
        await kicks_and_removes(reported)

        assert await cases(reported) == [
            "“Gus” was taken out of standup in the app. 100ms does not say by whom.",
            "“Hana” ended standup in the app.",
            "Mo removed “Ivy” from standup.",
        ]


async def kicks_and_removes(reported: Reported) -> None:
    """Gus is kicked in the app, Ivy by two of ours, and then Hana ends the session."""
    hana, gus, _ = (reported.room.join(name) for name in ("Hana", "Gus", "Ivy"))
    await reported.passes("1m")
    reported.room.leave(gus, reason="peer kicked")
    card = await reported.chat.says("mo", "/hms remove Ivy spamming")
    await reported.chat.clicks("max", "Remove “Ivy”", card)
    await reported.passes("1m")
    reported.room.end(by=hana.id)
    await settles(reported)


async def test_told_twice_out_of_order_and_late_it_is_one_case(reported: Reported) -> None:
    reported.chat.world.webhooks.set_weather(Weather(loss=0.5, repeat=0.5, reorder_s=30, seed=3))
    reported.room.join("Hana", role="host")
    reported.room.join("Gus")
    reported.room.end(by="Hana")
    await reported.passes("30m")

    assert await cases(reported) == ["“Hana” ended standup in the app."]


async def test_the_log_says_that_nobody_of_the_workspace_did_it(reported: Reported) -> None:
    reported.room.join("U0MAX via", role="host")
    reported.room.end(by="U0MAX via")
    await reported.passes("1m")

    said = (await reported.chat.says("ada", "/hms audit tail")).text

    assert "an app at 100ms" in said
    assert "Max" not in said


async def test_who_looks_does_not_hear_of_it(sqlite_url: str) -> None:
    async with reporting(sqlite_url, LOOKED_AT) as reported:
        await reported.chat.binds("classes", reported.room)
        reported.room.join("Hana", role="host")
        reported.room.end(by="Hana")
        await settles(reported)

        assert await cases(reported) == []


async def refuses_the_history(reported: Reported) -> None:
    """For three quarters of an hour 100ms delivers nothing again."""
    reported.chat.world.fault("/analytics/webhooks", status=403, times=9)
    for _ in range(9):
        await reported.passes("5m")


async def test_a_kick_of_which_100ms_tells_an_hour_later_is_a_case_all_the_same(reported: Reported) -> None:
    reported.room.join("Hana", role="host")
    gus = reported.room.join("Gus")
    await reported.passes("1m")
    reported.chat.world.webhooks.set_weather(Weather(loss=1))
    reported.room.leave(gus, reason="peer kicked")
    reported.chat.world.webhooks.set_weather(Weather())
    await reported.passes("1m")
    reported.room.end(by="Hana")
    await refuses_the_history(reported)
    assert await cases(reported) == ["“Hana” ended standup in the app."]
    await reported.passes("30m")

    assert await cases(reported) == [
        "“Gus” was taken out of standup in the app. 100ms does not say by whom.",
        "“Hana” ended standup in the app.",
    ]


async def test_whom_an_end_put_out_that_is_told_an_hour_later_nobody_took_out(reported: Reported) -> None:
    hana = reported.room.join("Hana", role="host")
    reported.room.join("Gus")
    await reported.passes("1m")
    reported.chat.world.webhooks.set_weather(Weather(loss=0.5, seed=26))
    reported.room.end(by=hana.id)
    await reported.passes("1m")
    deliveries = reported.chat.world.webhooks.deliveries
    assert {one.event.type.value for one in deliveries if one.state is State.LOST} == {"room.end.success"}
    await refuses_the_history(reported)
    assert await cases(reported) == []
    await reported.passes("30m")

    assert await cases(reported) == ["“Hana” ended standup in the app."]
