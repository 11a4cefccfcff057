"""An act that lacks something opens its form, filled; what is wrong is said in the form."""

import pytest

from bot.dispatch import considering
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
    assert "Remove “Gus” from standup?" in chat.channel("classes")[-1]
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


async def test_what_the_command_itself_refuses_is_said_at_its_field_and_nothing_is_lost(chat: Chat) -> None:
    chat.world.add_room("algebra-9b")
    await chat.says("ada", "/hms room create")
    form = form_of(chat, "U0ADA")

    for field, name, template, said in (
        ("name", "bad name", "classroom", "“bad name” cannot be a room's name"),
        ("name", "Algebra-9B", "classroom", "There is a room algebra-9b already."),
        ("template", "algebra-9c", "nosuch", "There is no template called nosuch."),
    ):
        filled = {"name": {"value": name}, "template": {"value": template}}
        outcome = await chat.workspace.submits("U0ADA", form.id, filled)
        await chat.bot.idle()
        assert list(outcome.errors) == [field]
        assert said in outcome.errors[field]
        assert chat.workspace.views_of("U0ADA") == [form_of(chat, "U0ADA")]
        assert chat.reads("ada").messages == ()

    filled = {"name": {"value": "algebra-9c"}, "template": {"value": "classroom"}}
    outcome = await chat.workspace.submits("U0ADA", form.id, filled)
    await chat.bot.idle()
    assert outcome.errors == {}
    assert "Make the room algebra-9c?\nwith the template classroom" in chat.reads("ada").text


async def test_who_is_not_there_is_said_at_the_field_of_the_person(chat: Chat) -> None:
    chat.world.add_room("standup", live=True)
    await chat.says("mo", "/hms remove --room standup")

    filled = {"person": {"value": "Zoe"}, "reason": {"value": "spam"}}
    outcome = await chat.workspace.submits("U0MO", form_of(chat).id, filled)

    assert outcome.errors == {"person": "Nobody called “Zoe” is in standup. See who is there: /hms who."}


async def test_a_read_says_at_its_field_what_it_does_not_find(chat: Chat) -> None:
    await chat.says("vi", "/hms can @mo")

    outcome = await chat.workspace.submits("U0VI", form_of(chat, "U0VI").id, {"command": {"value": "dance"}})

    assert list(outcome.errors) == ["command"]


async def test_several_people_of_one_name_are_a_picker_also_after_a_form(chat: Chat) -> None:
    room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    room.join("gus", role="stage", user_id="another")
    await chat.says("mo", "/hms remove --room standup")

    filled = {"person": {"value": "Gus"}, "reason": {"value": "spam"}}
    outcome = await chat.workspace.submits("U0MO", form_of(chat).id, filled)
    await chat.bot.idle()

    assert outcome.errors == {}
    assert set(chat.reads("mo").buttons) == {"“Gus” · guest", "“gus” · stage"}


async def test_what_was_seen_too_late_for_the_form_can_be_filled_in_again(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(considering, "TRIED", 0)  # 100ms answers later than Slack waits
    await chat.says("ada", "/hms room create")
    filled = {"name": {"value": "bad name"}, "template": {"value": "classroom"}}
    await chat.workspace.submits("U0ADA", form_of(chat, "U0ADA").id, filled)
    await chat.bot.idle()

    said = chat.reads("ada")
    assert said.text.count("“bad name” cannot be a room's name") == 1
    await chat.clicks("ada", "Open the form", said)

    inputs = {block["block_id"]: block["element"] for block in form_of(chat, "U0ADA").body["blocks"]}
    assert inputs["name"]["initial_value"] == "bad name"
    assert inputs["template"]["initial_value"] == "classroom"


async def test_who_may_not_ask_is_refused_and_written_down(chat: Chat) -> None:
    await chat.says("mo", "/hms remove --room standup")
    await chat.says("ada", "/hms access revoke @mo --yes")

    filled = {"person": {"value": "Zoe"}, "reason": {"value": "spam"}}
    outcome = await chat.workspace.submits("U0MO", form_of(chat).id, filled)
    await chat.bot.idle()

    assert outcome.errors == {}
    assert 'refused · remove "Zoe" spam' in (await chat.says("ada", "/hms audit tail")).text


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
    assert "Remove “Gus” from standup?" in chat.channel("classes")[-1]


async def test_a_form_closed_at_once_leaves_nothing_behind(chat: Chat) -> None:
    await chat.says("mo", "/hms remove")
    await chat.workspace.closes("U0MO", form_of(chat).id)
    await chat.bot.idle()
    assert chat.workspace.views_of("U0MO") == []
