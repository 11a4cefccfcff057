"""The hours of a room: it opens and closes by the clock, also past what people and machines do to it.

Long because the door is held against each of them, and each is a conversation.
"""

import asyncio
from threading import current_thread, main_thread

import holidays
import pytest
from holidays import country_holidays
from icalendar import Calendar

from bot.dispatch import ledger
from bot.dispatch.context import context
from bot.features.schedule import holiday
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said

HOURS = "mon-fri 10:00-11:00 --tz UTC"  # it is Monday, 09:00


@pytest.fixture
def yoga(chat: Chat) -> Room:
    return chat.world.add_room("yoga")


async def hours(chat: Chat, words: str = HOURS) -> Said:
    return await chat.says("ada", f"/hms schedule window {words} --room yoga --yes")


def card(chat: Chat) -> Said:
    """The newest message that everybody reads in #classes."""
    return Said(tuple(one for one in chat.reads("max").messages if one.only_for is None)[-1:])


async def test_a_card_says_what_hours_mean_and_when_they_come(chat: Chat, yoga: Room) -> None:
    confirm = await chat.says("ada", f"/hms schedule window {HOURS} --warn 10,1 --room yoga")

    assert "Open and close yoga by the clock?" in confirm.text
    assert "people are warned 10 minutes and 1 minute before" in confirm.text
    assert "locked now" in confirm.text
    assert confirm.text.count("•") == 5
    assert yoga.enabled

    said = await chat.clicks("ada", "Keep these hours", confirm)
    assert not yoga.enabled
    assert "It is locked now, and opens 2 Mar 09:59" in said.text


async def test_a_day_of_a_room_with_hours(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    assert yoga.enabled
    assert "yoga is open until 2 Mar 11:00 UTC." in card(chat).text
    assert card(chat).buttons == ("+5 min", "+15 min", "End now", "Cancel")

    yoga.join("Hana", role="host")
    await chat.passes("56m")
    assert [message.text for message in yoga.messages] == ["This session ends in 5 minutes."]
    await chat.passes("5m")

    assert not yoga.enabled
    assert not yoga.session
    assert (
        "its session was ended for 1 person, and it is locked. It opens again 3 Mar 09:59" in card(chat).text
    )
    assert card(chat).buttons == ("Unlock yoga",)
    status = (await chat.says("mo", "/hms status yoga")).text
    assert "locked until 3 Mar 09:59" in status
    assert "Locked outside its hours, since 2 Mar 11:00" in status

    await chat.passes("22h59m")
    assert yoga.enabled
    over = next(said for said in chat.channel("classes") if "The hours of yoga are over" in said)
    assert "3 Mar 09:59 UTC · The hours of yoga have begun (#1)." in over
    assert "Unlock yoga" not in chat.reads("max").buttons


async def test_an_end_of_its_own_leaves_the_end_of_the_hours_to_be_told_once(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    yoga.join("Hana", role="host")
    await chat.says("mo", "/hms end-room yoga --in 58m --yes")
    await chat.passes("59m")
    assert card(chat).text.startswith("Mo ended yoga for 1 person, as planned")

    yoga.join("Ivy")
    await chat.passes("2m")

    said = "\n".join(chat.channel("classes"))
    assert said.count("as planned") == 1
    assert said.count("The hours of yoga are over") == 1
    assert card(chat).buttons == ("Unlock yoga",)


async def test_an_end_with_nobody_there_locks_the_door(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    await chat.passes("61m")

    assert not yoga.enabled
    assert chat.calls("active_rooms.end_room") == []
    assert "Nobody was there; it is locked." in card(chat).text


async def test_an_end_that_100ms_does_not_answer_locks_the_door_all_the_same(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    yoga.join("Hana", role="host")
    chat.world.fault(f"/active-rooms/{yoga.id}/end-room", status=500, times=3)
    await chat.passes("61m")

    assert not yoga.enabled
    assert "it is locked, but 100ms did not say whether its session was ended. Look" in card(chat).text
    assert "It opens again 3 Mar 09:59 UTC." in card(chat).text
    assert card(chat).buttons == ("Unlock yoga",)
    listed = (await chat.says("vi", "/hms schedule list --room yoga")).text
    assert "Locked 2 Mar 11:00 UTC, but 100ms did not say whether its session was ended." in listed
    await chat.bot.reconcile()
    await chat.passes("5m")
    assert "was opened at 100ms" not in "\n".join(chat.channel("classes"))


async def looked_after(chat: Chat, times: int = 12) -> None:
    """So often in five minutes the hours of rooms are held against what is so."""
    for _ in range(times):
        await chat.passes("5m")
        await chat.bot.reconcile()


@pytest.mark.parametrize(("status", "words"), [(400, "Bad Request"), (403, "Forbidden"), (409, "Conflict")])
async def test_an_end_that_100ms_refuses_locks_the_door_all_the_same_and_is_told_once(
    chat: Chat, yoga: Room, status: int, words: str
) -> None:
    await hours(chat)
    await chat.passes("59m")
    yoga.join("Gus")
    chat.world.fault(f"/active-rooms/{yoga.id}/end-room", status=status, times=1)
    await chat.passes("61m")

    assert (bool(yoga.session), yoga.enabled) == (True, False)
    assert f"it is locked, but 100ms refused to end its session: {words}. Whoever" in card(chat).text
    assert "It opens again 3 Mar 09:59 UTC." in card(chat).text
    assert card(chat).buttons == ("Unlock yoga",)
    told = chat.channel("classes")
    await looked_after(chat)
    assert chat.channel("classes") == told


async def test_a_door_that_100ms_refuses_to_lock_at_first_is_locked(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    chat.world.fault(f"/rooms/{yoga.id}", method="POST", status=403, times=1)
    await chat.passes("61m")

    assert not yoga.enabled
    assert "Nobody was there; it is locked." in card(chat).text


async def test_a_door_that_100ms_refuses_to_lock_is_told_once_and_locked_when_it_does_not(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat)
    await chat.passes("59m")
    yoga.join("Gus")
    chat.world.fault(f"/active-rooms/{yoga.id}/end-room", status=403, times=1)
    chat.world.fault(f"/rooms/{yoga.id}", method="POST", status=403, times=8)
    await chat.passes("61m")
    assert yoga.enabled
    await looked_after(chat)

    told = "\n".join(chat.channel("classes"))
    assert told.count("could not be done") == 1
    assert not yoga.enabled
    assert told.count("100ms refused to end its session") == 1


async def test_an_end_that_is_late_because_100ms_refused_does_not_say_that_nobody_was_there(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat)
    await chat.passes("59m")
    chat.world.fault(f"/rooms/{yoga.id}", method="POST", status=403, times=8)
    await chat.passes("61m")
    await looked_after(chat)

    assert not yoga.enabled
    told = "\n".join(chat.channel("classes"))
    assert "Nobody was there; it is locked. It opens again 3 Mar 09:59 UTC. That was 35 minutes late." in told
    assert "I was not there" not in told


async def test_whoever_is_faster_than_the_end_of_hours_leaves_no_door_open(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    yoga.join("Gus")
    chat.way.hold(f"/v2/active-rooms/{yoga.id}/end-room")
    ending = asyncio.create_task(chat.passes("61m"))
    await chat.way.asked.wait()
    yoga.end(by="Hana")
    chat.way.let_go()
    await ending

    assert not yoga.enabled
    assert "Nobody was there; it is locked." in card(chat).text
    assert "could not be done" not in "\n".join(chat.channel("classes"))


async def test_a_warning_that_nobody_is_there_to_hear_takes_no_end_away(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    await chat.passes("56m")
    await chat.passes("5m")

    assert not yoga.enabled


async def test_five_more_minutes_are_five_more_minutes_and_this_time_only(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("59m")
    yoga.join("Gus")
    await chat.clicks("mo", "+5 min", card(chat))
    await chat.passes("61m")
    assert yoga.session
    await chat.bot.reconcile()
    await chat.passes("3m")
    assert yoga.session
    assert yoga.enabled
    await chat.passes("2m")
    assert not yoga.session
    assert not yoga.enabled

    await chat.passes("22h54m")  # tomorrow, 10:00
    assert "yoga is open until 3 Mar 11:00" in card(chat).text


async def test_an_end_that_is_called_off_leaves_the_room_open_until_it_opens_again(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat)
    await chat.passes("59m")
    await chat.clicks("mo", "Cancel", card(chat))
    await chat.passes("2h")
    await chat.bot.reconcile()
    await chat.passes("1m")
    assert yoga.enabled

    await chat.passes("22h")
    assert "yoga is open until 3 Mar 11:00" in card(chat).text


async def test_hours_made_while_people_are_inside_throw_nobody_out(chat: Chat, yoga: Room) -> None:
    yoga.join("Gus")
    confirm = await chat.says("ada", f"/hms schedule window {HOURS} --room yoga")
    assert "locked now: 1 person inside can stay, nobody new can come in" in confirm.text

    await chat.clicks("ada", "Keep these hours", confirm)

    assert yoga.session
    assert not yoga.enabled


async def test_hours_made_in_the_middle_of_them_open_the_room_and_end_it(chat: Chat, yoga: Room) -> None:
    said = await hours(chat, "mon-fri 08:00-10:00 --tz UTC")
    assert "It is open now, until 2 Mar 10:00" in said.text
    await chat.passes("1h")
    assert not yoga.enabled


async def test_a_lock_by_hand_lasts_until_the_next_opening(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("65m")
    confirm = await chat.says("mo", "/hms room lock yoga")
    assert "opens 3 Mar 09:59 UTC, with its hours" in confirm.text
    await chat.clicks("mo", "Lock yoga", confirm)
    await chat.bot.reconcile()
    await chat.passes("1h")
    assert not yoga.enabled

    await chat.passes("23h")
    assert yoga.enabled


async def test_a_lock_that_is_to_be_kept_is_stronger_and_is_told(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms room lock yoga --keep --reason spam --yes")
    await chat.passes("59m")

    assert not yoga.enabled
    told = "\n".join(chat.channel("classes"))
    assert "yoga stays locked, though its hours begin: Mo locked it, spam" in told


async def test_a_skipped_day_does_not_come(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    said = await chat.says("mo", "/hms schedule skip today --room yoga")
    assert "Mo skipped Mar 2, 2026 in the hours of yoga" in said.text
    shown = (await chat.says("mo", "/hms schedule show --room yoga")).text
    assert "not on Mar 2, 2026: skipped" in shown

    await chat.passes("2h")
    assert not yoga.enabled
    await chat.passes("23h")
    assert yoga.enabled


async def test_a_day_is_left_out_on_a_card_that_says_what_that_means(chat: Chat, yoga: Room) -> None:
    await hours(chat)

    card = await chat.says("mo", "/hms pls schedule skip tomorrow --room yoga")
    assert "Keep yoga closed on Mar 3, 2026?\nopens next 2 Mar" in card.text
    await chat.clicks("mo", "Skip that day", card)
    back = await chat.says("mo", "/hms pls schedule keep tomorrow --room yoga")

    assert "Let yoga open on Mar 3, 2026 after all?" in back.text
    told = " ".join((*chat.channel("classes"), card.text, back.text))
    assert "2026-03-" not in told


async def test_holidays_do_not_come(chat: Chat, yoga: Room) -> None:
    await hours(chat, "daily 10:00-11:00 --tz Europe/Rome")
    said = await chat.says("mo", "/hms schedule skip holidays IT --room yoga")
    assert "Mo leaves the holidays of IT out" in said.text
    assert "not on Apr 6, 2026: Easter Monday (IT)" in said.text


async def test_nobody_waits_for_a_calendar_after_a_restart_or_in_a_new_year(
    chat: Chat, yoga: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hours(chat, "daily 10:00-11:00 --tz Europe/Rome")
    await chat.says("mo", "/hms schedule skip holidays IT --room yoga")
    await chat.stops()
    holiday._year.cache_clear()
    loaded: list[tuple[int, bool]] = []

    def load(*named: str, years: int, **more: object) -> object:
        loaded.append((years, current_thread() is main_thread()))
        return country_holidays(*named, years=years, **more)

    monkeypatch.setattr(holidays, "country_holidays", load)
    chat.clock.now += chat.span("1d")  # it would have opened meanwhile
    await chat.starts()
    await chat.passes("1m")
    assert "daily 10:00" in (await chat.says("mo", "/hms schedule list --room yoga")).text
    await chat.passes("305d")
    await chat.says("mo", "/hms schedule list --room yoga")

    assert set(loaded) == {(2025, False), (2026, False), (2027, False), (2028, False)}


async def test_paused_hours_leave_the_door_and_ask_what_to_do(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    said = await chat.says("mo", "/hms schedule pause --room yoga")
    assert "yoga is locked, and stays so." in said.text
    await chat.passes("2h")
    assert not yoga.enabled
    await chat.clicks("mo", "Open it", said)
    assert yoga.enabled

    await chat.says("mo", "/hms schedule resume --room yoga")
    assert not yoga.enabled  # it is 11:00
    await chat.passes("23h")
    assert yoga.enabled


async def test_in_a_pause_the_door_is_left_as_somebody_has_it_at_100ms(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule pause --room yoga")
    yoga.enabled = True
    await chat.passes("6m")
    assert yoga.enabled


async def test_hours_that_are_resumed_in_the_middle_of_them_open(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule pause --room yoga")
    await chat.passes("90m")
    said = await chat.says("mo", "/hms schedule resume --room yoga")
    assert yoga.enabled
    assert "Open until 2 Mar 11:00" in said.text
    await chat.passes("30m")
    assert not yoga.enabled


async def test_hours_that_are_paused_and_resumed_in_the_middle_of_them_still_end(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat)
    await chat.passes("70m")
    yoga.join("Gus")
    await chat.says("mo", "/hms schedule pause --room yoga")
    await chat.says("mo", "/hms schedule resume --room yoga")
    await chat.passes("50m")
    assert not yoga.session
    assert not yoga.enabled


async def test_hours_that_are_removed_do_nothing_more(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("70m")
    said = await chat.says("ada", "/hms schedule remove --room yoga --yes")
    assert "Ada removed the hours of yoga" in said.text
    await chat.passes("1d")
    assert yoga.enabled
    assert "does not close by itself any more" in "\n".join(chat.channel("classes"))


async def test_a_room_opens_early_this_time_only(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms open-early --room yoga")
    assert yoga.enabled
    await chat.passes("2h")
    assert not yoga.enabled
    await chat.passes("22h")
    assert not yoga.enabled  # it is 09:00 tomorrow


async def test_what_is_opened_at_100ms_outside_its_hours_is_locked_and_told(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    yoga.enabled = True
    await chat.bot.reconcile()
    await chat.passes("1s")

    assert not yoga.enabled
    assert "yoga was opened at 100ms outside its hours" in card(chat).text
    await chat.clicks("mo", "Open it", card(chat))
    await chat.bot.reconcile()
    await chat.passes("1s")
    assert yoga.enabled  # by hand, until its next moment


async def test_a_day_that_is_kept_locks_nothing_that_somebody_opened(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule skip tomorrow --room yoga")
    await chat.says("mo", "/hms room unlock yoga")
    await chat.says("mo", "/hms schedule keep tomorrow --room yoga")
    assert yoga.enabled
    await chat.passes("59m")
    await chat.passes("61m")
    assert not yoga.enabled  # until its next moment


async def test_other_hours_that_are_resumed_lock_nothing_that_somebody_opened(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await hours(chat, "daily 14:00-15:00 --tz UTC")
    await chat.says("mo", "/hms schedule pause 2 --room yoga")
    await chat.says("mo", "/hms room unlock yoga")
    await chat.says("mo", "/hms schedule resume 2 --room yoga")
    assert yoga.enabled


async def test_what_is_locked_at_100ms_in_its_hours_is_left_and_told(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("65m")
    yoga.enabled = False
    await chat.bot.reconcile()
    await chat.passes("1s")

    assert not yoga.enabled
    assert "yoga was locked at 100ms though its hours" in card(chat).text


async def test_a_bot_that_was_away_over_the_end_locks_when_it_comes_back(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("65m")
    yoga.join("Gus")
    await chat.stops()
    chat.clock.now += chat.span("3h")
    await chat.starts()
    await chat.passes("1s")

    assert not yoga.session
    assert not yoga.enabled
    assert "That was 2 hours late." in card(chat).text


async def test_a_bot_that_was_away_for_days_does_what_is_true_now(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("65m")
    await chat.stops()
    chat.clock.now += chat.span("2d")
    await chat.starts()
    await chat.passes("1s")

    assert yoga.enabled  # Wednesday, 10:05
    assert "yoga was not closed before its next hours began" in "\n".join(chat.channel("classes"))
    await chat.passes("1h")
    assert not yoga.enabled


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("mon-fri 09:00-09:00", "end"),
        ("mon-fri 25:00-26:00", "is no hours of a day"),
        ("1-5 09:00-17:00", "is not days of the week"),
        ("mon-fri 09:00-17:00 --tz Europe/Roma", "There is no time zone Europe/Roma"),
        ("mon-fri 09:00-17:00 --open-before 20h", "It can open at most 12h before"),
    ],
)
async def test_what_cannot_be_meant_is_said_and_nothing_is_kept(
    chat: Chat, yoga: Room, line: str, said: str
) -> None:
    answer = await chat.says("ada", f"/hms schedule window {line} --room yoga --yes")
    assert said in answer.text
    assert "has no hours" in (await chat.says("ada", "/hms schedule show --room yoga")).text


async def test_hours_that_overlap_are_refused_with_both_named(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    said = await hours(chat, "wed 10:30-12:00 --tz UTC")
    assert "These hours overlap with #1" in said.text
    assert "on Mar 4, 2026" in said.text


async def test_a_room_may_have_two_hours_a_day(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await hours(chat, "mon-fri 14:00-15:00 --tz UTC")
    await chat.passes("65m")
    assert yoga.enabled
    await chat.passes("1h")
    assert not yoga.enabled
    await chat.passes("3h")
    assert yoga.enabled
    listed = (await chat.says("vi", "/hms schedule list --room yoga")).text
    assert "#1" in listed
    assert "#2" in listed


async def test_only_an_admin_gives_hours(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", f"/hms schedule window {HOURS} --room yoga")
    assert "admin" in said.text
    assert yoga.enabled


async def test_hours_of_another_room_are_not_there(chat: Chat, yoga: Room, standup: Room) -> None:
    await hours(chat)
    said = await chat.says("mo", "/hms schedule pause 1 --room standup")
    assert "Nothing of the number 1 is scheduled in standup." in said.text


async def test_one_of_several_hours_is_named_by_its_number(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await hours(chat, "mon-fri 14:00-15:00 --tz UTC")
    said = await chat.says("mo", "/hms schedule pause --room yoga")
    assert "yoga has several hours: say which, #1 and #2." in said.text
    said = await chat.says("mo", "/hms schedule skip 2 tomorrow --room yoga")
    assert "Mo skipped Mar 3, 2026 in the hours of yoga (#2)" in said.text


async def test_the_week_is_drawn_and_said(chat: Chat, yoga: Room) -> None:
    await hours(chat, "mon-fri 22:00-02:00 --tz UTC")
    await chat.says("mo", "/hms schedule skip tomorrow --room yoga")

    said = await chat.says("vi", "/hms schedule list --room yoga")

    assert "Mon: 22:00\N{EN DASH}02:00" in said.text
    assert "Tue: skipped" in said.text
    assert "Sat: closed" in said.text


async def test_the_hours_are_exported_for_a_calendar(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("mo", "/hms schedule skip tomorrow --room yoga")

    said = await chat.says("vi", "/hms schedule export --room yoga")

    assert "The hours of yoga, for your calendar." in said.text
    [file] = chat.reads("vi", "dm").messages[-1].files
    calendar = Calendar.from_ical(file.content)
    [series] = calendar.walk("VEVENT")
    assert series["rrule"]["byday"] == ["MO", "TU", "WE", "TH", "FR"]
    assert "EXDATE" in series


async def test_only_an_admin_takes_hours_away(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    said = await chat.says("mo", "/hms schedule remove --room yoga --yes")
    assert "Only admins can do this" in said.text
    assert "#1" in (await chat.says("mo", "/hms schedule show --room yoga")).text


async def test_one_thing_of_the_schedule_is_removed_by_its_number(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.says("ada", "/hms schedule every 'daily 12:00' room unlock yoga")
    assert "room unlock yoga" in (await chat.says("mo", "/hms schedule list --room yoga")).text

    said = await chat.says("ada", "/hms schedule remove 2 --room yoga --yes")

    assert "Ada removed “room unlock yoga” from the schedule of yoga (#2)." in said.text
    listed = (await chat.says("mo", "/hms schedule list --room yoga")).text
    assert "#1" in listed
    assert "#2" not in listed


@pytest.mark.parametrize("number", ["1", "2"])
async def test_a_removal_that_is_run_again_after_it_was_cut_off_says_the_same(
    chat: Chat, yoga: Room, number: str
) -> None:
    await hours(chat)
    await chat.says("ada", "/hms schedule every 'daily 12:00' room unlock yoga")
    await chat.says("ada", f"/hms schedule remove {number} --room yoga --yes")
    road = chat.bot.dispatcher
    removal = await ledger.known(road, 3)

    said = await road.registry.load(removal.invocation).run(context(road, removal.actor, removal))

    assert said == removal.answer


async def test_nobody_is_offered_what_they_may_not_do(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.grants("vi", chat.VIEWER)
    assert (await chat.says("vi", "/hms schedule show --room yoga")).buttons == ()
    assert (await chat.says("mo", "/hms schedule show --room yoga")).buttons == ("Pause",)
    assert (await chat.says("ada", "/hms schedule show --room yoga")).buttons == ("Pause", "Remove…")


async def test_a_room_that_is_gone_holds_up_no_other_and_floods_nobody(chat: Chat, yoga: Room) -> None:
    chat.world.add_room("aikido")
    await chat.says("ada", f"/hms schedule window {HOURS} --room aikido --yes")
    await hours(chat)
    said = len(chat.channel("classes"))
    yoga.enabled = True
    chat.world.fault("/rooms/", method="GET", status=404, times=1)  # what is asked first is aikido

    await chat.bot.reconcile()
    await chat.passes("1s")

    assert not yoga.enabled
    assert len(chat.channel("classes")) == said + 1  # of yoga alone


async def test_an_end_that_was_moved_behind_the_next_opening_gives_way_to_it(chat: Chat, yoga: Room) -> None:
    await hours(chat)
    await chat.passes("65m")
    await chat.says("mo", "/hms schedule extend 24h --room yoga")
    await chat.passes("24h")  # tomorrow, 10:05

    assert yoga.enabled
    assert "yoga was not closed before its next hours began" in "\n".join(chat.channel("classes"))
    await chat.passes("56m")
    assert not yoga.enabled


async def test_an_end_that_was_given_up_is_tried_again_when_the_hours_are_looked_after(
    chat: Chat, yoga: Room
) -> None:
    await hours(chat)
    await chat.passes("65m")
    yoga.join("Gus")
    async with chat.bot.db.write() as tx:  # as a job that failed too often leaves it
        await chat.bot.timers.cancel(tx, "end window", "1:2026-03-02")
    await chat.passes("70m")
    assert yoga.session

    await chat.bot.reconcile()
    await chat.passes("1s")
    await chat.passes("1s")

    assert not yoga.session
    assert not yoga.enabled
