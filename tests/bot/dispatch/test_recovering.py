"""What a process wrote down but never acked is taken back by the next one, and whoever asked is told."""

import asyncio
from datetime import timedelta

import sqlalchemy as sa

from bot.dispatch import intake, ledger, underway
from bot.people import Actor
from bot.reply import Invocation
from bot.request.book import RequestBook
from bot.request.request import Origin, Request, State
from bot.work.effects import effects
from tests.chat import PEOPLE, Chat, opened

MO = Actor(PEOPLE["mo"], "Mo")


GIVEN_UP = "Slack had given up on this before I could take it, and has told you so. Nothing was done."


def here(key: str) -> Origin:
    return Origin("slack", key, channel="C0CLASSES")


async def leave_behind(chat: Chat, key: str) -> None:
    """A request and a click as a process leaves them that is killed between the disk and the ack."""
    now = chat.clock()
    invocation = Invocation("room lock", room={"words": "standup"})
    asked = Request(0, key, invocation, "room lock standup", MO, here(key), State.ASKED, now, sure=True)
    async with chat.bot.db.write() as tx:
        await RequestBook().ask(tx, asked)
        await RequestBook().click(tx, "decision:x:1:yes", MO.id, here(f"{key} click"), now)


async def test_an_act_that_was_never_acked_is_not_done_and_who_asked_is_told(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await leave_behind(chat, "before the ack")

    await chat.stops()
    await chat.starts()

    assert room.enabled
    assert chat.story(1).states == ["withdrawn"]
    told = chat.reads("mo").text
    assert told.count("hms-bot was stopped before it could take this on") == 2
    assert "It was /hms room lock standup." in told
    assert "It was a click on a button." in told
    said = (await chat.says("mo", "/hms withdraw 1")).text
    assert said.startswith("Request 1: hms-bot was stopped before")  # and not that Mo took it back


async def test_an_act_whose_ack_did_not_leave_is_taken_back_at_once_and_who_asked_is_told(chat: Chat) -> None:
    standup = chat.world.add_room("standup", live=True)
    await chat.binds("classes", standup)
    card = await chat.says("mo", "/hms end-room")
    message, action = card.button("End for 1 person")
    chat.hangs_up()
    assert (await chat.workspace.says(PEOPLE["mo"], "C0CLASSES", "/hms end-room --yes")).error
    assert (await chat.workspace.clicks(PEOPLE["mo"], message, action)).error
    await chat.bot.idle()
    assert standup.session
    assert chat.reads("mo").text.count(GIVEN_UP) == 2
    chat.hangs_up(hung_up=False)

    await chat.says("mo", "/hms end-room --yes")  # as anybody would whom Slack has shown an error
    assert chat.story(2).states == ["withdrawn"]
    await chat.stops()
    await chat.starts()

    assert len(chat.calls("active_rooms.end_room")) == 1
    assert "hms-bot was stopped" not in chat.reads("mo").text  # nothing of it is left to be taken back


async def test_a_form_whose_request_was_taken_back_is_handed_in_again(chat: Chat) -> None:
    await chat.binds("classes", chat.world.add_room("standup", live=True))
    await chat.says("mo", "/hms announce add")
    [form] = chat.workspace.views_of(PEOPLE["mo"])
    filled = {"when": {"value": "every 15m"}, "text": {"value": "Drink"}}
    chat.hangs_up()
    assert (await chat.workspace.submits(PEOPLE["mo"], form.id, filled)).error
    await chat.bot.idle()
    chat.hangs_up(hung_up=False)
    assert GIVEN_UP in chat.reads("mo").text

    await chat.workspace.submits(PEOPLE["mo"], form.id, filled)
    await chat.bot.idle()

    assert "every 15m" in (await chat.says("mo", "/hms announce list standup")).text


FULL = "CREATE TRIGGER {0}_full BEFORE INSERT ON {0} BEGIN SELECT RAISE(ABORT, 'there is no room'); END"


async def test_what_cannot_be_written_at_all_is_answered(chat: Chat) -> None:
    standup = chat.world.add_room("standup", live=True)
    await chat.binds("classes", standup)
    card = await chat.says("mo", "/hms end-room")
    async with chat.bot.db.write() as tx:
        for table in ("requests", "clicks"):
            await tx.execute(sa.text(FULL.format(table)))

    clicked = await chat.clicks("mo", "End for 1 person", card)
    typed = await chat.says("mo", "/hms room lock --yes")

    assert "Something in hms-bot broke" in clicked.text
    assert "Something in hms-bot broke" in typed.text
    assert standup.enabled
    assert standup.session


async def test_whose_click_was_never_acked_reads_on_what_it_was(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room --room standup")
    async with chat.bot.db.write() as tx:
        held = await RequestBook().find(tx, 1)
        assert held
        await RequestBook().click(tx, f"decision:{held.token}:1:yes", MO.id, here("a click"), chat.clock())

    await chat.stops()
    await chat.starts()

    assert "It was a click on request 1." in chat.reads("mo").text


async def test_a_card_is_shown_once_although_the_job_that_shows_it_was_cut_off(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room --room standup")

    asked = await ledger.known(chat.bot.dispatcher, 1)
    async with chat.bot.db.write() as tx:
        await chat.bot.work.later(tx, ledger.job_of(asked))
    await chat.bot.idle()

    assert chat.reads("mo").buttons.count("End for 1 person") == 1


async def test_a_card_of_which_nobody_knows_whether_it_was_shown_is_shown_by_a_press(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room --room standup")
    asked = await ledger.known(chat.bot.dispatcher, 1)
    async with chat.bot.db.write() as tx:  # as a kill right behind the card leaves it
        await tx.execute(sa.delete(effects).where(effects.c.key.startswith("card:")))
        await chat.bot.work.later(tx, ledger.job_of(asked))
    await chat.bot.idle()

    told = chat.reads("mo")
    assert told.buttons.count("End for 1 person") == 1
    assert "I was stopped while I asked you about end-room standup" in told.text

    shown = await chat.clicks("mo", "Show it", told)
    await chat.clicks("mo", "End for 1 person", shown)
    assert not room.peers


async def test_what_is_taken_back_is_taken_back_once(chat: Chat) -> None:
    await leave_behind(chat, "before the ack")
    await intake.recover(chat.bot.dispatcher)
    said = chat.reads("mo").text

    await intake.recover(chat.bot.dispatcher)

    assert chat.reads("mo").text == said


async def test_what_another_living_process_is_about_to_ack_is_left_alone(chat: Chat) -> None:
    await leave_behind(chat, "on its way")

    await intake.recover(chat.bot.dispatcher, timedelta(seconds=10))

    assert chat.story(1).states == []
    assert "stopped" not in chat.reads("mo").text


async def test_where_several_processes_serve_what_was_written_right_before_a_kill_is_told_soon(
    postgres_url: str,
) -> None:
    async with opened(postgres_url) as chat:
        await leave_behind(chat, "before the ack")
        await chat.dies()
        await chat.starts()
        assert "stopped" not in chat.reads("mo").text  # a living process may be about to ack it

        chat.clock.now += timedelta(seconds=11)
        looking = asyncio.create_task(underway.go_on(chat.bot.dispatcher))
        await asyncio.sleep(0)
        await chat.bot.tasks.idle()
        looking.cancel()

        assert chat.reads("mo").text.count("hms-bot was stopped before it could take this on") == 2
