"""Time zones, as people write them."""

import pytest

from bot.command import Ambiguous, Registry, read, write
from bot.command.kinds.zone import zone_called, zones_near
from bot.errors import UserError
from bot.reply import Plain, Reply
from tests.bot.command.place import Place

LINE = "window daily 9-17 --tz "


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("Europe/Rome", "Europe/Rome"),
        ("europe/rome", "Europe/Rome"),
        ("america/new york", "America/New_York"),
        ("utc", "UTC"),
        ("Rome", ""),
        ("Europe", ""),
        ("localtime", ""),  # a machine's own
        ("right/Europe/Rome", ""),  # counts leap seconds
        ("../../etc/passwd", ""),
        ("", ""),
    ],
)
def test_a_zone_is_one_of_the_database(words: str, zone: str) -> None:
    assert zone_called(words) == zone


@pytest.mark.parametrize(
    ("words", "likeliest"),
    [
        ("Rome", "Europe/Rome"),
        ("Europe/Roma", "Europe/Rome"),
        ("new york", "America/New_York"),
        ("Aukland", "Pacific/Auckland"),
        ("Asia/Calcuta", "Asia/Calcutta"),
    ],
)
def test_what_is_near_to_a_zone_offers_it(words: str, likeliest: str) -> None:
    assert zones_near(words)[0] == likeliest


async def test_a_zone_that_does_not_exist_is_offered_on_a_button(registry: Registry) -> None:
    with pytest.raises(Ambiguous) as asked:
        await read(registry, f"{LINE}Rome --warn 5").command.pin(Place())

    assert Plain().text(Reply.of(asked.value)) == "There is no time zone Rome. Do you mean this one?"
    first = asked.value.buttons[0]
    assert first.label == "Europe/Rome"
    assert write(registry, registry.load(first.invocation)).endswith(
        "--tz Europe/Rome --warn 5 --room standup"
    )


async def test_words_near_to_no_zone_are_refused(registry: Registry) -> None:
    with pytest.raises(UserError) as refused:
        await read(registry, f"{LINE}here").command.pin(Place())
    assert (
        Plain().text(Reply.of(refused.value))
        == "There is no time zone here. Write one such as Europe/Berlin."
    )


async def test_it_is_kept_as_the_database_writes_it(registry: Registry) -> None:
    command = await read(registry, f"{LINE}europe/rome").command.pin(Place())
    assert command.zone == "Europe/Rome"
