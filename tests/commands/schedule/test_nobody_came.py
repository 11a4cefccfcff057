"""Nobody came: a room is open by its hours, guests are in it, and no host has come for five minutes."""

import pytest

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said

WAITS = "2 people wait in yoga, and no host came in 5 minutes."


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """Open by its hours from Monday, 09:59, on; it is 10:00."""
    room = chat.world.add_room("yoga")
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --room yoga --yes")
    await opens(chat)
    return room


async def opens(chat: Chat) -> None:
    await chat.passes("59m")
    await chat.passes("1m")


async def minutes(chat: Chat, count: int) -> None:
    for _ in range(count):
        await chat.passes("1m")


def cards(chat: Chat, words: str) -> list[Said]:
    """Every card that stands in #classes and says this, however it begins."""
    said = [Said((one,)) for one in chat.reads("max").messages]
    return [one for one in said if words.casefold() in one.text.casefold()]


async def waiting(chat: Chat, yoga: Room) -> Said:
    yoga.join("Gus")
    yoga.join("Ivy")
    await minutes(chat, 5)
    [card] = cards(chat, WAITS)
    return card


async def test_guests_whom_no_host_joins_for_five_minutes_are_told_of_once(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    yoga.join("Ivy")
    await minutes(chat, 4)
    assert cards(chat, "no host came") == []
    await minutes(chat, 1)

    [card] = cards(chat, WAITS)
    assert card.buttons == ("Tell them", "Cancel today")
    yoga.join("Vi")
    await minutes(chat, 10)
    assert len(cards(chat, "no host came")) == 1


async def test_five_minutes_count_from_the_first_guest(chat: Chat, yoga: Room) -> None:
    await minutes(chat, 20)
    yoga.join("Gus")
    await minutes(chat, 4)
    assert cards(chat, "no host came") == []
    await minutes(chat, 1)
    assert cards(chat, "1 person waits in yoga, and no host came in 5 minutes.")


async def test_who_comes_before_the_start_waits_from_the_start_on(chat: Chat) -> None:
    room = chat.world.add_room("yoga")
    line = "/hms schedule window daily 10:00-11:00 --open-before 10m --tz UTC --room yoga --yes"
    await chat.says("ada", line)
    await chat.passes("50m")
    room.join("Gus")
    await minutes(chat, 14)
    assert cards(chat, "no host came") == []
    await minutes(chat, 1)
    assert cards(chat, "1 person waits in yoga")


async def test_a_wait_that_was_broken_off_counts_anew(chat: Chat, yoga: Room) -> None:
    gus = yoga.join("Gus")
    await minutes(chat, 4)
    yoga.leave(gus)
    await minutes(chat, 1)
    yoga.join("Ivy")
    await minutes(chat, 4)
    assert cards(chat, "no host came") == []
    await minutes(chat, 1)
    assert cards(chat, "no host came")


async def test_a_wait_goes_on_when_who_came_first_leaves(chat: Chat, yoga: Room) -> None:
    await minutes(chat, 20)
    gus = yoga.join("Gus")
    await minutes(chat, 3)
    yoga.join("Ivy")
    yoga.leave(gus)
    await minutes(chat, 2)
    assert cards(chat, "1 person waits in yoga")


async def test_with_a_host_nothing_is_told_and_nobody_looks_again(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    hana = yoga.join("Hana", role="host")
    await minutes(chat, 5)
    looks = len(chat.calls("sessions.list"))
    yoga.leave(hana)
    await minutes(chat, 20)

    assert len(chat.calls("sessions.list")) == looks
    assert cards(chat, "no host came") == []


async def test_a_host_who_came_and_went_between_two_looks_has_come(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await minutes(chat, 1)
    hana = yoga.join("Hana", role="host")
    await minutes(chat, 1)
    yoga.leave(hana)
    await minutes(chat, 20)
    assert cards(chat, "no host came") == []


async def test_who_was_made_a_host_is_one(chat: Chat, yoga: Room) -> None:
    gus = yoga.join("Gus")
    yoga.join("Ivy")
    await minutes(chat, 4)
    yoga.change(gus, role="host")
    await minutes(chat, 10)
    assert cards(chat, "no host came") == []


async def test_an_empty_room_costs_a_call_in_five_minutes_and_is_not_told(chat: Chat, yoga: Room) -> None:
    before = len(chat.world.calls)
    await minutes(chat, 30)

    assert [call.operation for call in chat.world.calls[before:]] == ["sessions.list"] * 6  # and not 26
    assert cards(chat, "no host came") == []


async def test_a_wait_is_looked_at_when_it_begins_and_when_it_is_too_long(chat: Chat, yoga: Room) -> None:
    await minutes(chat, 7)
    before = len(chat.world.calls)
    yoga.join("Gus")
    await minutes(chat, 5)

    looks = [call.operation for call in chat.world.calls[before:]]
    assert looks.count("sessions.list") == 2
    assert len(looks) == 11  # and not 27
    assert cards(chat, "1 person waits in yoga")


async def test_the_guests_hear_that_the_host_is_late(chat: Chat, yoga: Room) -> None:
    card = await waiting(chat, yoga)

    said = await chat.clicks("mo", "Tell them", card)

    assert [message.text for message in yoga.messages] == [
        "The host is late, sorry. Please stay: it begins when the host is here."
    ]
    assert "Mo said to 2 people in yoga" in said.text


async def test_today_is_called_off_with_a_reason_that_the_guests_read(chat: Chat, yoga: Room) -> None:
    card = await waiting(chat, yoga)

    confirm = await chat.clicks("mo", "Cancel today", card)
    assert "End and lock yoga for 2 people?" in confirm.text
    await chat.clicks("mo", "End and lock for 2 people", confirm)
    await minutes(chat, 1)

    assert not yoga.enabled
    [ended] = chat.calls("active_rooms.end_room")
    assert ended.body == {"reason": "The host could not come today.", "lock": True}
    [card] = cards(chat, "Nobody waits in yoga any more; no host had come.")
    assert card.buttons == ()


async def test_the_next_day_it_is_told_anew(chat: Chat, yoga: Room) -> None:
    await waiting(chat, yoga)
    await chat.passes("55m")
    await chat.passes("22h")
    await opens(chat)

    await waiting(chat, yoga)

    assert len(cards(chat, "No host came to yoga in its hours")) == 1


async def test_a_host_who_comes_stands_on_the_card(chat: Chat, yoga: Room) -> None:
    await waiting(chat, yoga)
    yoga.join("Hana", role="host")
    await minutes(chat, 1)

    [card] = cards(chat, "“Hana” is in yoga now.")
    assert card.buttons == ()
    assert cards(chat, "no host") == []


async def test_a_room_may_give_its_host_more_time(chat: Chat) -> None:
    room = chat.world.add_room("yoga")
    said = await chat.says("ada", "/hms room defaults yoga --host-wait 10")
    assert "wait for a host: 10m" in said.text
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --room yoga --yes")
    await opens(chat)
    room.join("Gus")
    await minutes(chat, 9)
    assert cards(chat, "no host came") == []
    await minutes(chat, 1)
    assert cards(chat, "1 person waits in yoga, and no host came in 10 minutes.")


@pytest.mark.parametrize("line", ["schedule pause --room yoga", "schedule remove --room yoga --yes"])
async def test_hours_that_count_no_more_tell_nothing(chat: Chat, yoga: Room, line: str) -> None:
    yoga.join("Gus")
    await minutes(chat, 4)
    await chat.says("ada", f"/hms {line}")
    await minutes(chat, 10)
    assert cards(chat, "no host") == []


@pytest.mark.parametrize("line", ["schedule pause --room yoga", "schedule remove --room yoga --yes"])
async def test_hours_that_are_changed_while_guests_wait_are_not_said_to_be_over(
    chat: Chat, yoga: Room, line: str
) -> None:
    await waiting(chat, yoga)
    await chat.says("ada", f"/hms {line}")
    await minutes(chat, 1)
    assert cards(chat, "No host had come to yoga when its hours (#1) were changed.")
    assert cards(chat, "No host came to yoga in its hours") == []


async def test_a_wait_that_is_over_when_the_bot_comes_back_is_not_told(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await chat.stops()
    chat.clock.now += chat.span("2h")
    await chat.starts()
    await minutes(chat, 5)
    assert cards(chat, "no host") == []


async def test_a_wait_that_nobody_watched_is_told_when_the_bot_is_back(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await chat.stops()
    chat.clock.now += chat.span("20m")
    await chat.starts()
    await chat.passes("1s")
    assert cards(chat, "1 person waits in yoga")


async def test_a_card_is_brought_up_to_date_also_after_an_outage(chat: Chat, yoga: Room) -> None:
    await waiting(chat, yoga)
    await chat.stops()
    chat.clock.now += chat.span("20m")
    await chat.starts()
    await chat.passes("1s")
    yoga.join("Hana", role="host")
    await minutes(chat, 1)
    assert cards(chat, "“Hana” is in yoga now.")
    assert cards(chat, "no host") == []


async def test_a_look_that_fails_breaks_no_wait_off_and_is_not_told(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    await minutes(chat, 4)
    chat.world.fault("/sessions", status=403)
    await minutes(chat, 1)
    assert cards(chat, "no host") == []
    assert cards(chat, "could not be done") == []
    await minutes(chat, 1)
    assert cards(chat, "1 person waits in yoga")


async def test_where_nobody_could_be_a_host_nobody_is_missed(chat: Chat, yoga: Room) -> None:
    for role in yoga.template.roles.values():
        role["permissions"] = {"endRoom": False}
    yoga.join("Gus")
    await minutes(chat, 10)
    assert cards(chat, "no host") == []


async def test_a_door_that_stays_locked_is_not_looked_behind(chat: Chat) -> None:
    chat.world.add_room("yoga")
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --room yoga --yes")
    await chat.says("mo", "/hms room lock yoga --keep --reason spam --yes")
    await opens(chat)
    await minutes(chat, 6)
    assert chat.calls("sessions.list") == []
