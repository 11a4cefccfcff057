"""``access list``, ``grant`` and ``revoke``: who may do what."""

import pytest

from bot.people import Level
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, opened


async def test_a_grant_is_confirmed_counts_at_once_and_every_admin_is_told(chat: Chat, standup: Room) -> None:
    card = await chat.says("ada", "/hms access grant @vi moderator")
    assert "Make Vi a moderator for all rooms?" in card.text
    assert "every admin is told" in card.text
    await chat.clicks("ada", card.buttons[0], card)

    assert "End standup for" in (await chat.says("vi", "/hms end-room")).text
    assert "moderator for all rooms" in chat.reads("ada", "dm").text


async def test_who_has_a_level_is_not_given_it_again(chat: Chat, standup: Room) -> None:
    for line in ("access grant @mo moderator", "access grant @mo moderator --yes"):
        said = await chat.says("ada", f"/hms {line}")

        assert said.text == "Mo is a moderator for all rooms already."
    assert chat.channel("classes") == []


async def test_a_grant_can_be_for_one_room(chat: Chat, standup: Room) -> None:
    chat.world.add_room("webinar", live=True)

    await chat.says("ada", "/hms access grant @vi moderator --room standup --yes")

    assert "End standup for" in (await chat.says("vi", "/hms end-room standup")).text
    assert "Only moderators can do this" in (await chat.says("vi", "/hms end-room webinar")).text


async def test_who_became_moderator_after_a_request_cannot_decide_it(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.passes("1m")
    await chat.says("ada", "/hms access grant @vi moderator --yes")

    said = await chat.clicks("vi", "Remove “Gus”", card)

    assert "after this was asked" in said.text
    assert len(standup.peers) == 3


@pytest.mark.parametrize("level", ["moderator", "admin"])
async def test_what_somebody_held_before_a_grant_counts_since_then(
    chat: Chat, standup: Room, level: str
) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.passes("1m")
    await chat.says("ada", f"/hms access grant @max {level} --yes")

    said = await chat.clicks("max", "Remove “Gus”", card)

    assert "Approved by Max" in said.text
    assert f"Max · {level} · everywhere" in (await chat.says("vi", "/hms access list")).text


async def test_a_level_that_was_taken_meanwhile_counts_anew(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    await chat.passes("1m")
    for line in ("grant @max admin --yes", "revoke @max --yes", "grant @max moderator --yes"):
        await chat.says("ada", f"/hms access {line}")

    said = await chat.clicks("max", "Remove “Gus”", card)

    assert "after this was asked" in said.text


async def test_an_admin_who_was_a_moderator_before_decides_what_takes_an_admin_only_from_then_on(
    chat: Chat, standup: Room
) -> None:
    card = await chat.says("ada", "/hms access grant @mo admin")
    await chat.clicks("ada", card.buttons[0], card)
    await chat.passes("1m")
    asked = await chat.says("ada", "/hms access grant @vi admin")
    await chat.passes("1m")
    await chat.says("ada", "/hms access grant @max moderator --yes")
    promoted = await chat.says("ada", "/hms access grant @max admin")
    await chat.clicks("mo", promoted.buttons[0], promoted)

    said = await chat.clicks("max", asked.buttons[0], asked)

    assert "after this was asked" in said.text


async def test_the_only_admin_makes_another_alone_and_two_need_each_other(chat: Chat) -> None:
    first = await chat.says("ada", "/hms access grant @max admin")
    assert "Cancel" in first.buttons
    await chat.clicks("ada", first.buttons[0], first)
    await chat.passes("1m")

    second = await chat.says("ada", "/hms access grant @mo admin")
    assert "Max decides" in second.text
    await chat.clicks("max", second.buttons[0], second)

    assert "Everything is in order." in (await chat.says("mo", "/hms doctor")).text


async def test_what_was_granted_can_be_taken_back_by_its_undo(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access grant @vi moderator --yes")

    undo = await chat.clicks("ada", "Make Vi a viewer again", chat.reads("ada"))
    await chat.clicks("ada", undo.buttons[0], undo)

    assert "you are a viewer" in (await chat.says("vi", "/hms end-room")).text


async def test_what_somebody_had_not_is_taken_from_them_by_the_undo(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.says("ada", "/hms access grant @vi viewer --yes")

    undo = await chat.clicks("ada", "Take it from Vi", chat.reads("ada"))
    await chat.clicks("ada", undo.buttons[0], undo)

    assert "you hold none" in (await chat.says("vi", "/hms status")).text


async def test_a_revoked_level_is_gone_at_once(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @mo --yes")

    assert "you have no level here. Ask Ada." in (await chat.says("mo", "/hms end-room")).text
    assert "took their level from Mo for all rooms, was a moderator" in chat.reads("ada", "dm").text


async def test_a_level_that_stays_in_a_room_is_named_and_can_be_taken_too(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access grant @mo moderator --room standup --yes")

    card = await chat.says("ada", "/hms access revoke @mo")
    assert "Take the level of Mo for all rooms but standup?" in card.text
    assert "Mo keeps their level for standup" in card.text
    await chat.clicks("ada", "Take it from Mo", card)
    taken = chat.channel("classes")[-1]
    assert "Ada took their level from Mo for all rooms but standup, was a moderator." in taken
    assert "for all rooms but standup" in chat.reads("ada", "dm").text
    assert "Mo locked standup" in (await chat.says("mo", "/hms room lock --yes")).text

    more = await chat.clicks("ada", "Take it for standup", chat.reads("ada"))
    await chat.clicks("ada", more.buttons[0], more)

    assert "you have no level here" in (await chat.says("mo", "/hms end-room")).text


async def test_what_somebody_holds_besides_is_said_of_a_lower_level(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access grant @mo moderator --room standup --yes")
    lower = await chat.says("ada", "/hms access grant @mo viewer --yes")
    assert "Ada made Mo a viewer for all rooms but standup, was a moderator." in lower.text
    assert "Take it for standup" in lower.buttons

    in_one = await chat.says("ada", "/hms access grant @max viewer --room standup --yes")
    assert "Max keeps their level for all rooms" in in_one.text
    assert (
        "Max keeps their level for all rooms"
        in (await chat.says("ada", "/hms access revoke @max --room standup --yes")).text
    )


async def test_of_many_rooms_in_which_a_level_stays_a_few_are_named(chat: Chat) -> None:
    for name in "abcdefgh":
        room = chat.world.add_room(f"room-{name}")
        await chat.grants("vi", Level.VIEWER, room.id)

    said = await chat.says("ada", "/hms access revoke @vi --yes")

    assert "room-b, room-c, room-d, room-e, and 3 others" in said.text
    assert said.buttons == ("Make Vi a viewer again",)


async def test_a_yes_is_no_good_once_who_asked_has_lost_the_level(chat: Chat, standup: Room) -> None:
    gus = standup.join("Gus")
    card = await chat.says("mo", "/hms remove Gus spamming --room standup")
    await chat.says("ada", "/hms access revoke @mo --yes")

    told = await chat.clicks("max", "Remove “Gus”", card)

    assert "Who asked may no longer do this." in told.text
    assert gus in standup.peers
    assert chat.request(card).states == ["asked", "waiting", "refused"]
    assert "It takes a moderator, and Mo has no level here." in chat.request(card).entries[-1].text
    late = await chat.clicks("ada", "Remove “Gus”", card)
    assert late.text.startswith("This was refused. Who asked may no longer do this.")


async def test_a_form_is_refused_to_who_has_lost_the_level(chat: Chat, standup: Room) -> None:
    gus = standup.join("Gus")
    await chat.says("mo", "/hms remove Gus --room standup")
    await chat.says("ada", "/hms access revoke @mo --yes")

    form = chat.workspace.views_of("U0MO")[-1]
    await chat.workspace.submits("U0MO", form.id, {"reason": {"value": "spam"}})
    await chat.bot.idle()

    assert "you have no level here. Ask Ada." in chat.reads("mo").text
    assert "Remove “Gus”" not in chat.reads("max").text
    assert gus in standup.peers


async def test_a_button_does_no_more_than_its_line(chat: Chat, standup: Room) -> None:
    locked = await chat.says("mo", "/hms room lock standup --yes")
    await chat.says("ada", "/hms access revoke @mo --yes")

    told = await chat.clicks("mo", "Unlock standup", locked)

    assert "you have no level here. Ask Ada." in told.text
    assert not standup.enabled


async def test_what_nobody_holds_cannot_be_taken(chat: Chat) -> None:
    assert "holds no level for all rooms" in (await chat.says("ada", "/hms access revoke @gia")).text


async def test_a_guest_is_given_no_level_since_none_would_let_them_in(chat: Chat) -> None:
    for line in ("/hms access grant @gia viewer", "/hms access grant @gia viewer --yes"):
        assert "Gia is a guest, and only full members" in (await chat.says("ada", line)).text

    assert "Gia" not in (await chat.says("ada", "/hms access list")).text


async def test_the_button_names_the_person(chat: Chat) -> None:
    assert (await chat.says("ada", "/hms access grant @vi moderator")).buttons[0] == "Make Vi a moderator"
    assert (await chat.says("ada", "/hms access revoke @mo")).buttons[0] == "Take it from Mo"


async def test_an_admin_of_the_settings_stays_admin(chat: Chat) -> None:
    for line in (
        "/hms access revoke @ada",
        "/hms access grant @ada viewer",
        "/hms access grant @ada viewer --yes",
    ):
        assert "by the setting HMS_BOT_ADMINS" in (await chat.says("ada", line)).text

    await chat.says("ada", "/hms access grant @max admin --yes")
    assert "made Ada" not in chat.reads("max", "dm").text


async def test_the_only_admin_stays_admin(sqlite_url: str) -> None:
    async with opened(sqlite_url, besides={"HMS_BOT_ADMINS": ""}) as chat:
        await chat.grants("ada", Level.ADMIN)
        for line in ("/hms access revoke @ada --yes", "/hms access grant @ada moderator --yes"):
            assert "Ada is the only admin. Appoint another first" in (await chat.says("ada", line)).text

        await chat.says("ada", "/hms access grant @max admin --yes")
        await chat.says("ada", "/hms access grant @ada moderator --yes")

        assert (
            "Only admins can do this; you are a moderator. Ask Max."
            in (await chat.says("ada", "/hms access grant @vi moderator")).text
        )


async def test_a_room_of_their_own_takes_nothing_from_an_admin(chat: Chat, standup: Room) -> None:
    said = await chat.says("ada", "/hms access grant @ada moderator --room standup --yes")

    assert "Ada made Ada a moderator for standup" in said.text


async def test_the_list_names_everybody_and_the_channels_whose_members_may_look(
    chat: Chat, standup: Room
) -> None:
    await chat.binds("classes", standup, viewers=True)

    said = await chat.says("vi", "/hms access list")

    assert "Ada · admin · everywhere" in said.text
    assert "Mo · moderator · everywhere" in said.text
    assert "viewer · standup" in said.text


async def test_a_level_that_does_not_exist_is_refused(chat: Chat) -> None:
    assert "king" in (await chat.says("ada", "/hms access grant @vi king")).text


async def test_a_moderator_grants_and_revokes_nothing(chat: Chat) -> None:
    assert "Only admins can do this" in (await chat.says("mo", "/hms access grant @mo admin")).text
    assert "Only admins can do this" in (await chat.says("mo", "/hms access revoke @max")).text


async def test_somebody_without_a_level_sees_no_list(chat: Chat) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "you hold none. Ask Ada." in (await chat.says("vi", "/hms access list")).text
