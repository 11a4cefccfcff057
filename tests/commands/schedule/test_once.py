"""``schedule once``: any act at a moment, asked for by the schedule as itself.

Long because any act can be scheduled, and each may be late, lost, or somebody else's by then.
"""

from datetime import UTC, datetime

import pytest

from bot.features.schedule.lines import ScheduledLines
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat, Said

pytestmark = pytest.mark.usefixtures("mo_is_an_admin")


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room in which nobody is; it is Monday, 09:00."""
    return chat.world.add_room("yoga")


def card(chat: Chat) -> Said:
    """The newest message that everybody reads in #classes."""
    return Said(tuple(one for one in chat.reads("max").messages if one.only_for is None)[-1:])


async def test_a_list_says_the_moment_within_its_sentence(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms schedule once 'tomorrow 9:00' room unlock standup --yes")

    said = await chat.says("vi", "/hms schedule list")

    assert "“room unlock standup” comes 3 Mar 08:00 UTC (#1, by Mo)." in said.text
    assert "^comes {date_short_pretty} at {time}|" in str(said.messages[0].blocks)  # Slack begins it


async def test_what_a_schedule_did_is_told_in_a_sentence_that_begins_with_a_capital(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms schedule once 30m room lock standup --yes")
    await chat.passes("30m")
    assert "Schedule 1 locked standup." in card(chat).text
    assert "Locked by schedule 1 since" in (await chat.says("mo", "/hms status standup")).text


async def test_what_needs_no_yes_is_scheduled_at_once_and_done_as_the_schedule(
    chat: Chat, standup: Room
) -> None:
    said = await chat.says("mo", "/hms schedule once 30m say Half an hour is left")
    assert (
        "Mo scheduled “say Half an hour is left --room standup” in standup for 2 Mar 09:30 UTC" in said.text
    )
    await chat.passes("29m")
    assert not standup.messages

    await chat.passes("1m")
    assert [message.text for message in standup.messages] == ["Half an hour is left"]
    assert "Schedule 1, made by Mo" in card(chat).text

    await chat.passes("1d")
    assert len(standup.messages) == 1


async def test_why_it_is_done_is_said_when_it_is_done(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms schedule once 30m say Time is up --reason 'the exam is over'")
    await chat.passes("30m")

    assert [message.text for message in standup.messages] == ["Time is up"]
    assert "Why: the exam is over." in card(chat).text


async def test_a_card_says_what_would_be_done_and_when(chat: Chat, yoga: Room) -> None:
    confirm = await chat.says("mo", "/hms schedule once 8h room lock yoga --reason inventory")
    assert 'Schedule “room lock yoga --reason "inventory"” in yoga for 2 Mar 18:00?' in confirm.text
    assert "Now it would be: Lock yoga?" in confirm.text

    await chat.clicks("mo", "Schedule it", confirm)
    await chat.passes("7h59m")
    assert yoga.enabled
    await chat.passes("1m")
    assert not yoga.enabled


async def test_in_the_hour_that_spring_skips_once_and_every_mean_one_moment(chat: Chat, yoga: Room) -> None:
    chat.clock.now = datetime(2026, 3, 28, 20, tzinfo=UTC)
    await chat.says("ada", "/hms room defaults yoga --zone Europe/Rome")

    every = await chat.says("mo", "/hms schedule every 'daily 02:30' room lock yoga --yes")
    once = await chat.says("mo", "/hms schedule once '2026-03-29 02:30' room lock yoga --yes")

    assert "29 Mar 01:00 UTC" in every.text
    assert "29 Mar 01:00 UTC" in once.text


async def test_flags_count_for_the_whole_wherever_they_stand(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", "/hms schedule once 8h room lock yoga --dry-run")
    assert "Schedule “room lock yoga” in yoga" in said.text
    await chat.passes("8h")
    assert yoga.enabled

    await chat.says("mo", "/hms schedule once 1h room lock yoga --yes")
    await chat.passes("1h")
    assert not yoga.enabled


async def test_the_end_of_a_session_that_runs_is_a_stop(chat: Chat, standup: Room) -> None:
    confirm = await chat.says("mo", "/hms schedule once 30m end-room --lock")
    assert "End and lock standup for 3 people, 2 Mar 10:30?" in confirm.text
    assert "people are warned 5 minutes and 1 minute before" in confirm.text

    await chat.clicks("mo", "End and lock it then", confirm)
    assert {"+5 min", "+15 min", "End now", "Cancel"} <= set(chat.reads("max").buttons)
    await chat.passes("25m")
    assert [message.text for message in standup.messages] == ["This session ends in 5 minutes."]
    await chat.passes("5m")
    assert not standup.session
    assert not standup.enabled


async def test_the_end_of_a_session_that_is_still_to_come_is_asked_for_then(chat: Chat, yoga: Room) -> None:
    confirm = await chat.says("mo", "/hms schedule once 8h end-room yoga")
    assert "Nobody is in yoga: no session is running there." in confirm.text
    await chat.clicks("mo", "Schedule it", confirm)

    await chat.passes("7h")
    yoga.join("Gus")
    await chat.passes("1h")
    assert not yoga.session


async def test_what_needs_a_second_yes_is_approved_when_it_is_made_and_once(
    chat: Chat, standup: Room
) -> None:
    waiting = await chat.says("mo", "/hms schedule once 30m remove Gus spamming every day")
    assert "Now it would be: Remove “Gus” from standup?" in waiting.text
    await chat.clicks("mo", "Schedule it", waiting)
    assert chat.request(waiting).states == ["asked", "waiting"]

    await chat.clicks("max", "Schedule it", waiting)
    await chat.passes("30m")

    assert "Gus" not in [peer.name for peer in standup.peers]
    assert "Schedule 1, made by Mo, approved by Max" in chat.reads("max").text


async def test_who_became_a_host_since_it_was_approved_takes_an_admin(chat: Chat, standup: Room) -> None:
    waiting = await chat.says("mo", "/hms schedule once 30m remove Gus spamming")
    await chat.clicks("max", "Schedule it", waiting)
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    gus.role = "host"

    await chat.passes("30m")

    assert gus in standup.peers
    assert chat.story(2).states == ["asked", "waiting"]


async def test_a_policy_for_the_line_holds_for_its_schedule_too(chat: Chat, standup: Room) -> None:
    await chat.grants("max", Chat.ADMIN)
    asked = await chat.says("ada", "/hms policy set second say")
    await chat.clicks("max", asked.buttons[0], asked)

    said = await chat.says("mo", "/hms schedule once 30m say hello")

    assert chat.request(said).states == ["asked", "waiting"]


async def test_what_is_said_later_needs_nobody_there_today(chat: Chat, yoga: Room) -> None:
    said = await chat.says("mo", "/hms schedule once 8h say Welcome --room yoga")
    assert "Mo scheduled “say Welcome --room yoga” in yoga" in said.text

    yoga.join("Gus")
    await chat.passes("8h")

    assert [message.text for message in yoga.messages] == ["Welcome"]


async def test_what_waits_for_a_yes_is_scheduled_also_when_its_session_ended_meanwhile(
    chat: Chat, standup: Room
) -> None:
    await chat.grants("max", Chat.ADMIN)
    asked = await chat.says("ada", "/hms policy set second say")
    await chat.clicks("max", asked.buttons[0], asked)
    waiting = await chat.says("mo", "/hms schedule once 8h say Welcome")
    standup.end(by="Hana")

    await chat.clicks("max", "Schedule it", waiting)

    assert chat.request(waiting).states == ["asked", "waiting", "running", "done"]
    standup.join("Gus")
    await chat.passes("8h")
    assert [message.text for message in standup.messages] == ["Welcome"]


async def test_codes_for_the_roles_that_will_lack_one_can_be_scheduled_while_none_does(
    chat: Chat, yoga: Room
) -> None:
    made = await chat.says("mo", "/hms code create --room yoga")
    await chat.clicks("max", "Make a code", made)

    waiting = await chat.says("mo", "/hms schedule once 8h code create --room yoga")

    assert "Now it would be: Each role of yoga has a code that works." in waiting.text


async def test_a_line_that_its_maker_may_not_run_is_refused_as_it_would_be(chat: Chat, standup: Room) -> None:
    alone = await chat.says("max", "/hms room bind --room standup")
    said = await chat.says("max", "/hms schedule once 17:00 room bind --room standup")

    assert said.text.startswith("Only admins can do this; you are a moderator.")
    assert said.text == alone.text
    assert chat.story(2).states == ["asked", "refused"]
    assert await chat.bot.dispatcher.books[ScheduledLines].beyond("") == []


async def test_a_moderator_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("max", "/hms schedule once 17:00 say hello")
    assert "Only admins can do this" in said.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("17:00 status", "/hms status only looks"),
        ("17:00 approve 12", "/hms approval approve is for people to ask for"),
        ("17:00 policy set second say", "/hms policy set is for people to ask for"),
        ("17:00 access grant @vi admin", "/hms access grant is for people to ask for"),
        ("17:00 schedule once 17:00 say hi", "/hms schedule once is for people to ask for"),
        ("17:00 nosuch", "There is no command “nosuch”."),
        ("17:00 say hello --room nosuch", "“nosuch”"),
        ("17:00 remove Nobody spamming", "Nobody"),
        ("17:00 end-room --in 5m --at 17:30", "Say either how long to wait or at which moment, not both."),
        ("17:00 'end-room --dry-run'", "Write --dry-run before the line"),
        ("25:00 say hello", "25:00"),
        ("2026-03-01T10:00Z say hello", "“2026-03-01T10:00Z” is over."),
        ("--room yoga 17:00 say hello --room standup", "Name one room: this is about yoga and standup."),
    ],
)
async def test_what_cannot_be_meant_is_said_and_nothing_is_kept(
    chat: Chat, standup: Room, line: str, said: str
) -> None:
    answer = await chat.says("ada", f"/hms schedule once {line} --yes")
    assert said in answer.text
    assert await chat.bot.dispatcher.books[ScheduledLines].beyond("") == []


async def test_two_who_are_meant_are_a_choice_for_the_whole(chat: Chat, standup: Room) -> None:
    standup.join("Gus", user_id="another-gus")
    asked = await chat.says("mo", "/hms schedule once 30m remove Gus spamming")
    waiting = await chat.clicks("mo", asked.buttons[0], asked)

    assert "Schedule “remove" in waiting.text
    await chat.clicks("max", "Schedule it", waiting)
    await chat.passes("30m")
    assert [peer.name for peer in standup.peers].count("Gus") == 1


async def test_a_line_that_lacks_something_opens_the_form_of_the_whole(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms schedule once 17:00 remove Gus")

    [form] = chat.workspace.views_of(PEOPLE["mo"])
    assert "`/hms remove` still needs: *reason*." in str(form.body)
    assert "remove Gus" in str(form.body)


async def test_a_moment_that_was_slept_through_is_done_late_and_said(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule once 8h room lock yoga --yes")
    await chat.stops()
    chat.clock.now += chat.span("8h30m")
    await chat.starts()
    await chat.passes("1s")

    assert not yoga.enabled
    assert "and is done 30 minutes late." in "\n".join(chat.channel("classes"))


async def test_what_was_slept_through_in_one_room_is_done_in_the_order_of_its_moments(
    chat: Chat, yoga: Room
) -> None:
    await chat.says("mo", "/hms schedule once 1h room unlock yoga --yes")
    await chat.says("mo", "/hms schedule once 90m room lock yoga --yes")
    await chat.says("mo", "/hms room lock yoga --yes")
    await chat.stops()
    chat.clock.now += chat.span("95m")
    await chat.starts()
    await chat.passes("1s")

    assert not yoga.enabled  # the last line that was due was a lock


async def test_a_moment_that_is_over_for_long_is_left_out_and_said(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule once 8h room lock yoga --yes")
    await chat.stops()
    chat.clock.now += chat.span("10h")
    await chat.starts()
    await chat.passes("1s")

    assert yoga.enabled
    told = "\n".join(chat.channel("classes"))
    assert (
        "“room lock yoga” (#1) in yoga was due 2 Mar 17:00 UTC. That was 2 hours ago, so it is left out."
        in told
    )
    assert await chat.bot.dispatcher.books[ScheduledLines].beyond("") == []


async def test_what_locks_is_done_also_when_its_maker_may_not_any_more(chat: Chat, yoga: Room) -> None:
    await chat.says("mo", "/hms schedule once 8h room lock yoga --yes")
    await chat.says("ada", "/hms access revoke @mo --yes")

    await chat.passes("8h")

    assert not yoga.enabled
    assert "Schedule 1, made by Mo" in chat.reads("ada", "dm").text


async def test_a_lesser_line_is_paused_when_its_maker_may_not_any_more_and_an_admin_keeps_it(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms schedule once 30m say hello")
    await chat.says("ada", "/hms access revoke @mo --yes")
    await chat.passes("30m")
    assert not standup.messages
    asked = chat.reads("ada", "dm")
    assert "“say hello --room standup” (#1) is paused: Mo, who made it, may not do that" in asked.text
    assert asked.buttons == ("Keep", "Remove")

    await chat.clicks("ada", "Keep", asked)
    await chat.passes("1s")
    assert [message.text for message in standup.messages] == ["hello"]


async def test_a_line_that_an_admin_keeps_hours_late_is_left_out(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms schedule once 30m say hello")
    await chat.says("ada", "/hms access revoke @mo --yes")
    await chat.passes("30m")
    asked = chat.reads("ada", "dm")
    await chat.passes("5h")

    await chat.clicks("ada", "Keep", asked)
    await chat.passes("1s")

    assert not standup.messages
