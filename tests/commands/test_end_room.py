"""``end-room``: the actor confirms, 100ms is called once, the channel reads who did it.

Long because now, later and locked are one command, and each is told with what undoes it.
"""

from datetime import timedelta

import pytest

from bot.reply import lasting
from sandbox.hms.state.beam.beam import Kind, Order
from sandbox.hms.state.room.room import Room
from tests.chat import Chat
from tests.patience import comes_true


async def test_ending_a_room_is_confirmed_and_the_channel_reads_who_did_it(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    assert "End standup for 3 people?" in card.text
    assert card.buttons == ("End for 3 people", "Cancel")
    assert chat.channel("classes") == []  # what only the actor confirms is private
    assert standup.session

    await chat.clicks("mo", "End for 3 people", card)

    assert not standup.session
    assert len(chat.calls("active_rooms.end_room")) == 1
    (told,) = chat.channel("classes")
    assert "Mo ended standup for 3 people, after" in told
    assert chat.request(card).states == ["asked", "waiting", "running", "done"]


async def test_the_card_names_what_stops_with_the_session(chat: Chat, standup: Room) -> None:
    standup.start(Order(kind=Kind.RECORDING, meeting_url="https://classroom.app.100ms.live/preview"))

    card = await chat.says("mo", "/hms end-room")

    assert "1 recording stops" in card.text


async def test_cancelling_leaves_the_room_alone(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "Cancel", card)

    assert standup.session
    assert chat.request(card).states == ["asked", "waiting", "withdrawn"]


async def test_yes_skips_the_confirm_of_the_actor(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room standup --yes")

    assert not standup.session
    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_what_was_seen_to_run_a_moment_ago_is_not_looked_at_twice(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --yes")

    assert len(chat.calls("active_rooms.retrieve")) == 1
    assert not standup.session


async def test_a_session_that_began_while_the_room_was_looked_at_is_not_ended(
    chat: Chat, standup: Room
) -> None:
    chat.way.hold("/v2/recordings")
    ending = await chat.begins(chat.says("mo", "/hms end-room --yes"))
    await comes_true(lambda: chat.calls("active_rooms.retrieve"))
    standup.end()
    standup.join("Ivy")
    chat.clock.now += timedelta(seconds=2)
    chat.way.let_go()

    said = await ending

    assert standup.session
    assert "Another session runs in standup by now, so nothing was ended." in said.text


async def test_a_dry_run_says_what_would_happen_and_does_nothing(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms end-room --dry-run")

    assert "End standup for 3 people?" in said.text
    assert "nothing was done" in said.text
    assert said.buttons == ()
    assert standup.session


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms end-room")

    assert "Only moderators can do this; you are a viewer. Ask Ada." in said.text
    assert standup.session


async def test_somebody_without_a_level_is_refused_and_learns_who_can_help(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    said = await chat.says("vi", "/hms end-room")

    assert "you have no level here. Ask Ada." in said.text
    assert standup.session


async def test_a_guest_of_the_workspace_is_refused_whatever_was_granted(chat: Chat, standup: Room) -> None:
    said = await chat.says("gia", "/hms end-room")

    assert "guest" in said.text
    assert standup.session


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms end-room nosuch")

    assert "There is no room called “nosuch”" in said.text


async def test_several_rooms_at_once_are_refused_with_a_sentence(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms end-room --rooms 'stand*'")

    assert "--rooms" in said.text
    assert standup.session


async def test_a_room_where_nobody_is_needs_no_end(chat: Chat) -> None:
    chat.world.add_room("empty")

    said = await chat.says("mo", "/hms end-room empty")

    assert "Nobody is in empty" in said.text
    assert chat.calls("active_rooms.end_room") == []


async def test_where_nobody_is_an_end_that_locks_offers_to_lock(chat: Chat) -> None:
    empty = chat.world.add_room("empty")

    card = await chat.says("mo", "/hms end-room empty --lock")
    assert "Nobody is in empty. Lock it?" in card.text
    await chat.clicks("mo", "Lock empty", card)

    assert not empty.enabled
    assert not chat.calls("active_rooms.end_room")
    assert "Mo locked empty, in which nobody was." in chat.channel("classes")[-1]

    said = await chat.says("mo", "/hms end-room empty --lock")
    assert "Nobody is in empty, and it is locked already." in said.text


async def test_what_offers_to_lock_offers_it_no_more_behind_an_end_that_locked(
    chat: Chat, standup: Room
) -> None:
    standup.end()
    await chat.says("mo", "/hms room lock --yes")
    unlocked = await chat.says("mo", "/hms room unlock --yes")
    assert unlocked.buttons == ("Lock standup",)

    await chat.says("mo", "/hms end-room --lock --yes")

    shown = [message for message in chat.reads("mo", "classes").messages if "unlocked" in message.text]
    assert shown
    assert not any("Lock standup" in str(message.blocks) for message in shown)


async def test_a_session_that_begins_behind_that_card_is_shown_first(chat: Chat) -> None:
    empty = chat.world.add_room("empty")
    card = await chat.says("mo", "/hms end-room empty --lock")
    empty.join("Gus")

    said = await chat.clicks("mo", "Lock empty", card)

    assert empty.enabled
    assert empty.session
    assert "End and lock empty for 1 person?" in said.text
    assert "Changed since it was asked: A session has begun." in said.text.replace("\n", " ")


async def test_where_the_session_of_an_end_that_locks_is_over_what_is_left_is_asked(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("mo", "/hms end-room --lock")
    standup.end(by="Hana")

    said = await chat.clicks("mo", "End and lock for 3 people", card)
    assert "Nobody is in standup. Lock it?" in said.text
    assert "Changed since it was asked: The session shown is over." in said.text.replace("\n", " ")
    await chat.clicks("mo", "Lock standup", said)

    assert not standup.enabled


async def test_an_end_that_locks_by_the_clock_locks_where_nobody_is(chat: Chat, standup: Room) -> None:
    standup.end()
    card = await chat.says("ada", '/hms schedule every "daily 09:30" end-room --lock')
    assert "Now it would be: Nobody is in standup. Lock it?" in card.text.replace("\n", " ")
    await chat.clicks("ada", "Schedule it", card)

    await chat.passes("31m")

    assert not standup.enabled
    (told,) = (said for said in chat.channel("classes") if "in which nobody was" in said)
    assert "locked standup, in which nobody was." in told


async def test_an_end_by_the_clock_that_does_not_lock_leaves_the_door_of_an_empty_room(
    chat: Chat, standup: Room
) -> None:
    standup.end()
    card = await chat.says("ada", '/hms schedule every "daily 09:30" end-room')
    await chat.clicks("ada", "Schedule it", card)

    await chat.passes("31m")

    assert standup.enabled


async def test_a_session_that_ended_meanwhile_is_not_ended_again(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    standup.end(by="Hana")

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "Nobody is in standup" in said.text
    assert "Nothing was done." in said.text
    assert said.buttons == ()
    assert chat.calls("active_rooms.end_room") == []
    assert chat.request(card).states == ["asked", "waiting", "moot"]
    assert "Nobody is in standup" in chat.request(card).entries[-1].text
    again = await chat.clicks("mo", "End for 3 people", card)
    assert again.text.startswith("End standup for 3 people? Nobody is in standup")  # nobody took it back


@pytest.mark.parametrize("how", ["", "--lock", "--yes --reason 'time is up'"])
async def test_a_session_that_somebody_else_ended_meanwhile_is_said_to_be_ended_by_them(
    chat: Chat, standup: Room, how: str
) -> None:
    card = await chat.says("mo", "/hms end-room")
    faster = await chat.says("max", f"/hms end-room {how}")
    if "--yes" not in how:
        await chat.clicks("max", faster.buttons[0], faster)

    said = await chat.clicks("mo", "End for 3 people", card)

    assert said.text == "End standup for 3 people? Max ended standup 1s ago (#2). Nothing more was done."
    assert said.buttons == ()  # what takes it back stands where it was done
    assert len(chat.calls("active_rooms.end_room")) == 1
    assert chat.request(card).states == ["asked", "waiting", "moot"]
    last = chat.request(card).entries[-1]
    assert (last.actor, last.text) == (
        "hms-bot itself",
        "Max ended standup 1s ago (#2). Nothing more was done.",
    )


async def test_a_planned_end_was_not_faster_before_it_came(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    await chat.says("max", "/hms end-room --in 5m --yes")
    standup.end(by="Hana")

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "Nobody is in standup" in said.text
    assert "faster" not in said.text


async def test_a_session_that_began_meanwhile_is_another_one(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    standup.end(by="Hana")
    standup.join("Hana", role="host")

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "Another session runs now" in said.text
    assert chat.calls("active_rooms.end_room") == []
    assert standup.session


@pytest.mark.parametrize("line", ["/hms end", "/hms endroom", "/hms close standup"])
async def test_in_haste_it_may_be_typed_otherwise(chat: Chat, standup: Room, line: str) -> None:
    assert "End standup for 3 people?" in (await chat.says("mo", line)).text


async def test_a_double_click_ends_it_once_and_is_answered(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "End for 3 people", card)

    again = await chat.clicks("mo", "End for 3 people", card)

    assert len(chat.calls("active_rooms.end_room")) == 1
    assert again.text


async def test_yesterdays_card_does_nothing(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    await chat.passes("1d")
    standup.join("Hana", role="host")

    said = await chat.clicks("mo", "End for 3 people", card)

    assert "in time" in said.text
    assert standup.session
    assert chat.request(card).states == ["asked", "waiting", "expired"]


async def test_locking_says_so_and_status_remembers_who_and_why(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --lock --reason 'time is up'")
    assert "nobody can come back in" in card.text
    await chat.clicks("mo", "End and lock for 3 people", card)

    assert not standup.enabled
    assert len(chat.calls("active_rooms.end_room")) == 1
    assert chat.calls("rooms.set_enabled") == []

    status = await chat.says("vi", "/hms status")
    assert "Locked by Mo since 2 Mar 09:00" in status.text
    assert "Why: time is up." in status.text


async def test_a_room_that_somebody_keeps_locked_stays_so_behind_an_end(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --yes")
    await chat.says("mo", "/hms room unlock")
    await chat.says("max", "/hms room lock --keep --reason 'nobody before Monday' --yes")

    await chat.says("mo", "/hms end-room --lock --yes")
    await chat.passes("59m")

    assert not standup.enabled
    assert "nobody before Monday" in (await chat.says("mo", "/hms status")).text


async def test_the_undo_of_a_lock_is_the_unlock_of_whoever_presses_it(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --lock")
    await chat.clicks("mo", "End and lock for 3 people", card)
    done = chat.reads("max")

    said = await chat.clicks("max", "Unlock standup", done)

    assert standup.enabled
    assert "unlocked standup." in said.text
    assert "Max" in said.text


async def test_an_end_in_five_minutes_comes_by_itself(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --in 5m")
    await chat.clicks("mo", "End in 5m", card)
    assert standup.session
    assert "ends 2 Mar 09:05" in (await chat.says("vi", "/hms status")).text

    await chat.passes("5m")

    assert not standup.session
    told = chat.channel("classes")[-1]
    assert f"ended standup for 3 people, as planned (#{card.number})." in told
    assert len(chat.calls("active_rooms.end_room")) == 1


async def test_a_planned_end_can_be_called_off(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --in 5m")
    await chat.clicks("mo", "End in 5m", card)

    await chat.clicks("max", "Cancel", chat.reads("max"))
    await chat.passes("5m")

    assert standup.session
    assert "called off the end" in chat.channel("classes")[-1]


async def test_a_planned_end_spares_a_session_that_began_later(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --in 5m")
    await chat.clicks("mo", "End in 5m", card)
    standup.end(by="Hana")
    standup.join("Ivy")

    await chat.passes("5m")

    assert standup.session
    assert "was over before" in chat.channel("classes")[-1]
    assert chat.calls("active_rooms.end_room") == []


async def test_a_planned_end_that_was_slept_through_is_made_up_for(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --in 5m --lock")
    await chat.clicks("mo", "End and lock in 5m", card)
    await chat.stops()
    chat.clock.now += chat.span("20m")

    await chat.starts()
    await chat.passes("1s")

    assert not standup.session
    assert not standup.enabled
    assert "and locked it" in chat.channel("classes")[-1]


async def test_the_undo_under_a_planned_end_with_a_lock_opens_the_room(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room --in 5m --lock")
    await chat.clicks("mo", "End and lock in 5m", card)
    await chat.passes("5m")
    assert not standup.enabled
    told = chat.reads("max")
    assert told.text.endswith("ended standup for 3 people and locked it, as planned (#1).")

    await chat.clicks("max", "Unlock standup", told)

    assert standup.enabled
    said = chat.channel("classes")[-1]
    assert "unlocked standup." in said
    assert "Max" in said
    assert "locked" not in (await chat.says("vi", "/hms status --room standup")).text


@pytest.mark.parametrize("length", ["30 min", "1h 30m", "1 hour 30 minutes", "90 minutes"])
async def test_a_length_of_several_words_is_one_length(chat: Chat, standup: Room, length: str) -> None:
    card = await chat.says("mo", f"/hms end-room --in {length} standup")

    assert f"End standup for 3 people in {lasting(chat.span(length))}?" in card.text


async def test_a_length_that_nobody_lives_to_see_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms end-room --in 99999d")

    assert "“99999d” is too long: 366d at most." in said.text


async def test_a_channel_means_the_room_that_it_speaks_for(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room #classes", channel="webinars")

    assert "End standup for 3 people?" in card.text


async def test_a_channel_that_speaks_for_no_room_is_named(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms end-room #webinars")

    assert "<#C0WEBINARS> speaks for no room." in said.text
    assert "&lt;#" not in said.text


async def test_the_name_of_a_room_may_be_written_as_that_of_a_channel(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room #standup", channel="webinars")

    assert "End standup for 3 people?" in card.text


@pytest.mark.parametrize("planned", ["--in 5m", "--at 'tomorrow 10:00'", "--lock", "--warn 5"])
async def test_an_end_is_not_called_off_and_planned_at_once(chat: Chat, standup: Room, planned: str) -> None:
    await chat.says("mo", "/hms end-room --in 10m --yes")
    said = await chat.says("mo", f"/hms end-room --cancel {planned}")
    assert "Either call an end of standup off or plan one, not both." in said.text
    await chat.passes("10m")
    assert not standup.session
