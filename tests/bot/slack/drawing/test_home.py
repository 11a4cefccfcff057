"""Home works for everybody: live rooms with their acts, what waits, what is wrong; right for each level.

Long because what stands there differs by who looks, what runs and what is wrong, and each is a test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.dispatch import ledger
from bot.dispatch.saying import HOMES
from bot.work import Trouble
from bot.work.arrivals import Arrival
from bot.work.inbox import Inbox
from sandbox.hms.state.room.room import Room
from sandbox.slack.views import View
from tests.chat import MORNING, PEOPLE, Chat
from tests.tally import statements


@dataclass(frozen=True)
class Page:
    """What somebody sees on Home, or in the form on top of it."""

    chat: Chat
    who: str
    view: View

    @property
    def text(self) -> str:
        return "\n".join(block["text"]["text"].replace("*", "") for block in self.blocks if "text" in block)

    @property
    def blocks(self) -> list[dict[str, Any]]:
        return list(self.view.body["blocks"])

    @property
    def labels(self) -> list[str]:
        return [label for label, *_ in self._pressable()]

    def labels_below(self, words: str) -> list[str]:
        """The buttons of the first block that holds these words, beside it or right below."""
        at = next(index for index, block in enumerate(self.blocks) if words in str(block.get("text")))
        beside = self.blocks[at] if "accessory" in self.blocks[at] else self.blocks[at + 1]
        return [label for label, block, *_ in self._pressable() if block == beside["block_id"]]

    async def presses(self, label: str, number: int = 0) -> None:
        _, block, action, chosen = [one for one in self._pressable() if one[0] == label][number]
        outcome = await self.chat.workspace.selects(
            PEOPLE[self.who], self.view, action, chosen, block_id=block
        )
        assert outcome.error is None
        await self.chat.bot.idle()

    @property
    def form(self) -> "Page":
        return Page(self.chat, self.who, self.chat.workspace.views_of(PEOPLE[self.who])[-1])

    def _pressable(self) -> Iterator[tuple[str, str, str, str | None]]:
        for block in self.blocks:
            for element in [*block.get("elements", ()), block.get("accessory", {})]:
                for option in element.get("options", ()):
                    yield option["text"]["text"], block["block_id"], element["action_id"], option["value"]
                if element.get("type") == "button":
                    yield element["text"]["text"], block["block_id"], element["action_id"], None


async def home(chat: Chat, who: str) -> Page:
    """Somebody opens their Home."""
    await chat.workspace.opens_home(PEOPLE[who])
    await chat.bot.idle()
    return shown(chat, who)


def shown(chat: Chat, who: str) -> Page:
    """What stands on somebody's Home, whether or not they look at it again."""
    view = chat.workspace.home(PEOPLE[who])
    assert view
    return Page(chat, who, view)


def live(chat: Chat, name: str, *people: str) -> Room:
    room = chat.world.add_room(name, live=True)
    for person in people:
        room.join(person)
    return room


async def test_a_guest_reads_why_nothing_can_be_done(chat: Chat) -> None:
    page = await home(chat, "gia")

    assert "You are a guest here" in page.text
    assert "/hms help" not in page.text
    assert page.labels == []


async def test_without_a_level_no_room_is_named(chat: Chat) -> None:
    await chat.binds("classes", live(chat, "standup"))
    await chat.says("ada", "/hms access revoke @vi --yes")

    page = await home(chat, "vi")

    assert "you hold none. Ask <@U0ADA>." in page.text
    assert "standup" not in page.text
    assert page.labels == ["What can I do?"]


async def test_an_admin_reads_how_well_100ms_tells_what_happens(chat: Chat) -> None:
    late = MORNING - timedelta(hours=1)
    for number, at in enumerate((MORNING, late)):
        event = Arrival(f"evt-{number}", "room.end.success", {}, at)
        await chat.bot.dispatcher.books[Inbox].take(event)

    assert "2 events of 100ms within a day, 1 late, 0 repaired." in (await home(chat, "ada")).text
    assert "events of 100ms" not in (await home(chat, "mo")).text


async def test_what_came_within_a_day_is_counted_once_for_all_admins_who_look(chat: Chat) -> None:
    for who in ("mo", "max"):
        await chat.grants(who, Chat.ADMIN)
        await home(chat, who)

    with statements(chat.bot.db) as told:
        await home(chat, "ada")
        async with chat.bot.db.write() as tx:
            await chat.bot.work.later(tx, HOMES)
        await chat.bot.idle()

    opened_and_drawn_anew = 2
    assert sum("FROM inbox" in each and "count(" in each for each in told) == opened_and_drawn_anew


async def test_live_rooms_come_first_also_those_without_a_channel(chat: Chat) -> None:
    await chat.binds("classes", chat.world.add_room("webinar"))
    live(chat, "yoga", "Rio", "Sam")
    live(chat, "standup")
    await chat.passes("24m")

    page = await home(chat, "mo")

    lines = page.text.splitlines()
    assert "You are <@U0MO>, a moderator." in lines
    assert lines[lines.index("Live now") + 1 :][:2] == [
        "yoga · 3 people · 24 minutes · open",
        "standup · 1 person · 24 minutes · open",
    ]
    assert "webinar · nobody is there · open · <#C0CLASSES>" in lines
    assert page.labels_below("yoga") == ["Who is here", "Say…", "Lock", "End…"]
    assert page.labels_below("webinar") == ["Lock", "Details"]


async def test_a_viewer_sees_only_what_they_may_do(chat: Chat) -> None:
    live(chat, "standup")
    chat.world.add_room("webinar")

    page = await home(chat, "vi")

    assert "a viewer" in page.text
    assert page.labels_below("standup") == ["Who is here"]
    assert page.labels_below("webinar") == ["Details"]


async def test_of_rooms_that_are_not_theirs_nobody_reads_a_name(chat: Chat) -> None:
    yoga, standup = live(chat, "yoga", "Rio"), live(chat, "standup", "Gus")
    chat.world.add_room("webinar")
    await chat.binds("classes", standup)
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.grants("vi", chat.MODERATOR, yoga.id)
    await chat.says("mo", "/hms remove Gus spamming")

    page = await home(chat, "vi")

    assert "yoga · 2 people" in page.text
    assert page.labels_below("yoga") == ["Who is here", "Say…", "Lock", "End…"]
    assert not any(name in str(page.blocks) for name in ("standup", "webinar", "Gus"))


async def test_a_class_is_ended_from_home_with_two_presses_and_nothing_typed(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    page = await home(chat, "mo")

    await page.presses("End…")
    assert "End standup for 2 people?" in page.form.text
    assert page.form.labels == ["End for 2 people", "Cancel"]
    await page.form.presses("End for 2 people")

    assert not standup.peers
    assert "ended standup for 2 people" in page.form.text
    assert "standup · nobody is there" in shown(chat, "mo").text


async def test_what_is_called_off_in_the_form_is_not_done(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    page = await home(chat, "mo")

    await page.presses("End…")
    await page.form.presses("Cancel")

    assert "Nothing was done" in page.form.text
    assert len(standup.peers) == 2


async def test_who_closed_the_form_meanwhile_reads_the_answer_in_direct_messages(chat: Chat) -> None:
    live(chat, "standup", "Gus")
    page = await home(chat, "mo")

    await page.presses("End…")
    form = page.form
    await chat.workspace.closes("U0MO", form.view.id)
    [waiting] = await ledger.waiting(chat.bot.dispatcher)
    await chat.says("mo", f"/hms approval approve {waiting.id}")

    assert "ended standup for 2 people" in chat.reads("mo", "dm").text


async def test_a_room_is_locked_from_home_by_the_same_card(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    page = await home(chat, "mo")

    await page.presses("Lock")
    await page.form.presses("Lock standup")

    assert not standup.enabled
    assert "· locked" in shown(chat, "mo").text
    assert "Unlock" in shown(chat, "mo").labels


async def test_say_opens_its_form_and_the_form_says_what_came_of_it(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    page = await home(chat, "mo")

    await page.presses("Say…")
    await chat.workspace.submits("U0MO", page.form.view.id, {"text": {"value": "We begin"}})
    await chat.bot.idle()

    assert [message.text for message in standup.messages] == ["We begin"]
    assert "<@U0MO> said to 2 people in standup: We begin" in page.form.text


async def test_an_act_whose_trigger_is_too_old_is_answered_in_direct_messages(chat: Chat) -> None:
    live(chat, "standup", "Gus")
    page = await home(chat, "mo")

    chat.workspace.switches.refuse_next("views.open", "expired_trigger_id")
    await page.presses("End…")

    assert chat.workspace.views_of("U0MO") == []
    assert "End standup for 2 people?" in chat.reads("mo", "dm").text


async def test_a_form_is_found_also_where_slacks_answer_to_its_opening_was_lost(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    page = await home(chat, "mo")

    chat.workspace.switches.lose_next("views.open")
    await page.presses("End…")
    assert "End standup for 2 people?" in page.form.text

    await page.form.presses("End for 2 people")
    assert not standup.peers
    assert "ended standup for 2 people" in page.form.text


async def test_what_waits_can_be_decided_from_home_by_who_may(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    await chat.says("mo", "/hms remove Gus --reason spam --room standup")
    own, other = await home(chat, "mo"), await home(chat, "max")
    assert "Remove “Gus”" in own.text
    assert "Remove “Gus”" not in own.labels

    await other.presses("Remove “Gus”")

    assert [peer.name for peer in standup.peers] == ["Hana"]
    assert "Nothing waits for you." in shown(chat, "max").text
    assert "Approved by Max" in "\n".join(chat.channel("classes"))


async def test_what_waits_where_nobody_is_stands_apart(chat: Chat) -> None:
    await chat.grants("max", chat.ADMIN)
    await chat.says("ada", "/hms policy set second end-room")

    page = await home(chat, "max")

    assert "In rooms where nobody is, or in none." in page.text
    assert len(page.labels_below("wait for the yes of a second moderator?")) == 2


async def test_a_home_that_was_opened_lately_is_drawn_anew_when_something_changes(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    await chat.binds("classes", standup)
    await home(chat, "max")

    await chat.says("mo", "/hms remove Gus spamming")
    assert "Remove “Gus”" in shown(chat, "max").labels

    await chat.says("mo", "/hms room lock --yes")
    assert "· locked" in shown(chat, "max").text

    await chat.says("mo", "/hms end-room --in 5m --yes")
    await chat.passes("5m")
    assert "Nobody is in a room of yours." in shown(chat, "max").text


async def test_a_home_that_nobody_has_looked_at_for_an_hour_is_left_alone(chat: Chat) -> None:
    standup = live(chat, "standup", "Gus")
    await chat.binds("classes", standup)
    await home(chat, "max")
    await chat.passes("61m")

    await chat.says("mo", "/hms remove Gus spamming")

    assert "Remove “Gus”" not in shown(chat, "max").labels


async def test_trouble_of_the_bot_is_said(chat: Chat) -> None:
    live(chat, "standup")
    chat.bot.connection.troubles.noticed(Trouble.CONNECTION, "too_many_websockets")

    page = await home(chat, "mo")

    assert "Not in order: Slack does not let me connect." in page.text


async def test_a_100ms_that_does_not_answer_leaves_the_rest_of_home(chat: Chat) -> None:
    live(chat, "standup", "Gus")
    await chat.says("mo", "/hms remove Gus spamming standup")
    chat.world.fault("/sessions", status=403, times=9)

    page = await home(chat, "max")

    assert "100ms does not answer right now" in page.text


async def test_with_five_hundred_rooms_it_fits_and_costs_as_much_as_with_five(chat: Chat) -> None:
    live(chat, "first", "Gus")
    before = len(chat.world.calls)
    await home(chat, "mo")
    few = len(chat.world.calls) - before
    for number in range(460):
        chat.world.add_room(f"quiet-{number}")
    for number in range(40):
        live(chat, f"live-{number}", "Ivy")

    await home(chat, "mo")  # names that stand in no short list are found out once, behind the page

    before = len(chat.world.calls)
    page = await home(chat, "mo")

    assert len(chat.world.calls) - before == few == 6
    assert len(page.blocks) < 100
    assert "21 more rooms are live:\nlive-" in page.text
    assert "All rooms" in page.labels


async def test_the_eleventh_that_waits_is_counted_there_and_with_its_room(chat: Chat) -> None:
    live(chat, "standup", *"ABCDEFGHIJK")
    for name in "ABCDEFGHIJK":
        await chat.says("mo", f"/hms remove {name} --reason spam --room standup")

    assert "\n1 more request waits." in (await home(chat, "max")).text
    assert (
        "\n1 more request waits: /hms approval list." in (await chat.says("max", "/hms status standup")).text
    )


async def test_a_live_room_too_old_for_a_short_list_is_named_all_the_same(chat: Chat) -> None:
    live(chat, "old", "Gus")
    for number in range(120):
        chat.world.add_room(f"quiet-{number}")

    page = await home(chat, "mo")

    assert "old · 2 people" in page.text


async def test_each_room_says_what_comes_next_by_the_clock_without_a_call_of_its_own(chat: Chat) -> None:
    calls = []
    for name in ("judo", "yoga"):
        chat.world.add_room(name)
        await chat.says("ada", f"/hms schedule window mon-fri 10:00-11:00 --tz UTC --room {name} --yes")
        before = len(chat.world.calls)
        page = await home(chat, "mo")
        calls.append(len(chat.world.calls) - before)

    assert page.text.count("|until 2 Mar 09:59 UTC>") == 2
    assert calls[0] == calls[1]
