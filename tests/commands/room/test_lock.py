"""``room lock`` and ``room unlock``: closed by somebody, opened by somebody or by itself."""

from sandbox.hms.room import Room
from tests.chat import Chat


async def lock(chat: Chat, line: str) -> None:
    card = await chat.says("mo", line)
    await chat.clicks("mo", "Lock standup", card)


async def test_locking_keeps_new_people_out_and_lets_others_stay(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms room lock --reason 'the exam has begun'")
    assert "nobody new can come in. 3 people inside can stay." in card.text
    await chat.clicks("mo", "Lock standup", card)

    assert not standup.enabled
    assert len(standup.peers) == 3
    status = (await chat.says("vi", "/hms status")).text
    assert "It is locked by Mo since 2 Mar 09:00" in status
    assert "Why: the exam has begun." in status


async def test_a_room_that_is_locked_already_gets_a_new_lock(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock")
    card = await chat.says("max", "/hms room lock --reason 'the exam goes on'")
    assert "standup is locked already, by Mo since 2 Mar 09:00 UTC, and stays so." in card.text
    await chat.clicks("max", "Lock standup", card)

    status = (await chat.says("vi", "/hms status")).text
    assert "It is locked by Max" in status
    assert "Why: the exam goes on." in status


async def test_a_lock_without_an_end_says_that_it_takes_the_end_away(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")

    card = await chat.says("max", "/hms room lock")

    assert "It no longer opens by itself; that was planned for 2 Mar 11:00" in card.text


async def test_a_lock_from_elsewhere_is_said_to_be_there(chat: Chat, standup: Room) -> None:
    standup.enabled = False  # in the dashboard

    card = await chat.says("mo", "/hms room lock --until 12:00")

    assert "standup is locked already, and stays so." in card.text
    assert "It stays locked until 2 Mar 11:00 UTC, then it opens by itself." in card.text


async def test_unlocking_opens_it_and_forgets_who_locked_it(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock")

    await chat.says("max", "/hms room unlock")

    assert standup.enabled
    assert "Unlocked standup." in chat.channel("classes")[-1]
    assert "locked" not in (await chat.says("vi", "/hms status")).text


async def test_an_open_room_need_not_be_unlocked(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms room unlock")

    assert "standup is open already." in said.text
    assert chat.channel("classes") == []


async def test_a_lock_until_a_moment_opens_by_itself(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")  # noon in Berlin, where Mo is
    assert "until 2 Mar 11:00" in chat.channel("classes")[-1]
    await chat.passes("1h59m")
    assert not standup.enabled

    await chat.passes("1m")

    assert standup.enabled
    assert "Unlocked standup: the lock by Mo (request 1)" in chat.channel("classes")[-1]


async def test_it_opens_also_when_the_bot_was_dead_at_that_moment(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")
    await chat.stops()
    chat.clock.now += chat.span("5h")

    await chat.starts()
    await chat.passes("1s")

    assert standup.enabled


async def test_a_newer_lock_is_not_opened_by_the_older_ones_timer(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")
    await lock(chat, "/hms room lock")

    await chat.passes("3h")

    assert not standup.enabled


async def test_unlocking_by_hand_also_takes_the_timer_away(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock --until 12:00")
    await chat.says("mo", "/hms room unlock")
    standup.enabled = False  # in the dashboard: none of our business

    await chat.passes("3h")

    assert not standup.enabled


async def test_the_undo_of_a_lock_unlocks(chat: Chat, standup: Room) -> None:
    await lock(chat, "/hms room lock")

    await chat.clicks("max", "Undo", chat.reads("max"))

    assert standup.enabled


async def test_a_moment_that_passes_before_the_confirm_locks_nothing(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms room lock --until 'in 5m'")
    await chat.passes("6m")

    said = await chat.clicks("mo", "Lock standup", card)

    assert "has passed, so standup stays as it is." in said.text
    assert standup.enabled


async def test_a_moment_in_the_past_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms room lock --until 2026-03-01T09:00")

    assert said.text
    assert standup.enabled


async def test_a_viewer_is_refused(chat: Chat, standup: Room) -> None:
    assert "This takes a moderator" in (await chat.says("vi", "/hms room lock")).text
    assert "This takes a moderator" in (await chat.says("vi", "/hms room unlock")).text
    assert standup.enabled


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("mo", "/hms room lock nosuch")).text
    assert "There is no room called “nosuch”" in (await chat.says("mo", "/hms room unlock nosuch")).text


async def test_a_room_where_nobody_is_can_be_locked_too(chat: Chat) -> None:
    chat.world.add_room("webinar")
    assert "Nobody is inside." in (await chat.says("mo", "/hms room lock webinar")).text
