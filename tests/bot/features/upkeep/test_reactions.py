"""What the bot does for itself once a day."""

from datetime import timedelta

from bot.request.book import RequestBook
from tests.chat import Chat


async def test_every_day_the_admins_get_the_head_of_the_log(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms room lock --yes --room standup")

    await chat.passes("1d")
    first = chat.reads("ada", "dm").text
    await chat.passes("1d")

    assert "The log of who did what, today: Its head is entry" in first
    assert chat.reads("ada", "dm").text.count("Its head is entry") == 2


async def test_a_week_that_was_slept_through_is_made_up_for_once(chat: Chat) -> None:
    await chat.stops()
    chat.clock.now += timedelta(days=7)
    await chat.starts()

    await chat.passes("1s")

    assert chat.reads("ada", "dm").text.count("The log of who did what") == 1


async def test_what_is_older_than_it_need_be_kept_is_forgotten_and_the_log_stays(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms room lock --yes --room standup")

    await chat.passes("401d")

    async with chat.bot.db.read() as tx:
        assert await RequestBook().find(tx, 1) is None
    assert chat.story(1).states[-1] == "done"
