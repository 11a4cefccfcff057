"""The roles of a template complete as one types: in its forms, from the template that was chosen."""

from sandbox.hms.state.template import Template
from tests.chat import Chat

ADA = "U0ADA"


async def offered(chat: Chat, line: str, field: str, typed: str = "") -> list[str]:
    """What a field of a form offers for what is typed."""
    await chat.says("ada", f"/hms {line}")
    *_, form = chat.workspace.views_of(ADA)
    await chat.workspace.clicks(ADA, form, "more", values={})
    await chat.bot.idle()
    *_, form = chat.workspace.views_of(ADA)
    [block] = [one for one in form.body["blocks"] if one.get("block_id", "").partition(":")[0] == field]
    found = await chat.workspace.searches(
        ADA, form, block["element"]["action_id"], typed, block_id=block["block_id"]
    )
    return [option["text"]["text"] for option in found.options]


async def test_each_form_of_a_template_offers_its_roles(chat: Chat, classroom: Template) -> None:
    roles = list(classroom.roles)

    for line, field in (
        ("template-role set classroom", "role"),
        ("template-role set classroom guest", "sees"),
        ("template-role delete classroom", "role"),
        ("template-recordings set classroom", "recorder"),
        ("template-destinations set classroom notes", "writer"),
    ):
        assert await offered(chat, line, field) == roles, line
    assert await offered(chat, "template-role delete classroom", "role", "gue") == ["guest"]
    assert await offered(chat, "template-role delete classroom", "role", "zzz") == []
    assert await offered(chat, "template-role set classroom", "role", "panel") == ["panel"]


async def test_what_is_nearly_a_role_is_asked_about_and_a_new_one_is_made(
    chat: Chat, classroom: Template
) -> None:
    asked = await chat.says("ada", "/hms template-role delete classroom gest")
    assert "The template has no role “gest”. Do you mean this one?" in asked.text
    assert "Delete the role guest of classroom?" in (await chat.clicks("ada", "guest", asked)).text

    made = await chat.says("ada", "/hms template-role set classroom gest --audio yes --sees gest,host")
    assert "Make the role gest in classroom?" in made.text
    as_it_is = await chat.says("ada", "/hms template-role set classroom GUEST --priority 4")
    assert "Change the role guest of classroom?" in as_it_is.text


async def test_a_template_that_somebody_makes_into_another_offers_what_it_has_then(
    chat: Chat, classroom: Template
) -> None:
    assert "panel" not in await offered(chat, "template-role delete classroom", "role")

    card = await chat.says("ada", "/hms template-role set classroom panel --audio yes")
    await chat.clicks("max", "Make panel", card)

    assert "panel" in await offered(chat, "template-role delete classroom", "role")


async def test_another_template_that_is_chosen_offers_other_roles(chat: Chat, classroom: Template) -> None:
    lobby = chat.world.add_template("lobby", roles={"usher": dict(classroom.roles["host"])})
    await chat.says("ada", "/hms template-role delete")
    *_, form = chat.workspace.views_of(ADA)
    await chat.workspace.searches(ADA, form, "value", "lobby", block_id="template")

    await chat.workspace.selects(ADA, form, "value", lobby.id, block_id="template")
    await chat.bot.idle()

    *_, form = chat.workspace.views_of(ADA)
    found = await chat.workspace.searches(ADA, form, "value", "", block_id="role")
    assert [option["value"] for option in found.options] == ["usher"]
