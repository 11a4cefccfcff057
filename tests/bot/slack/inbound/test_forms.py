"""An act that lacks something opens its form, filled; what is wrong is said in the form."""

from sandbox.slack.views import View
from tests.chat import Chat


def form_of(chat: Chat, person: str = "U0MO") -> View:
    return chat.workspace.views_of(person)[-1]


def problem(view: View) -> str:
    return view.body["blocks"][0]["text"]["text"]


async def test_what_is_missing_is_asked_for_in_a_form_that_holds_the_rest(chat: Chat) -> None:
    chat.world.add_room("standup", live=True).join("Gus")
    await chat.says("mo", "/hms remove --room standup")
    form = form_of(chat)
    assert "still needs: *person* and *reason*" in problem(form)
    room = next(block for block in form.body["blocks"] if block["block_id"] == "room")
    assert room["element"]["initial_option"]["value"] == "standup"

    filled = {"person": {"value": "Gus"}, "reason": {"value": "spam & <!channel>"}}
    outcome = await chat.workspace.submits("U0MO", form.id, filled)
    await chat.bot.idle()
    assert outcome.errors == {}
    assert chat.workspace.views_of("U0MO") == []
    assert "Removes Gus from standup" in chat.channel("classes")[-1]
    assert "spam & <!channel>" in chat.channel("classes")[-1]


async def test_what_does_not_fit_is_said_at_its_field(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("ada", "/hms access grant")
    form = form_of(chat, "U0ADA")
    outcome = await chat.workspace.submits("U0ADA", form.id, {})
    assert outcome.errors
    assert set(outcome.errors) <= {block["block_id"] for block in form.body["blocks"]}


async def test_what_cannot_be_said_in_a_line_cannot_be_said_in_a_form(chat: Chat) -> None:
    await chat.says("mo", "/hms remove --room standup")
    both = {"person": {"value": "Gus"}, "role": {"value": "guest"}, "reason": {"value": "spam"}}
    outcome = await chat.workspace.submits("U0MO", form_of(chat).id, both)
    assert outcome.errors == {"person": "Fill in either person or role, not both."}


async def test_rooms_are_offered_to_somebody_who_may_act_on_one(chat: Chat) -> None:
    chat.world.add_room("standup")
    chat.world.add_room("retro")
    await chat.says("mo", "/hms remove")
    found = await chat.workspace.searches("U0MO", form_of(chat), "value", "STAND", block_id="room")
    assert [option["text"]["text"] for option in found.options] == ["standup"]


async def test_rooms_are_offered_to_nobody_else(chat: Chat) -> None:
    chat.world.add_room("standup")
    await chat.says("mo", "/hms remove")
    await chat.says("ada", "/hms access revoke @mo --yes")
    found = await chat.workspace.searches("U0MO", form_of(chat), "value", "", block_id="room")
    assert found.options == []


async def test_a_mention_brings_no_trigger_so_a_button_opens_the_form(chat: Chat) -> None:
    chat.world.add_room("standup", live=True).join("Gus")
    said = await chat.says("mo", "@hms remove --room standup")
    assert said.buttons == ("Open the form",)
    await chat.clicks("mo", "Open the form", said)
    form = form_of(chat)
    filled = {"person": {"value": "Gus"}, "reason": {"value": "spam"}}
    await chat.workspace.submits("U0MO", form.id, filled)
    await chat.bot.idle()
    assert "Removes Gus from standup" in chat.channel("classes")[-1]


async def test_a_form_closed_at_once_leaves_nothing_behind(chat: Chat) -> None:
    await chat.says("mo", "/hms remove")
    await chat.workspace.closes("U0MO", form_of(chat).id)
    await chat.bot.idle()
    assert chat.workspace.views_of("U0MO") == []
