"""A post that was cut off in the middle is never repeated unasked, and never passed over in silence."""

from bot.dispatch import saying
from bot.reply import Place, Reply
from tests.bot.slack.outbound.lost import cut_off
from tests.chat import Chat


async def test_who_asked_is_told_and_may_have_it_posted_again_once(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room standup --yes")
    await cut_off(chat)
    before = chat.channel("classes")
    notice = chat.reads("mo", "dm")
    assert "The message may be there or not." in notice.text

    await chat.clicks("mo", "Post again", notice)
    assert len(chat.channel("classes")) == len(before) + 1
    assert chat.reads("mo", "dm").buttons == ()
    await chat.clicks("mo", "Post again", notice)
    assert len(chat.channel("classes")) == len(before) + 1


async def test_a_notice_that_is_lost_itself_starts_no_chain(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms end-room standup --yes")
    await cut_off(chat)
    assert (await cut_off(chat)).startswith("lost:")
    assert len(chat.reads("mo", "dm").messages) == 1


async def test_of_what_nobody_asked_for_the_admins_are_told_and_post_it_again_once(chat: Chat) -> None:
    async with chat.bot.db.write() as tx:
        await saying.show(
            chat.bot.dispatcher, tx, "happened", Place("C0CLASSES"), Reply("It broke."), request=0
        )
    await chat.bot.idle()
    await cut_off(chat)
    notice = chat.reads("ada", "dm")
    assert "what has happened. The message may be there or not." in notice.text

    await chat.clicks("ada", "Post again", notice)
    await chat.clicks("ada", "Post again", notice)

    assert chat.channel("classes") == ["It broke.", "It broke."]
    assert chat.reads("ada", "dm").buttons == ()
