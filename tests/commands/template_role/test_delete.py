"""``template-role delete``: a role is taken out of a template."""

from sandbox.hms.state.template import Template
from tests.chat import Chat


async def test_it_is_gone_after_a_second_admins_yes(chat: Chat, classroom: Template) -> None:
    chat.world.add_room("standup")
    card = await chat.says("ada", "/hms template-role delete classroom stage")
    assert "Delete the role stage of classroom?" in card.text
    assert "1 room has this template · nobody can join with it any more · its room codes" in card.text
    assert "stage" in classroom.roles

    done = await chat.clicks("max", "Delete stage", card)

    assert "Ada deleted the role stage of classroom." in done.text
    assert "stage" not in classroom.roles


async def test_one_that_somebody_else_has_deleted_is_moot(chat: Chat, classroom: Template) -> None:
    card = await chat.says("ada", "/hms template-role delete classroom stage")
    del classroom.roles["stage"]

    said = await chat.clicks("max", "Delete stage", card)

    assert "classroom has no role stage." in said.text
    assert chat.calls("templates.delete_role") == []


async def test_a_role_or_a_template_that_does_not_exist_is_named(chat: Chat, classroom: Template) -> None:
    said = await chat.says("ada", "/hms template-role delete classroom nosuch")
    assert "classroom has no role nosuch. See which it has" in said.text
    said = await chat.says("ada", "/hms template-role delete nosuch guest")
    assert "There is no template called “nosuch”." in said.text


async def test_a_moderator_is_refused(chat: Chat, classroom: Template) -> None:
    assert (
        "Only admins can do this" in (await chat.says("mo", "/hms template-role delete classroom stage")).text
    )
    assert chat.calls("templates.delete_role") == []
