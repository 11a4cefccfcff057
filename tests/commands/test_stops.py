"""What ends a session later: warnings in the room, and one card in Slack through its whole life.

Long because a stop is moved, called off, overtaken and survived by others, and each is a conversation.
"""

import asyncio
from collections.abc import Mapping

import pytest

from bot.command import RoomRef
from bot.dispatch import ledger
from bot.dispatch.context import context
from bot.features.room import later
from bot.features.room.stops import Stops
from sandbox.hms.state.room.room import Room
from tests.bot.features.event.reporting import LOOKED_AT, REPORTED, reporting
from tests.chat import MORNING, PEOPLE, Chat, Said

BUTTONS = ("+5 min", "+15 min", "End now", "Cancel")
SEND = "active_rooms.send_message"


def heard(room: Room) -> list[str]:
    """What was said to everybody in a room."""
    return [message.text for message in room.messages]


def card(chat: Chat) -> Said:
    """The newest message that everybody reads in #classes."""
    return Said(tuple(one for one in chat.reads("max").messages if one.only_for is None)[-1:])


def every_button(chat: Chat) -> list[str]:
    """What Max can press in #classes, on any message."""
    return [button for one in chat.reads("max").messages for button in Said((one,)).buttons]


async def timers(chat: Chat) -> list[str]:
    """What is to come in any room."""
    async with chat.bot.db.read() as tx:
        every = await chat.bot.timers.pending(tx)
    return [timer.kind for timer in every if timer.kind.startswith(("end room", "warn room"))]


async def under_way_elsewhere(chat: Chat, stop: str) -> None:
    """Another process has taken the end of a stop, and is doing it."""
    async with chat.bot.db.write() as tx:
        await chat.bot.timers.cancel(tx, "end room", stop)


# The life of a card.


async def test_a_stop_warns_in_the_room_and_on_its_card_until_it_ends(chat: Chat, standup: Room) -> None:
    confirm = await chat.says("mo", "/hms end-room --in 30m --warn 10,1 --reason 'time is up'")
    assert "people are warned 10 minutes and 1 minute before" in confirm.text
    await chat.clicks("mo", "End in 30m", confirm)

    assert card(chat).text.splitlines() == [
        "standup ends 2 Mar 09:30 UTC for 3 people.",
        "asked by Mo: time is up · people are warned 10 minutes and 1 minute before",
        "#1",
    ]
    assert card(chat).buttons == BUTTONS

    await chat.passes("20m")
    assert heard(standup) == ["This session ends in 10 minutes."]
    assert "people are warned 1 minute before" in card(chat).text

    standup.join("Zoe")
    await chat.passes("9m")
    assert heard(standup) == ["This session ends in 10 minutes.", "This session ends in 1 minute."]
    assert "for 4 people" in card(chat).text
    assert "warned" not in card(chat).text

    await chat.passes("1m")
    assert not standup.session
    assert len(chat.channel("classes")) == 1  # one card from its beginning to its end
    assert card(chat).text == "Mo ended standup for 4 people, as planned (#1)."
    assert card(chat).buttons == ()
    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_after_an_end_with_a_lock_the_card_opens_the_room(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 5m --lock --yes")
    assert "nobody can come back in" in card(chat).text

    await chat.passes("5m")

    assert card(chat).buttons == ("Unlock standup",)
    await chat.clicks("max", "Unlock standup", card(chat))
    assert standup.enabled
    ended = chat.channel("classes")[0]
    assert "Mo ended standup for 3 people and locked it, as planned (#1)." in ended
    assert "2 Mar 09:05 UTC · Max unlocked standup." in ended
    assert chat.reads("max").buttons == ("Lock standup",)  # on the newest message alone


@pytest.mark.parametrize("who", ["a moderator", "the clock"])
async def test_what_was_done_since_is_offered_nowhere_any_more(chat: Chat, standup: Room, who: str) -> None:
    await chat.says("mo", "/hms end-room --in 5m --lock --yes")
    await chat.passes("5m")
    if who == "a moderator":
        await chat.says("max", "/hms room unlock --yes")
    else:
        await chat.says("mo", "/hms room lock --until 12:00 --yes")
        await chat.passes("2h")  # Mo is in Rome

    assert standup.enabled
    assert "Unlock standup" not in every_button(chat)


async def test_while_an_end_is_being_done_nobody_is_told_anything_else(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    await chat.says("ada", "/hms end-room --in 15m --warn 5 --yes")
    await under_way_elsewhere(chat, "1")

    await chat.passes("10m")
    assert heard(standup) == []

    standup.end(by="the other process")
    await chat.passes("5m")
    assert "was over before" not in "\n".join(chat.channel("classes"))


async def test_an_end_at_a_time_of_day_is_asked_and_comes(chat: Chat, standup: Room) -> None:
    confirm = await chat.says("mo", "/hms end-room --at 17:30 --lock")
    assert confirm.text.splitlines()[0] == "End and lock standup for 3 people, 2 Mar 17:30?"
    await chat.clicks("mo", "End and lock it then", confirm)

    await chat.passes("7h25m")  # Mo is in Rome
    assert heard(standup) == ["This session ends in 5 minutes."]
    await chat.passes("5m")

    assert not standup.session
    assert not standup.enabled


# Pressed.


async def test_a_press_moves_the_end_by_exactly_that_and_warns_again(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    await chat.passes("6m")
    assert heard(standup) == ["This session ends in 4 minutes."]  # so much is true by now

    said = await chat.clicks("max", "+5 min", card(chat))

    assert "Max gave standup 5m more, until 2 Mar 09:15 UTC." in said.text
    assert "standup ends 2 Mar 09:15" in card(chat).text
    assert "Max gave standup 5m more" in card(chat).text
    await chat.passes("4m")
    assert heard(standup)[1:] == ["This session ends in 5 minutes."]
    await chat.passes("4m59s")
    assert standup.session
    await chat.passes("1s")
    assert not standup.session
    assert len(chat.channel("classes")) == 1


async def test_two_presses_at_once_are_two_moves_and_both_are_named(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    message, action = card(chat).button("+5 min")

    await asyncio.gather(*(chat.workspace.clicks(PEOPLE[who], message, action) for who in ("mo", "max")))
    await chat.bot.idle()

    assert "standup ends 2 Mar 09:20" in card(chat).text
    assert "Mo gave standup 5m more" in card(chat).text
    assert "Max gave standup 5m more" in card(chat).text


async def test_a_viewer_is_refused_and_nothing_is_moved(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")

    said = await chat.clicks("vi", "+15 min", card(chat))

    assert "Only moderators can do this" in said.text
    assert "standup ends 2 Mar 09:10" in card(chat).text


async def test_end_now_asks_first_and_says_on_the_card_who_did_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    stop = card(chat)

    confirm = await chat.clicks("max", "End now", stop)
    assert standup.session
    await chat.clicks("max", "End for 3 people", confirm)

    assert not standup.session
    assert chat.channel("classes")[0] == "Max ended standup, so no end of it is planned any more."
    assert await timers(chat) == []


async def test_cancelled_it_is_gone_and_says_by_whom(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    stop = card(chat)

    await chat.clicks("max", "Cancel", stop)

    assert card(chat).text == "Max called off the end of standup that was planned for 2 Mar 09:10 UTC."
    assert card(chat).buttons == ()
    assert await timers(chat) == []
    again = await chat.clicks("mo", "Cancel", stop)
    assert "No end is planned for standup" in again.text
    late = await chat.clicks("mo", "+5 min", stop)
    assert "No end is planned for standup" in late.text
    await chat.passes("10m")
    assert standup.session
    assert heard(standup) == []


# Several.


async def three(chat: Chat) -> None:
    """Mo, Max and Ada each want another end."""
    await chat.says("mo", "/hms end-room --in 30m --yes")
    await chat.says("max", "/hms end-room --in 10m --yes")
    await chat.says("ada", "/hms end-room --at 10:00 --yes")


async def test_three_stops_of_a_room_stand_on_one_card_the_nearest_first(chat: Chat, standup: Room) -> None:
    await three(chat)

    first, second, newest = chat.channel("classes")
    assert newest.splitlines()[0] == "standup ends 2 Mar 09:10 UTC for 3 people."
    assert "another end 2 Mar 09:30 UTC, asked by Mo" in newest
    assert "another end 2 Mar 10:00 UTC, asked by Ada" in newest
    assert "Max planned an end of standup for 2 Mar 09:10 UTC." in first
    assert "Ada planned an end of standup for 2 Mar 10:00 UTC." in second
    assert chat.reads("vi").buttons == BUTTONS  # of one card alone
    assert "ends 2 Mar 09:10" in (await chat.says("vi", "/hms status")).text


async def test_a_warning_of_a_later_end_says_when_the_session_ends_in_truth(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms end-room --in 10m --warn 1 --yes")
    await chat.says("max", "/hms end-room --in 12m --warn 5 --yes")

    await chat.passes("7m")

    assert heard(standup) == ["This session ends in 3 minutes."]


async def test_of_several_ends_people_are_warned_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --warn 5 --yes")
    await chat.says("max", "/hms end-room --in 10m --warn 5 --yes")
    await chat.says("ada", "/hms end-room --in 12m --warn 5 --yes")

    await chat.passes("5m")
    await chat.passes("2m")

    assert heard(standup) == ["This session ends in 5 minutes."]


async def test_a_move_past_a_later_stop_says_that_it_comes_first(chat: Chat, standup: Room) -> None:
    await three(chat)

    said = await chat.says("max", "/hms schedule extend 25m")

    assert (
        "Max gave standup 25m more, until 2 Mar 09:35 UTC, but the end planned for 2 Mar 09:30" in said.text
    )
    assert card(chat).text.startswith("standup ends 2 Mar 09:30 UTC")
    assert "another end 2 Mar 09:35 UTC, asked by Max" in card(chat).text


async def test_cancel_takes_the_nearest_away_and_the_next_one_stands_there(chat: Chat, standup: Room) -> None:
    await three(chat)

    said = await chat.says("vi", "/hms end-room --cancel")
    assert "Only moderators" in said.text
    said = await chat.says("mo", "/hms end-room --cancel")

    assert "Mo called off the end of standup that was planned for 2 Mar 09:10 UTC." in said.text
    assert card(chat).text.startswith("standup ends 2 Mar 09:30 UTC")
    assert "Mo called off the end" in card(chat).text
    assert card(chat).buttons == BUTTONS
    await chat.passes("29m")
    assert standup.session
    await chat.passes("1m")
    assert not standup.session


async def test_of_an_end_that_never_was_it_is_not_said_that_it_was(chat: Chat, standup: Room) -> None:
    await three(chat)

    said = await chat.says("mo", "/hms extend 5m --stop 99 --yes")

    assert "That end of standup is not planned, or no longer is." in said.text


async def test_an_old_button_moves_no_other_stop(chat: Chat, standup: Room) -> None:
    await three(chat)
    before = card(chat)
    await chat.clicks("mo", "Cancel", before)

    said = await chat.clicks("max", "Cancel", before)

    assert "is not planned, or no longer is. The next one is planned for 2 Mar 09:30 UTC." in said.text
    assert "The next one is planned for" in (await chat.clicks("max", "+5 min", before)).text
    assert len(await chat.bot.dispatcher.books[Stops].of(standup.id)) == 2


async def test_once_it_has_ended_the_others_are_gone_too(chat: Chat, standup: Room) -> None:
    await three(chat)

    await chat.passes("10m")

    assert not standup.session
    assert len(chat.channel("classes")) == 3  # as before: nothing is posted anew
    assert card(chat).text == "Max ended standup for 3 people, as planned (#2)."
    assert await timers(chat) == []
    assert await chat.bot.dispatcher.books[Stops].of(standup.id) == ()
    assert "ends at" not in (await chat.says("vi", "/hms status")).text


async def test_the_card_stands_wherever_somebody_asked_about_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")

    await chat.says("max", "/hms extend 5m --room standup", channel="webinars")
    await chat.passes("10m")

    assert card(chat).text.startswith("standup ends 2 Mar 09:15 UTC")
    assert chat.channel("webinars") == chat.channel("classes")
    assert heard(standup)[-1:] == ["This session ends in 5 minutes."]


async def test_an_end_that_was_cut_off_is_read_back_and_done_once(chat: Chat, standup: Room) -> None:
    await three(chat)
    chat.way.hold(f"/v2/active-rooms/{standup.id}/end-room")
    chat.clock.now += chat.span("10m")
    await chat.bot.timers.wake()
    await chat.way.asked.wait()
    await chat.dies()
    chat.way.let_go()

    await chat.starts()

    assert not standup.session  # read back, it had not happened: so it was done
    assert len(chat.calls("active_rooms.end_room")) == 1
    assert card(chat).text == "Max ended standup for 3 people, as planned (#2)."


# A session that ends early.


async def test_an_end_that_100ms_does_not_answer_locks_where_it_was_to(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --lock --in 10m --reason 'time is up' --yes")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=500, times=3)
    await chat.passes("10m")

    assert not standup.enabled
    assert "100ms did not say whether it ended standup, as Mo had planned (#1)." in card(chat).text
    assert "It is locked." in card(chat).text
    assert card(chat).buttons == ("Unlock standup",)
    assert "Why: time is up." in (await chat.says("vi", "/hms status")).text


async def test_an_end_by_hand_that_100ms_does_not_answer_locks_where_it_was_to(
    chat: Chat, standup: Room
) -> None:
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=500, times=3)
    said = await chat.says("mo", "/hms end-room --lock --reason 'time is up' --yes")

    assert not standup.enabled
    assert "100ms did not say whether it ended standup. It is locked. Look: /hms status." in said.text
    assert chat.request(said).states[-1] == "unknown"
    seen = (await chat.says("vi", "/hms status")).text
    assert "Locked by Mo" in seen
    assert "Why: time is up." in seen


async def test_an_end_by_hand_and_a_lock_that_100ms_does_not_answer_may_have_been_done_or_not(
    chat: Chat, standup: Room
) -> None:
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=500, times=3)
    chat.world.fault(f"/rooms/{standup.id}", method="POST", status=500, times=9)
    said = await chat.says("mo", "/hms end-room --lock --yes")

    assert "its answer was lost, so it may have been done or not" in said.text


async def test_a_session_that_somebody_else_ended_in_that_moment_is_locked_all_the_same(
    chat: Chat, standup: Room
) -> None:
    chat.way.hold(f"/v2/active-rooms/{standup.id}/end-room")
    ending = await chat.begins(chat.says("mo", "/hms end-room --lock --yes"))
    standup.end(by="Hana")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=500, times=3)
    chat.way.let_go()

    await ending

    assert not standup.enabled
    assert "and locked it" in "\n".join(chat.channel("classes"))


async def test_whoever_is_faster_than_a_planned_end_makes_it_moot(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 5m --yes")
    chat.way.hold(f"/v2/active-rooms/{standup.id}/end-room")
    ending = asyncio.create_task(chat.passes("5m"))
    await chat.way.asked.wait()
    standup.end(by="Hana")
    chat.way.let_go()
    await ending

    assert "The session in standup was over before the end that Mo had planned (#1)." in card(chat).text
    assert "could not be done" not in "\n".join(chat.channel("classes"))


async def refused(chat: Chat, room: Room, plan: str) -> None:
    """An end that Mo has planned, and that 100ms refuses."""
    await chat.says("mo", f"/hms end-room {plan} --yes")
    chat.world.fault(f"/active-rooms/{room.id}/end-room", status=403, times=1)
    await chat.passes("5m")


async def test_an_end_that_100ms_refuses_is_told_on_its_card_alone(chat: Chat, standup: Room) -> None:
    await refused(chat, standup, "--in 5m")

    assert (bool(standup.session), standup.enabled) == (True, True)
    assert chat.channel("classes") == [card(chat).text]
    assert card(chat).text == (
        "100ms refused to end standup, as Mo had planned (#1): Forbidden. It goes on, and no longer ends by "
        "this plan. End it by hand: /hms end-room."
    )
    assert "No end is planned for standup" in (await chat.says("mo", "/hms schedule extend 5m")).text


async def test_an_end_that_100ms_refuses_locks_where_it_was_to(chat: Chat, standup: Room) -> None:
    await refused(chat, standup, "--in 5m --lock")

    assert not standup.enabled
    assert "It is locked." in card(chat).text
    assert card(chat).buttons == ("Unlock standup",)
    assert "Locked by Mo" in (await chat.says("vi", "/hms status")).text


async def test_where_100ms_refuses_to_lock_too_that_is_said(chat: Chat, standup: Room) -> None:
    chat.world.fault(f"/rooms/{standup.id}", method="POST", status=403, times=1)
    await refused(chat, standup, "--in 5m --lock")

    assert "100ms refused to lock it too." in card(chat).text
    assert card(chat).buttons == ()


async def test_an_end_that_100ms_refused_is_none_to_call_off(chat: Chat, standup: Room) -> None:
    await refused(chat, standup, "--in 5m")
    await chat.says("mo", "/hms end-room --in 20m --yes")
    await chat.says("max", "/hms end-room --cancel")
    await chat.passes("21m")

    assert standup.session


async def test_an_end_that_100ms_refused_takes_no_warning_from_the_next(chat: Chat, standup: Room) -> None:
    await refused(chat, standup, "--in 5m --warn 9")
    await chat.says("mo", "/hms end-room --in 4m --warn 2 --yes")
    await chat.passes("2m")

    assert heard(standup) == ["This session ends in 2 minutes."]


async def test_an_end_that_100ms_does_not_answer_leaves_a_lock_that_somebody_keeps(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms end-room --lock --in 10m --yes")
    await chat.says("max", "/hms room lock --keep --reason 'nobody before Monday' --yes")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=500, times=3)
    await chat.passes("10m")

    assert not standup.enabled
    assert "Why: nobody before Monday." in (await chat.says("vi", "/hms status")).text


async def test_an_end_that_100ms_does_not_answer_locks_nothing_else(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    chat.world.fault(f"/active-rooms/{standup.id}/end-room", status=500, times=3)
    await chat.passes("10m")

    assert standup.enabled
    assert "It is locked." not in card(chat).text


async def test_a_session_that_ended_early_is_found_over_at_the_next_warning(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms end-room --in 30m --warn 10,5 --yes")
    standup.end(by="Hana")
    standup.join("Ivy")

    await chat.passes("20m")

    over = "The session in standup was over before the end that Mo had planned (#1). Nothing was done."
    assert card(chat).text == over
    assert card(chat).buttons == ()
    assert await timers(chat) == []
    assert heard(standup) == []
    assert standup.session


@pytest.mark.parametrize("besides", [REPORTED, LOOKED_AT], ids=["reported", "looked at"])
async def test_its_ends_are_not_of_the_next_session(sqlite_url: str, besides: Mapping[str, str]) -> None:
    async with reporting(sqlite_url, besides) as reported:
        chat, room = reported.chat, reported.room
        await chat.binds("classes", room)
        room.join("Gus")
        await chat.says("mo", "/hms end-room --in 30m --yes")
        await reported.passes("1m")
        room.end(by="Gus")
        await reported.passes("1m")
        assert "was over before the end that Mo had planned" in "\n".join(chat.channel("classes"))

        room.join("Ivy")
        assert "ends" not in (await chat.says("vi", "/hms status")).text
        assert "No end is planned" in (await chat.says("mo", "/hms schedule extend 15m")).text
        assert "No end is planned" in (await chat.says("mo", "/hms end-room --cancel")).text
        assert await timers(chat) == []


async def test_what_a_session_leaves_behind_while_its_end_is_being_done_is_told_by_that(
    sqlite_url: str,
) -> None:
    async with reporting(sqlite_url, REPORTED) as reported:
        chat, room = reported.chat, reported.room
        await chat.binds("classes", room)
        room.join("Gus")
        await chat.says("mo", "/hms end-room --in 10m --yes")
        await under_way_elsewhere(chat, "1")
        chat.clock.now += chat.span("10m")
        room.end(by="hms-bot")
        await reported.passes("1m")

        assert "was over before" not in "\n".join(chat.channel("classes"))


async def test_ended_by_hand_it_is_moot_at_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 30m --yes")
    await chat.says("ada", "/hms end-room --in 40m --yes")

    await chat.says("max", "/hms end-room --yes")

    assert "Max ended standup, so no end of it is planned any more." in chat.channel("classes")
    assert await timers(chat) == []
    standup.join("Ivy")
    await chat.passes("40m")
    assert standup.session


# Cut off.


async def test_slept_through_a_warning_says_what_is_true_and_the_end_is_made_up_for(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms end-room --in 30m --warn 10,5,1 --yes")
    await chat.stops()
    chat.clock.now += chat.span("26m")
    await chat.starts()
    await chat.passes("1s")
    assert heard(standup) == ["This session ends in 4 minutes."]

    await chat.stops()
    chat.clock.now += chat.span("10m")
    await chat.starts()
    await chat.passes("1s")

    assert not standup.session
    assert heard(standup) == ["This session ends in 4 minutes."]
    assert card(chat).text == "Mo ended standup for 3 people, as planned (#1)."


async def test_a_warning_that_was_cut_off_is_never_given_twice_and_the_card_says_so(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms end-room --in 10m --warn 5 --yes")
    chat.way.hold(f"/v2/active-rooms/{standup.id}/send-message")
    chat.clock.now += chat.span("5m")
    await chat.bot.timers.wake()
    await chat.way.asked.wait()
    await chat.dies()
    chat.way.let_go()

    await chat.starts()

    assert heard(standup) == []
    assert "100ms did not say whether standup was warned of its end." in card(chat).text
    assert card(chat).buttons == BUTTONS
    await chat.passes("5m")
    assert not standup.session


async def test_a_move_that_is_run_again_after_it_was_cut_off_moves_once(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    await chat.clicks("max", "+5 min", card(chat))
    road = chat.bot.dispatcher
    cut_off = await ledger.known(road, 2)

    said = await later.extend(
        context(road, cut_off.actor, cut_off), RoomRef(id=standup.id), chat.span("5m"), "1", opens=None
    )

    assert said == cut_off.answer
    assert card(chat).text.startswith("standup ends 2 Mar 09:15 UTC")
    [stop] = await road.books[Stops].of(standup.id)
    assert stop.ends_at == MORNING + chat.span("15m")


async def test_a_moment_that_was_under_way_when_its_end_was_moved_ends_nothing(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    async with chat.bot.db.read() as tx:
        [under_way] = await chat.bot.timers.pending(tx, kind="end room")
    await chat.clicks("max", "+5 min", card(chat))
    async with chat.bot.db.write() as tx:
        await chat.bot.timers.set(tx, under_way)

    await chat.passes("10m")

    assert standup.session
    assert "standup ends 2 Mar 09:15 UTC" in card(chat).text


@pytest.mark.parametrize("asked", ["--in 5m", "--at 2026-03-02T09:05Z"])
async def test_a_clock_that_is_set_back_moves_what_is_counted_alone(
    chat: Chat, standup: Room, asked: str
) -> None:
    await chat.says("mo", f"/hms end-room {asked} --warn 1 --yes")
    await chat.sets_clock_back("2h")

    await chat.passes("4m")
    counted = asked == "--in 5m"
    assert heard(standup) == (["This session ends in 1 minute."] if counted else [])
    await chat.passes("1m")
    assert bool(standup.session) is not counted

    await chat.passes("2h")
    assert not standup.session
    assert len(chat.calls("active_rooms.end_room")) == 1


# Asked for wrongly.


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--at 08:00", "“08:00” is over. Write a later time"),
        ("--at 25:00", "is no time"),
        ("--in 5m --at 17:30", "either how long to wait or at which moment"),
        ("--in 5m --warn soon", "“soon” is no list of minutes. Write them like 10,5,1, or none."),
        ("--in 5m --warn 1,2,3,4,5,6,7,8,9,10,11", "more than 10 warnings"),
        ("--warn 5", "Say when it is to end"),
        ("--warn 5 --yes", "Say when it is to end"),
    ],
)
async def test_what_cannot_be_meant_is_a_sentence_and_nothing_is_planned(
    chat: Chat, standup: Room, line: str, said: str
) -> None:
    assert said in (await chat.says("mo", f"/hms end-room {line}")).text
    assert standup.session
    assert await timers(chat) == []


async def test_a_moment_that_passed_before_the_yes_ends_nothing(chat: Chat, standup: Room) -> None:
    confirm = await chat.says("mo", "/hms end-room --at 2026-03-02T09:05Z")
    await chat.passes("6m")

    said = await chat.clicks("mo", confirm.buttons[0], confirm)

    assert "has passed, so standup goes on." in said.text
    assert standup.session
    assert await timers(chat) == []


async def test_a_room_says_when_people_are_warned_unless_the_line_does(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --warn 15,3 --yes")
    assert "Warnings · 15,3" in chat.channel("classes")[-1]

    confirm = await chat.says("mo", "/hms end-room --in 30m")
    assert "people are warned 15 minutes and 3 minutes before" in confirm.text
    confirm = await chat.says("mo", "/hms end-room --in 30m --warn none")
    assert "nobody is warned" in confirm.text
