"""``room bind`` and ``room unbind``: the channel that speaks for a room."""

from bot.dispatch import ledger
from bot.dispatch.context import context
from tests.chat import Chat


async def test_a_bound_channel_speaks_for_its_room_and_asks_about_its_members(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)

    await chat.says("ada", "/hms room bind standup", channel="webinars")

    asked = chat.channel("webinars")[-1]
    assert (
        "Ada let <#C0WEBINARS> speak for standup. May its members see who is there and what goes on?" in asked
    )
    assert "standup · 1 person" in (await chat.says("vi", "/hms status", channel="webinars")).text


async def test_a_channel_that_changes_rooms_says_so_and_can_change_back(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    chat.world.add_room("yoga", live=True)
    await chat.says("ada", "/hms room bind standup --viewers yes", channel="webinars")

    await chat.says("ada", "/hms room bind yoga --viewers yes", channel="webinars")
    assert "It no longer speaks for standup." in chat.channel("webinars")[-1]
    await chat.clicks("ada", "Bind standup again", chat.reads("ada", "webinars"))

    assert "standup · 1 person" in (await chat.says("vi", "/hms status", channel="webinars")).text


async def test_members_may_look_once_an_admin_has_said_so(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.says("ada", "/hms room bind standup", channel="webinars")
    assert "you hold none" in (await chat.says("vi", "/hms status", channel="webinars")).text

    await chat.clicks("ada", "They may look", chat.reads("ada", "webinars"))

    assert "standup · 1 person" in (await chat.says("vi", "/hms status", channel="webinars")).text
    assert "you hold none" in (await chat.says("vi", "/hms status standup")).text


async def test_what_held_for_the_members_comes_back_with_the_room(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    chat.world.add_room("yoga")
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.says("ada", "/hms room bind standup --viewers yes", channel="webinars")

    await chat.says("ada", "/hms room bind yoga --viewers no", channel="webinars")
    assert "you hold none" in (await chat.says("vi", "/hms status", channel="webinars")).text
    await chat.clicks("ada", "Bind standup again", chat.reads("ada", "webinars"))

    assert "speak for standup, and its members look into it." in chat.channel("webinars")[-1]
    assert "standup · 1 person" in (await chat.says("vi", "/hms status", channel="webinars")).text


async def test_who_binds_a_room_again_and_says_nothing_of_the_members_leaves_them_be(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.says("ada", "/hms room bind standup --viewers yes", channel="webinars")

    await chat.says("ada", "/hms room bind standup", channel="webinars")

    assert "speak for standup, and its members look into it." in chat.channel("webinars")[-1]
    assert "standup · 1 person" in (await chat.says("vi", "/hms status", channel="webinars")).text
    await chat.says("ada", "/hms room bind standup --viewers no", channel="webinars")
    assert "you hold none" in (await chat.says("vi", "/hms status", channel="webinars")).text


async def test_only_an_admin_answers_for_the_members(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("ada", "/hms room bind standup", channel="webinars")

    said = await chat.clicks("mo", "They may look", chat.reads("mo", "webinars"))

    assert "Only admins can do this" in said.text


async def test_an_old_answer_about_the_members_binds_nothing_anew(chat: Chat) -> None:
    chat.world.add_room("standup")
    chat.world.add_room("yoga")
    await chat.says("ada", "/hms room bind yoga", channel="webinars")
    old = chat.reads("ada", "webinars")
    await chat.says("ada", "/hms room bind standup", channel="webinars")

    late = await chat.clicks("ada", "They may look", old)

    assert "<#C0WEBINARS> speaks for standup by now, not for yoga, so nothing was changed." in late.text
    assert "standup" in (await chat.says("ada", "/hms status", channel="webinars")).text
    await chat.says("ada", "/hms room unbind", channel="webinars")
    gone = await chat.clicks("ada", "They may look", old)
    assert "<#C0WEBINARS> does not speak for yoga any more, so nothing was changed." in gone.text


async def test_a_channel_that_speaks_for_a_room_already_is_not_told_so_again(chat: Chat) -> None:
    chat.world.add_room("standup")
    await chat.says("ada", "/hms room bind standup --viewers no", channel="webinars")
    told = chat.channel("webinars")

    again = await chat.says("ada", "/hms room bind standup", channel="webinars")
    assert "<#C0WEBINARS> speaks for standup already. To let its members look into it" in again.text
    assert chat.channel("webinars") == told

    await chat.says("ada", "/hms room bind standup --viewers yes", channel="webinars")
    looked = await chat.says("ada", "/hms room bind standup", channel="webinars")
    assert "<#C0WEBINARS> speaks for standup already, and its members look into it." in looked.text
    assert len(chat.channel("webinars")) == len(told) + 1


async def test_that_members_look_no_longer_is_said(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("ada", "/hms room bind standup", channel="webinars")
    asked = chat.reads("ada", "webinars")
    await chat.clicks("ada", "They may look", asked)

    await chat.clicks("ada", "Only who is granted it", asked)

    assert "speak for standup, and its members look into it no longer." in chat.channel("webinars")[-1]


async def test_unbinding_can_be_undone(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("ada", "/hms room bind standup --viewers yes", channel="webinars")

    await chat.says("ada", "/hms room unbind", channel="webinars")
    assert "Which room?" in (await chat.says("vi", "/hms status", channel="webinars")).text
    await chat.clicks("ada", "Bind standup again", chat.reads("ada", "webinars"))

    assert "standup · 1 person" in (await chat.says("vi", "/hms status", channel="webinars")).text


async def test_an_unbinding_that_is_run_again_after_it_was_cut_off_says_the_same(chat: Chat) -> None:
    chat.world.add_room("standup")
    await chat.says("ada", "/hms room bind standup --viewers yes", channel="webinars")
    await chat.says("ada", "/hms room unbind", channel="webinars")
    road = chat.bot.dispatcher
    request = await ledger.known(road, 2)

    again = await road.registry.load(request.invocation).run(context(road, request.actor, request))

    assert again == request.answer


async def test_a_channel_that_speaks_for_nothing_cannot_be_unbound(chat: Chat) -> None:
    said = await chat.says("ada", "/hms room unbind", channel="webinars")

    assert "speaks for no room" in said.text


async def test_direct_messages_speak_for_no_room(chat: Chat) -> None:
    chat.world.add_room("standup")

    said = await chat.says("ada", "/hms room bind standup", channel="dm")

    assert "This works in a channel" in said.text


async def test_a_channel_without_the_bot_is_asked_to_invite_it(chat: Chat) -> None:
    chat.world.add_room("standup")

    said = await chat.says("ada", "/hms room bind standup", channel="lobby-talk")

    assert "/invite" in said.text


async def test_a_moderator_is_refused(chat: Chat) -> None:
    chat.world.add_room("standup")

    assert "Only admins can do this" in (await chat.says("mo", "/hms room bind standup")).text
    assert "Only admins can do this" in (await chat.says("mo", "/hms room unbind")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat) -> None:
    chat.world.add_room("standup")

    assert "There is no room called “nosuch”" in (await chat.says("ada", "/hms room bind nosuch")).text


async def test_an_admin_of_one_room_does_not_read_for_which_room_the_channel_spoke(chat: Chat) -> None:
    standup, yoga = chat.world.add_room("standup"), chat.world.add_room("yoga")
    await chat.binds("classes", yoga)
    await chat.says("ada", "/hms access revoke @vi --yes")
    await chat.grants("vi", chat.ADMIN, standup.id)

    tried = await chat.says("vi", "/hms room bind standup --viewers no --dry-run")
    await chat.says("vi", "/hms room bind standup --viewers no")

    assert "<#C0CLASSES> speaks for another room now" in tried.text
    assert "speak for standup. It no longer speaks for another room." in chat.channel("classes")[-1]
    assert "yoga" not in chat.reads("vi").text
