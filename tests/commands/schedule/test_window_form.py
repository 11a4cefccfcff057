"""The form of ``schedule window``: it shows the next five times, and saves nothing before a yes to them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.dispatch import considering
from sandbox.hms.state.room.room import Room
from sandbox.slack.views import View
from tests.chat import PEOPLE, Chat

ADA = PEOPLE["ada"]  # she is in London


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room of which #classes speaks; it is Monday, 09:00 UTC."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    return room


def shown(chat: Chat, who: str = "ada") -> View:
    return chat.workspace.views_of(PEOPLE[who])[-1]


def words(part: Any) -> Iterator[str]:
    if isinstance(part, dict) and isinstance(part.get("text"), str):
        yield part["text"]
    held = part.values() if isinstance(part, dict) else part
    for each in held if isinstance(part, dict | list) else ():
        yield from words(each)


def text(chat: Chat) -> str:
    return "\n".join(words([shown(chat).body.get(part) for part in ("title", "blocks", "submit", "close")]))


async def hands_in(chat: Chat, who: str = "ada", **filled: str) -> dict[str, str]:
    """Somebody fills in some of what is open and hands it in; answers what it says is wrong, by field."""
    values = {field: {"value": value} for field, value in filled.items()}
    outcome = await chat.workspace.submits(PEOPLE[who], shown(chat, who).id, values)
    assert outcome.error is None
    await chat.bot.idle()
    await chat.workspace.settles()
    return dict(outcome.errors)


async def previewed(
    chat: Chat, hours: str = "10:00-11:00", zone: str = "Europe/Rome", who: str = "ada"
) -> None:
    """Somebody has filled in the form, and sees what would come of it."""
    await chat.says(who, f"/hms schedule window --tz {zone}")
    assert await hands_in(chat, who, days="mon-fri", hours=hours) == {}


def inputs(chat: Chat) -> list[Any]:
    """What is asked for in what is open."""
    return [block for block in shown(chat).body["blocks"] if block["type"] == "input"]


async def saved(chat: Chat) -> bool:
    return "has no hours" not in (await chat.says("ada", "/hms schedule show")).text


async def test_the_next_five_times_are_shown_in_both_zones_before_anything_is_kept(
    chat: Chat, yoga: Room
) -> None:
    await previewed(chat)

    assert "Open and close yoga by the clock?" in text(chat)
    assert text(chat).count("•") == 5
    assert "<!date^1772528400^{date_short_pretty} at {time}" in text(chat)  # Slack says it as 09:00 in London
    assert "(Tue *10:00\N{EN DASH}11:00* *Europe/Rome*)" in text(chat)
    assert "Keep these hours" in text(chat)
    assert not await saved(chat)
    assert "give" not in (await chat.says("ada", "/hms audit tail")).text


async def test_what_few_people_need_is_behind_more_and_the_zone_that_was_said_stands_there(
    chat: Chat, yoga: Room
) -> None:
    await chat.says("ada", "/hms schedule window --tz Europe/Rome")
    assert [block["block_id"] for block in inputs(chat)] == ["days", "hours"]

    typed = {"days": {"value": "mon-fri"}, "hours": {"value": "10:00-11:00"}}
    await chat.workspace.clicks(ADA, shown(chat), "more", values=typed)
    await chat.bot.idle()

    held = {block["block_id"]: block["element"].get("initial_value") for block in inputs(chat)}
    assert (held["zone"], held["hours"]) == ("Europe/Rome", "10:00-11:00")
    assert await hands_in(chat, zone="Europe/Lisbon", open_before="10m") == {}
    assert "*10:00\N{EN DASH}11:00* *Europe/Lisbon*" in text(chat)
    assert "opens *10m* before" in text(chat)


async def test_a_yes_keeps_them_and_leaves_no_form_open(chat: Chat, yoga: Room) -> None:
    await previewed(chat)
    await hands_in(chat)

    assert chat.workspace.views_of(ADA) == []
    assert "Ada gave yoga hours" in chat.channel("classes")[-1]
    assert await saved(chat)
    assert chat.story(1).states == ["asked", "running", "done"]


async def test_back_shows_the_form_as_it_was_filled_in(chat: Chat, yoga: Room) -> None:
    await previewed(chat, hours="22:00-02:00")
    await chat.workspace.closes(ADA, shown(chat).id)

    assert shown(chat).values["hours"]["value"]["value"] == "22:00-02:00"
    assert await hands_in(chat, days="sat", hours="10:00-11:00") == {}
    assert "(Sat *10:00\N{EN DASH}11:00* *Europe/Rome*)" in text(chat)
    assert not await saved(chat)


async def test_who_reads_in_the_zone_of_the_hours_sees_one_time(chat: Chat, yoga: Room) -> None:
    await previewed(chat, zone="Europe/Dublin")  # the clocks show the same there
    assert text(chat).count("•") == 5
    assert "(" not in text(chat)


async def test_what_does_not_fit_is_said_at_its_field_before_any_time_is_shown(
    chat: Chat, yoga: Room
) -> None:
    await chat.says("ada", "/hms schedule window")

    errors = await hands_in(chat, days="mon-fri", hours="25:00-26:00")

    assert "is no hours of a day" in errors["hours"]
    assert shown(chat).values["days"]["value"]["value"] == "mon-fri"


async def test_hours_that_came_to_overlap_meanwhile_are_refused_and_the_form_is_still_there(
    chat: Chat, yoga: Room
) -> None:
    await previewed(chat)
    await chat.says("ada", "/hms schedule window daily 09:00-17:00 --tz Europe/Rome --yes")

    await hands_in(chat)

    assert "These hours overlap with #1" in text(chat)
    await chat.workspace.closes(ADA, shown(chat).id)
    assert shown(chat).values["hours"]["value"]["value"] == "10:00-11:00"


async def test_who_may_not_give_hours_any_more_is_refused_at_the_yes(chat: Chat, yoga: Room) -> None:
    await chat.grants("max", Chat.ADMIN)
    await previewed(chat, who="max")
    await chat.says("ada", "/hms access revoke @max --yes")

    await hands_in(chat, "max")

    assert "Only admins can do this" in chat.reads("max").text
    assert not await saved(chat)


async def test_what_is_seen_too_late_for_the_form_is_shown_on_a_card(
    chat: Chat, yoga: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(considering, "TRIED", 0)  # 100ms answers later than Slack waits
    await previewed(chat)

    assert chat.workspace.views_of(ADA) == []
    assert chat.reads("ada").buttons == ("Keep these hours", "Cancel")
    assert chat.reads("ada").text.count("•") == 5


async def test_asked_away_from_every_channel_it_says_in_place_what_came_of_it(chat: Chat, yoga: Room) -> None:
    await previewed(chat)
    away = json.loads(shown(chat).body["private_metadata"]) | {"channel": ""}  # as one from Home
    chat.workspace.state.views.update(
        shown(chat), dict(shown(chat).body) | {"private_metadata": json.dumps(away)}
    )

    await hands_in(chat)

    assert "<@U0ADA> gave *yoga* hours" in text(chat)
    await chat.workspace.closes(ADA, shown(chat).id)
    assert chat.workspace.views_of(ADA) == []
