"""Lost, twice, out of order, and the bot down for five minutes: what people finally read is the same."""

from collections import Counter

from sandbox.hms.events.webhooks import Weather
from tests.bot.features.event.reporting import REPORTED, reporting
from tests.bot.features.event.school import BAD, School
from tests.bot.features.event.test_repair import missing


async def test_what_people_finally_read_is_that_of_the_day_on_which_nothing_was_lost(
    sqlite_url: str, tmp_path_factory
) -> None:
    async with reporting(sqlite_url, REPORTED) as reported:
        school = School(reported)
        await school.opens()
        await school.day(weather=Weather(), down=False)
        clear = await school.read()
        sent = Counter(one.type for one in reported.chat.world.journal.events if one.type.is_webhook)
        assert sent.total() >= 500

    other = f"sqlite:///{tmp_path_factory.mktemp('bad')}/bot.db"
    async with reporting(other, REPORTED) as reported:
        school = School(reported)
        await school.opens()
        await school.day(weather=BAD, down=True)
        assert await missing(reported) == []
        assert (await reported.sources())["replay"] > 50
        bad = await school.read()

    different = [room for room in clear if bad[room] != clear[room]]
    assert {room: bad[room] for room in different} == {room: clear[room] for room in different}
