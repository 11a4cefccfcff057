"""``room defaults``: the roles and the zone of a room."""

from collections.abc import Mapping
from typing import Any

from bot.command import Command
from bot.command.forms import laid_out
from bot.dispatch.context import context
from bot.request.request import Origin
from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_what_is_said_is_kept_and_added_to(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role host --muted-role muted")
    await chat.says("ada", "/hms room defaults --zone Asia/Kolkata")

    told = chat.channel("classes")[-1]
    assert "Host role · host" in told
    assert "Muted role · muted" in told
    assert "Stage role · not set" in told
    assert "Time zone · Asia/Kolkata" in told


async def test_what_holds_already_is_not_set_up_again(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role host")

    again = await chat.says("ada", "/hms room defaults --host-role host")

    assert again.text == "All of that holds already, so there is nothing to change."
    assert len(chat.channel("classes")) == 1


async def test_without_anything_to_change_its_form_opens(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults")

    assert said.messages == ()
    [form] = chat.workspace.views_of("U0ADA")
    assert form.body["title"]["text"] == "Set up room"


async def test_the_zone_of_the_room_is_the_one_in_which_times_are_read(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --zone Asia/Kolkata")

    card = await chat.says("mo", "/hms room lock --until 16:00")

    assert "opens by itself 2 Mar 10:30" in card.text


async def test_the_host_role_is_protected(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role guest")

    said = await chat.says("mo", "/hms remove --role guest --reason 'all of them'")

    assert "hosts are protected" in said.text


async def test_a_role_that_the_template_does_not_have_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults --muted-role nosuch")

    assert "standup has no role nosuch. It has" in said.text


async def test_who_is_to_be_removed_is_never_made_a_host_nor_heard(chat: Chat, standup: Room) -> None:
    host = await chat.says("ada", "/hms room defaults --muted-role host")
    guest = await chat.says("ada", "/hms room defaults --muted-role guest")

    quiet = "keeps nobody quiet: it is a host's, or may publish audio."
    assert f"The role host {quiet} These of standup do: muted." in host.text
    assert f"The role guest {quiet} These of standup do: muted." in guest.text
    await chat.says("ada", "/hms room defaults --muted-role muted")
    both = await chat.says("ada", "/hms room defaults --host-role muted")
    assert f"The role muted {quiet} No other of standup does: make one that publishes nothing" in both.text


async def test_a_muted_role_that_became_a_hosts_mutes_nobody(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --muted-role muted")
    standup.template.roles["muted"] = standup.template.roles["host"] | {"name": "muted"}
    gus = next(peer for peer in standup.peers if peer.name == "Gus")
    await chat.passes("2m")

    card = await chat.says("mo", "/hms remove Gus spamming")

    assert "muted meanwhile" not in card.text
    assert gus.role == "guest"


async def test_a_zone_that_does_not_exist_is_refused(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults --zone Berlin")

    assert "There is no time zone Berlin." in said.text


async def test_a_folder_of_zones_is_no_zone(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults --zone Europe")

    assert "There is no time zone Europe." in said.text


async def test_a_role_is_kept_as_the_template_writes_it(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role HOST")

    assert "Host role · host" in chat.channel("classes")[-1]


async def test_a_moderator_is_refused(chat: Chat, standup: Room) -> None:
    assert "Only admins can do this" in (await chat.says("mo", "/hms room defaults --zone UTC")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms room defaults nosuch --zone UTC")

    assert "There is no room called “nosuch”" in said.text


async def test_its_form_shows_what_holds_now_and_changes_only_what_is_written_otherwise(
    chat: Chat, standup: Room
) -> None:
    await chat.says(
        "ada", "/hms room defaults --host-role host --zone Asia/Kolkata --warn 10,1 --host-wait 7m"
    )
    await chat.says("ada", "/hms room defaults")

    [form] = chat.workspace.views_of("U0ADA")
    inputs = {block["block_id"]: block for block in form.body["blocks"] if block["type"] == "input"}
    assert inputs["host_role"]["element"]["initial_option"]["text"]["text"] == "host"
    assert inputs["zone"]["element"]["initial_value"] == "Asia/Kolkata"
    assert inputs["warn"]["element"]["initial_value"] == "10,1"
    assert inputs["host_wait"]["element"]["initial_value"] == "7m"
    assert inputs["zone"]["hint"]["text"].endswith(". This holds now. Left empty, it stays so.")
    assert "initial_option" not in inputs["muted_role"]["element"]

    await chat.workspace.submits("U0ADA", form.id, {"warn": {"value": "5"}})
    await chat.bot.idle()

    told = chat.channel("classes")[-1]
    assert "warnings: 5, was 10,1" in told
    assert "time zone" not in told


async def test_what_was_said_stands_in_its_form_in_place_of_what_holds(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role host --zone Asia/Kolkata")
    road = chat.bot.dispatcher
    actor, origin = await road.voice.actor("U0ADA"), Origin("slack", "key")
    ctx = context(road, actor, origin)
    command = road.registry.commands["room defaults"]

    async def may(_: str) -> bool:
        return True

    async def holding(draft: Command) -> Mapping[str, Any]:
        return await draft.holding(ctx)

    said = {"room": standup.id, "host_role": "guest"}
    sheet = await laid_out(command, said, ctx.names, may, holding)

    assert sheet.values == said | {"zone": "Asia/Kolkata"}
    assert sheet.holding == ("zone",)
    assert {"host_role", "zone"} <= set(sheet.shown)


async def test_what_holds_in_a_room_is_shown_to_nobody_who_may_not_set_it_up(
    chat: Chat, standup: Room
) -> None:
    other = chat.world.add_room("other")
    await chat.says("ada", "/hms room defaults other --zone Asia/Kolkata")
    await chat.grants("max", Chat.ADMIN, standup.id)

    await chat.says("max", "/hms room defaults other")

    assert "Kolkata" not in str([view.body for view in chat.workspace.views_of("U0MAX")])
    assert other.name
