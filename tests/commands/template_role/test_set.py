"""``template-role set``: what a role may do is changed, shown as a difference before anybody says yes."""

import pytest

from bot.people import Level
from sandbox.hms.state.template import Template
from tests.chat import Chat


@pytest.fixture
async def classroom(chat: Chat) -> Template:
    """The template of all rooms; Max is admin too."""
    await chat.grants("max", Level.ADMIN)
    found = chat.world.template_named("classroom")
    assert found
    return found


async def test_the_difference_is_read_before_a_second_admin_says_yes(chat: Chat, classroom: Template) -> None:
    card = await chat.says("ada", "/hms template-role set classroom guest --video no --max-people 200")
    assert "Change the role guest of classroom?" in card.text
    assert "guest: may publish video: yes → no\n" in card.text
    assert "guest: people at most: as many as come → 200" in card.text
    assert "video" in classroom.publishes("guest")

    done = await chat.clicks("max", "Change guest", card)

    assert "Ada changed the role guest of classroom." in done.text
    assert classroom.publishes("guest") == ("audio",)
    assert classroom.limit("guest") == 200
