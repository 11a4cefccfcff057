"""``schedule resume``: what is paused counts again, once; what was cut off and runs again says the same."""

import pytest

from bot.dispatch import ledger
from bot.dispatch.context import context
from bot.reply import Reply
from sandbox.hms.state.room.room import Room
from tests.chat import Chat

pytestmark = pytest.mark.usefixtures("mo_is_an_admin")

HOURS = "mon-fri 10:00-11:00 --tz UTC"


@pytest.fixture
async def yoga(chat: Chat) -> Room:
    """A room in which nobody is, and for which #classes speaks; it is Monday, 09:00."""
    room = chat.world.add_room("yoga")
    await chat.binds("classes", room)
    return room


async def runs_again(chat: Chat, number: int) -> Reply:
    """A request is run anew, as when its process was killed after the deed and before it was written down."""
    road = chat.bot.dispatcher
    request = await ledger.known(road, number)
    return await road.registry.load(request.invocation).run(context(road, request.actor, request))


async def test_hours_that_somebody_has_resumed_are_not_resumed_again(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", f"/hms schedule window {HOURS} --room yoga --yes")
    await chat.says("mo", "/hms schedule pause --room yoga")
    await chat.passes("5m")
    await chat.says("mo", "/hms schedule resume --room yoga")
    assert "Mo resumed the hours of yoga (#1)." in chat.channel("classes")[-1]

    await chat.passes("5m")
    said = await chat.says("max", "/hms schedule resume --room yoga")

    assert "The hours of yoga are not paused." in said.text
    assert "Max resumed" not in "\n".join(chat.channel("classes"))


async def test_a_pause_that_is_over_by_itself_is_not_resumed(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", f"/hms schedule window {HOURS} --room yoga --yes")
    await chat.says("mo", "/hms schedule pause --until 'in 5m' --room yoga")
    await chat.passes("6m")

    assert "are not paused" in (await chat.says("mo", "/hms schedule resume --room yoga")).text


@pytest.mark.parametrize(
    ("before", "span", "line"),
    [
        ((f"window {HOURS} --yes", "pause"), "90m", "resume"),
        (("every 'daily 12:00' room lock --yes", "pause"), "1m", "resume"),
        (("once 11:00 room lock --yes", "pause"), "2h", "resume"),
        ((f"window {HOURS} --yes", "skip tue"), "1m", "keep tue"),
        ((f"window {HOURS} --yes",), "1m", "open-early"),
    ],
)
async def test_what_is_run_again_after_it_was_cut_off_says_the_same(
    chat: Chat, yoga: Room, before: tuple[str, ...], span: str, line: str
) -> None:
    for earlier in before:
        await chat.says("mo", f"/hms schedule {earlier}")
    await chat.passes(span)

    await chat.says("mo", f"/hms schedule {line}")
    number = len(before) + 1
    again = await runs_again(chat, number)

    assert chat.story(number).states[-1] == "done"
    assert again == (await ledger.known(chat.bot.dispatcher, number)).answer


async def test_resuming_says_that_it_locks_the_door_and_offers_to_open_it(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", f"/hms schedule window {HOURS} --room yoga --yes")
    await chat.says("mo", "/hms room unlock yoga")
    for name in ("Gus", "Ivy"):
        yoga.join(name)
    await chat.says("mo", "/hms schedule pause --room yoga")

    asked = await chat.says("mo", "/hms schedule resume --room yoga --dry-run")
    said = await chat.says("mo", "/hms schedule resume --room yoga")

    assert "locked now: 2 people inside can stay, nobody new can come in" in asked.text
    assert "Mo resumed the hours of yoga (#1). It is locked now, and opens 2 Mar 09:59" in said.text
    await chat.clicks("mo", "Open it", said)
    assert yoga.enabled


async def test_keeping_a_day_says_what_becomes_of_the_door(chat: Chat, yoga: Room) -> None:
    await chat.says("ada", f"/hms schedule window {HOURS} --room yoga --yes")
    await chat.says("mo", "/hms schedule skip mon --room yoga")
    await chat.says("mo", "/hms schedule skip fri --room yoga")
    await chat.says("mo", "/hms room unlock yoga")

    stays = await chat.says("mo", "/hms schedule keep fri --room yoga")
    assert yoga.enabled  # what somebody opened by hand stays so until its next moment
    assert "It is locked now" not in stays.text

    await chat.passes("1h10m")
    opens = await chat.says("mo", "/hms schedule keep today --room yoga")
    assert "keeps Mar 2, 2026 in the hours of yoga (#1). Open until 2 Mar 11:00" in opens.text
    assert yoga.enabled


@pytest.mark.parametrize(
    ("before", "line", "already"),
    [
        (f"window {HOURS} --yes", "skip fri", "is skipped in yoga already."),
        (f"window {HOURS} --yes", "pause 1", "The hours of yoga are paused already."),
        (f"window {HOURS} --yes", "pause --until 'tomorrow 09:00'", "The hours of yoga are paused already."),
        (f"window {HOURS} --yes", "skip-holidays IT", "are left out of the hours of yoga already."),
        ("every 'daily 12:00' room lock --yes", "pause 1", "is paused already."),
    ],
)
async def test_what_is_so_already_is_told_to_nobody_else(
    chat: Chat, yoga: Room, before: str, line: str, already: str
) -> None:
    await chat.says("mo", f"/hms schedule {before}")
    await chat.says("mo", f"/hms schedule {line}")
    await chat.passes("1m")
    told = chat.channel("classes")

    again = await chat.says("mo", f"/hms schedule {line}")

    assert already in again.text
    assert chat.channel("classes") == told
    assert await runs_again(chat, 2) == (await ledger.known(chat.bot.dispatcher, 2)).answer


@pytest.mark.parametrize(
    ("before", "line", "said"),
    [
        ("", "resume", "The hours of yoga are not paused."),
        ("pause", "pause", "The hours of yoga are paused already."),
        ("skip fri", "skip fri", "Mar 6, 2026 is skipped in yoga already."),
        ("", "keep fri", "Mar 6, 2026 is not skipped in yoga."),
        (
            "skip-holidays IT",
            "skip-holidays IT",
            "The holidays of IT are left out of the hours of yoga already.",
        ),
    ],
)
async def test_what_is_so_already_is_refused_before_it_is_asked(
    chat: Chat, before: str, line: str, said: str
) -> None:
    await chat.binds("classes", chat.world.add_room("yoga"))
    await chat.says("ada", "/hms schedule window daily 10:00-11:00 --tz UTC --yes")
    await chat.says("mo", f"/hms schedule {before or 'list'}")
    tried = await chat.says("mo", f"/hms schedule {line} --dry-run")
    assert said in tried.text
    assert "dry run" not in tried.text
