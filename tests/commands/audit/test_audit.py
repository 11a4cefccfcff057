"""``audit tail`` and ``audit verify``: the honest log."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from bot.people import Actor
from bot.request.audit import audit
from sandbox.hms.state.room.room import Room
from sandbox.slack.people import ADA
from tests.chat import Chat


async def test_the_tail_shows_who_asked_what_and_what_became_of_it(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms end-room")
    await chat.clicks("mo", "End for 3 people", card)

    said = await chat.says("ada", "/hms audit tail")

    assert "done" in said.text
    assert "waiting" in said.text
    assert "Mo ended standup for 3 people, after 1 second." in said.text


async def test_somebody_whose_time_zone_nobody_knows_reads_it_in_utc(chat: Chat, standup: Room) -> None:
    chat.workspace.directory.put(replace(ADA, tz="Europe/Newtown"))
    await chat.says("mo", "/hms end-room")

    assert "2 Mar 09:00 UTC" in (await chat.says("ada", "/hms audit tail")).text


async def test_refusals_are_in_it_and_reads_are_not(chat: Chat, standup: Room) -> None:
    await chat.says("vi", "/hms end-room")
    await chat.says("mo", "/hms status")

    said = await chat.says("ada", "/hms audit tail")

    assert "refused" in said.text
    assert "status" not in said.text


async def test_a_line_that_could_not_be_read_is_kept_as_its_first_word_and_its_length(chat: Chat) -> None:
    await chat.says("mo", "/hms oops my-secret-key-that-I-pasted")

    said = await chat.says("ada", "/hms audit tail")

    assert "oops (37 characters)" in said.text or "oops" in said.text
    assert "my-secret-key" not in said.text


async def test_who_was_shown_a_secret_is_in_it_and_what_another_release_wrote_too(
    chat: Chat, standup: Room
) -> None:
    chat.world.room_codes.sync(standup)
    await chat.says("mo", "/hms code list")
    async with chat.bot.db.write() as tx:
        await chat.bot.audit.add(tx, Actor("U0MO", "Mo"), "slack", "dreamt", "of a later release")

    said = await chat.says("ada", "/hms audit tail")

    assert "Mo · - · shown in secret · code list --room standup" in said.text
    assert "dreamt · of a later release" in said.text


async def test_a_whole_log_is_said_to_be_whole(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --yes")

    assert "The log is whole" in (await chat.says("ada", "/hms audit verify")).text


async def test_an_edited_entry_is_found(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --yes")
    async with chat.bot.db.write() as tx:
        await tx.execute(audit.update().where(audit.c.position == 1).values(text="nothing"))

    assert "The text of entry 1 was edited." in (await chat.says("ada", "/hms audit verify")).text


async def test_a_removed_entry_is_found(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --yes")
    async with chat.bot.db.write() as tx:
        await tx.execute(sa.delete(audit).where(audit.c.position == 1))

    assert "Entry 1 is missing" in (await chat.says("ada", "/hms audit verify")).text


async def test_the_log_is_held_against_every_head_that_was_posted(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --yes")
    await chat.passes("1d")
    async with chat.bot.db.write() as tx:
        last = sa.select(sa.func.max(audit.c.position)).scalar_subquery()
        await tx.execute(audit.delete().where(audit.c.position == last))

    assert "is not the one whose head was posted on" in (await chat.says("ada", "/hms audit verify")).text


async def test_a_head_that_was_kept_is_held_against_it(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms end-room --yes")

    kept = (await chat.says("ada", "/hms audit verify")).text.split("Its head is entry ")[1].split(".")[0]

    assert "whole" in (await chat.says("ada", f"/hms audit verify --head '{kept}'")).text
    said = await chat.says("ada", "/hms audit verify --head '1 b7b5c9d03f21aa64'")
    assert "Entry 1 is not the one with this head" in said.text


async def test_an_entry_that_somebody_put_in_is_not_linked_at_the_next_start(
    chat: Chat, standup: Room
) -> None:
    forged = {"at": chat.clock.now, "request_id": 1, "actor": "U0MAX", "door": "slack", "state": "done"}
    async with chat.bot.db.write() as tx:
        await tx.execute(audit.insert().values(**forged, text="x", digest="0" * 64))
    await chat.stops()
    await chat.starts()
    await chat.says("mo", "/hms end-room --yes")

    assert "1 entry is in no chain" in (await chat.says("ada", "/hms audit verify")).text


async def test_a_moderator_sees_neither(chat: Chat) -> None:
    assert "Only admins can do this" in (await chat.says("mo", "/hms audit tail")).text
    assert "Only admins can do this" in (await chat.says("mo", "/hms audit verify")).text


async def test_people_and_channels_stand_in_it_by_name(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access grant @vi moderator --yes")
    await chat.says("ada", "/hms room unbind")

    said = await chat.says("ada", "/hms audit tail")

    tables = [block for message in said.messages for block in message.blocks if block["type"] == "data_table"]
    [table] = tables
    pieces = [piece for row in table["rows"] for cell in row for piece in rich(cell)]
    assert {"type": "channel", "channel_id": "C0CLASSES"} in pieces
    assert "access grant @Vi moderator" in said.text
    assert "Ada made @Vi a moderator for all rooms, was a viewer." in said.text
    assert "U0" not in said.text
    assert "unbound standup: <#C0CLASSES> no longer speaks for it." in said.messages[-1].text


async def test_who_asked_by_anothers_hand_stands_in_it_by_name(chat: Chat) -> None:
    async with chat.bot.db.write() as tx:
        by_hand = Actor("U0ADA", "Ada", via="root")
        await chat.bot.audit.add(tx, by_hand, "shell", "done", "for <@U0MAX> and <@U0GONE>")

    assert "@Ada via the shell user root" in (said := (await chat.says("ada", "/hms audit tail")).text)
    assert "for @Max and @U0GONE" in said


def rich(cell: dict[str, Any]) -> list[dict[str, Any]]:
    """The pieces of a cell of formatted text."""
    return [piece for section in cell.get("elements", ()) for piece in section["elements"]]
