"""What somebody sees while they type is what is read."""

import pytest

from bot.people import Actor
from bot.slack.inbound.typed import named, signs


@pytest.mark.parametrize(
    ("sent", "seen"),
    [
        ("well done :tada:", "well done 🎉"),
        (":tada::+1:", "🎉👍"),
        (":+1::skin-tone-4:", "👍🏽"),
        (":man-shrugging::skin-tone-6:", "🤷🏿‍♂️"),
        (":tada::skin-tone-4:", "🎉"),
        (":flag-de: :flag-cd:", "🇩🇪 🇨🇩"),
        (":large_green_circle:", "🟢"),
        (":female-teacher:", "👩‍🏫"),
        ("at 10:30:45", "at 10:30:45"),
        ("1:100:2", "1:100:2"),
        (":nosuch: :30: :flag-zz: ::", ":nosuch: :30: :flag-zz: ::"),
        ("--in 5m :x", "--in 5m :x"),
    ],
)
def test_the_code_of_an_emoji_is_its_sign_and_nothing_else_is(sent: str, seen: str) -> None:
    assert signs(sent) == seen


async def test_who_is_mentioned_by_id_alone_gets_a_name() -> None:
    async def who(user: str) -> Actor:
        return Actor(user, {"U1": "Max <i>|"}.get(user, user))

    assert await named("ask <@U1> or <@U2|ivy> or <@U3>", who) == "ask <@U1|Max i> or <@U2|ivy> or <@U3|U3>"
