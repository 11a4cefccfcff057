"""A form asks only for what is missing, from lists of who and what is there; what is wrong is said in it.

Long because each kind of input is filled, wrong and handed in again.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.command.forms import form
from bot.dispatch import considering
from sandbox.hms.state.room.room import Room
from sandbox.slack.views import View
from tests.chat import Chat
from tests.commands.targets import adds_target
from tests.said import PEOPLE


@pytest.fixture
async def standup(chat: Chat) -> Room:
    """A room in which Gus and Ivy are, of which #classes speaks."""
    room = chat.world.add_room("standup", live=True)
    for name, role in (("Gus", "guest"), ("Ivy", "stage")):
        room.join(name, role=role, user_id=f"user-of-{name}")
    await chat.binds("classes", room)
    return room


def form_of(chat: Chat, who: str = "mo") -> View:
    return chat.workspace.views_of(PEOPLE[who])[-1]


def inputs(view: View) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block for block in view.body["blocks"] if block["type"] == "input"}


def text(view: View) -> str:
    """All the words that a form shows, and what stands in its boxes."""
    return "\n".join(_words([view.body[part] for part in ("title", "submit", "blocks")]))


def _words(part: Any) -> Iterator[str]:
    held = part.values() if isinstance(part, dict) else part
    if isinstance(part, dict):
        yield from (part[name] for name in ("text", "initial_value") if isinstance(part.get(name), str))
    for each in held if isinstance(part, dict | list) else ():
        yield from _words(each)


async def offers(chat: Chat, field: str, typed: str = "", who: str = "mo") -> dict[str, str]:
    """What a list offers for what is typed into it: its labels, with what each stands for."""
    found = await chat.workspace.searches(PEOPLE[who], form_of(chat, who), "value", typed, block_id=field)
    return {option["text"]["text"]: option["value"] for option in found.options}


async def hands_in(chat: Chat, who: str = "mo", **filled: object) -> dict[str, str]:
    """Somebody fills in some of the form and hands it in; answers what it says is wrong, by field."""
    values = {field: {"value": value} for field, value in filled.items()}
    outcome = await chat.workspace.submits(PEOPLE[who], form_of(chat, who).id, values)
    assert outcome.error is None
    await chat.bot.idle()
    return dict(outcome.errors)


async def presses_more(chat: Chat, who: str = "mo", **filled: object) -> None:
    values = {field: {"value": value} for field, value in filled.items()}
    await chat.workspace.clicks(PEOPLE[who], form_of(chat, who), "more", values=values)
    await chat.bot.idle()


async def test_only_what_is_missing_is_asked_for(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick gus")

    form = form_of(chat)
    assert form.body["title"]["text"] == "Remove “Gus”"
    assert form.body["submit"]["text"] == "Ask to remove"
    assert list(inputs(form)) == ["reason"]
    assert inputs(form)["reason"]["optional"]  # what is chosen beside it does as well
    assert "In *standup*." in text(form)
    assert standup.id not in text(form)
    assert "user-of" not in text(form)

    assert await hands_in(chat, reason="spam & <!channel>") == {}
    assert chat.workspace.views_of(PEOPLE["mo"]) == []
    assert "Gus" in chat.channel("classes")[-1]
    assert "spam & <!channel>" in chat.channel("classes")[-1]


async def test_people_are_chosen_from_a_list_of_who_is_there(chat: Chat, standup: Room) -> None:
    standup.join("Gus", role="guest", user_id="user-of-Gus")  # on another device
    await chat.says("mo", "/hms kick")

    assert list(inputs(form_of(chat))) == ["person", "reason"]
    assert inputs(form_of(chat))["person"]["optional"] is False
    assert list(await offers(chat, "person")) == ["Hana · host", "Gus · guest", "Ivy · stage"]
    assert list(await offers(chat, "person", "iv")) == ["Ivy · stage"]
    assert list(await offers(chat, "person", "gsu")) == ["Gus · guest"]  # what is near
    assert await offers(chat, "person", "Zoe") == {}

    gus = (await offers(chat, "person"))["Gus · guest"]
    assert await hands_in(chat, person=gus, reason="spam") == {}
    assert "Gus" in chat.channel("classes")[-1]


async def test_what_else_can_be_said_is_behind_more_and_nothing_typed_is_lost(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms kick gus")
    await presses_more(chat, reason="half a sent")

    form = form_of(chat)
    assert list(inputs(form)) == ["person", "reason", "room", "role"]
    shown = {name: block["element"] for name, block in inputs(form).items()}
    assert shown["person"]["initial_option"]["text"]["text"] == "Gus · guest"
    assert shown["room"]["initial_option"]["text"]["text"] == "standup"
    assert shown["reason"]["initial_value"] == "half a sent"
    assert "guest" in await offers(chat, "role")


async def test_a_role_is_chosen_from_those_of_the_room(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick")
    await presses_more(chat)

    roles = await offers(chat, "role", "gue")

    assert list(roles) == ["guest"]
    assert await hands_in(chat, role=roles["guest"], reason="the lesson begins") == {}
    assert "Gus" in chat.channel("classes")[-1]


async def test_targets_are_chosen_several_at_once_from_those_of_the_room(chat: Chat, standup: Room) -> None:
    for name in ("youtube", "twitch"):
        await adds_target(chat, name)
    await chat.says("mo", "/hms stream start")

    assert inputs(form_of(chat))["targets"]["element"]["type"] == "multi_external_select"
    assert list(await offers(chat, "targets")) == ["twitch", "youtube"]
    assert list(await offers(chat, "targets", "you")) == ["youtube"]
    assert await hands_in(chat, targets=["youtube", "twitch"]) == {}
    assert "Stream standup to youtube and twitch?" in chat.reads("mo").text

    await chat.says("ada", "/hms stream-target remove --room standup")
    assert await offers(chat, "name", "tw", who="ada") == {"twitch": "twitch"}


async def test_a_wrong_name_keeps_the_form_and_says_what_is_near(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick gsu")

    person = inputs(form_of(chat))["person"]
    assert person["hint"]["text"].startswith("Nobody in standup is called exactly so.")
    assert "“Gus” · guest" in person["hint"]["text"]
    assert "initial_option" not in person["element"]


async def test_who_is_not_there_any_more_is_said_at_the_field_and_the_reason_stays(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms kick gus")
    for peer in [peer for peer in standup.peers if peer.name == "Gus"]:
        standup.leave(peer)

    await hands_in(chat, reason="spam")

    form = form_of(chat)
    assert list(inputs(form)) == ["person", "reason"]
    assert "is not in standup now" in inputs(form)["person"]["hint"]["text"]
    assert form.values["reason"]["value"]["value"] == "spam"
    ivy = (await offers(chat, "person"))["Ivy · stage"]
    assert await hands_in(chat, person=ivy) == {}
    assert "Ivy" in chat.channel("classes")[-1]


async def test_in_a_channel_of_no_room_the_room_is_asked_for_too(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick gus", "webinars")

    form = form_of(chat)
    assert list(inputs(form)) == ["reason", "room"]
    assert form.body["title"]["text"] == "Remove “gus”"  # who that is shows once the room is known
    assert inputs(form)["room"]["optional"] is False
    rooms = await offers(chat, "room")
    assert rooms == {"standup": standup.id}


async def test_who_is_in_a_room_is_told_to_nobody_who_may_not_know(chat: Chat, standup: Room) -> None:
    other = chat.world.add_room("other", live=True)
    await chat.says("ada", "/hms access revoke @mo --yes")
    await chat.grants("mo", chat.MODERATOR, other.id)

    await chat.says("mo", "/hms kick gus")

    assert "guest" not in text(form_of(chat))
    if "person" in inputs(form_of(chat)):
        assert await offers(chat, "person") == {}


async def test_where_100ms_does_not_answer_what_is_typed_can_be_chosen(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick")
    chat.world.fault("/active-rooms", status=503, times=20)

    assert await offers(chat, "person", "gus") == {"gus": "gus"}


async def test_a_form_without_anything_to_change_says_so_at_a_field(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults")

    form = form_of(chat, "ada")
    assert form.body["submit"]["text"] == "Set up room"
    assert {"host_role", "muted_role", "zone"} <= inputs(form).keys()
    assert inputs(form)["room"]["element"]["initial_option"]["text"]["text"] == "standup"
    assert await hands_in(chat, "ada") == {"host_role": "Say at least one of these."}

    muted = (await offers(chat, "muted_role", "mut", "ada"))["muted"]
    assert await hands_in(chat, "ada", muted_role=muted) == {}
    assert "Muted role · muted" in (await chat.says("ada", "/hms room show")).text


async def test_what_does_not_fit_is_said_at_its_field(chat: Chat) -> None:
    await chat.says("ada", "/hms access grant")

    errors = await hands_in(chat, "ada")

    assert errors
    assert errors.keys() <= inputs(form_of(chat, "ada")).keys()


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        ("poll edit", "poll"),
        ("template edit", "template"),
        ("template-destinations set", "template"),
        ("template-recordings set", "template"),
        ("template-role set", "template"),
        ("template-settings set", "template"),
    ],
)
async def test_a_form_that_shows_what_holds_asks_first_of_what(
    chat: Chat, standup: Room, line: str, asked: str
) -> None:
    said = await chat.says("ada", f"/hms {line}")

    assert said.messages == ()
    assert asked in inputs(form_of(chat, "ada"))


async def test_what_cannot_be_said_in_a_line_cannot_be_said_in_a_form(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick")
    await presses_more(chat)
    gus, guests = (await offers(chat, "person"))["Gus · guest"], (await offers(chat, "role"))["guest"]

    errors = await hands_in(chat, person=gus, role=guests, reason="spam")

    assert errors == {"person": "Fill in either person or role, not both."}


async def test_what_the_command_itself_refuses_is_said_at_its_field_and_nothing_is_lost(chat: Chat) -> None:
    chat.world.add_room("algebra-9b")
    await chat.says("ada", "/hms room create")
    assert form_of(chat, "ada").body["submit"]["text"] == "Create room"
    await presses_more(chat, "ada")

    [template] = (await offers(chat, "template", "classroom", "ada")).values()
    for name, said in (
        ("bad name", "“bad name” cannot be a room's name"),
        ("Algebra-9B", "There is a room algebra-9b already."),
    ):
        errors = await hands_in(chat, "ada", name=name, template=template)
        assert list(errors) == ["name"]
        assert said in errors["name"]
        assert chat.reads("ada").messages == ()

    [template] = (await offers(chat, "template", "classroom", "ada")).values()
    assert await hands_in(chat, "ada", name="algebra-9c", template=template) == {}
    assert "algebra-9c" in chat.reads("ada").text


async def test_a_read_says_at_its_field_what_it_does_not_find(chat: Chat) -> None:
    await chat.says("vi", "/hms can @mo")

    assert list(await hands_in(chat, "vi", command="dance")) == ["command"]


async def test_what_was_seen_too_late_for_the_form_can_be_filled_in_again(
    chat: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(considering, "TRIED", 0)  # 100ms answers later than Slack waits
    chat.world.add_room("algebra-9b")
    await chat.says("ada", "/hms room create")
    await presses_more(chat, "ada")
    [template] = (await offers(chat, "template", "classroom", "ada")).values()
    await hands_in(chat, "ada", name="Algebra-9B", template=template)

    said = chat.reads("ada")
    assert said.text.count("There is a room algebra-9b already.") == 1
    await chat.clicks("ada", "Open the form", said)

    shown = {name: block["element"] for name, block in inputs(form_of(chat, "ada")).items()}
    assert shown["name"]["initial_value"] == "Algebra-9B"
    assert shown["template"]["initial_option"]["text"]["text"] == "classroom"


async def test_what_100ms_fails_at_gives_the_words_back(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick gus")
    chat.world.fault("/", status=503, times=200)
    assert await hands_in(chat, reason="spamming since nine") == {}

    said = chat.reads("mo")
    assert "100ms does not answer properly" in said.text
    await chat.clicks("mo", "Open the form", said)

    assert "spamming since nine" in text(form_of(chat))
    assert "user-of" not in text(form_of(chat))


async def test_what_breaks_in_the_door_leaves_the_form_as_it_is(
    chat: Chat, standup: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    await chat.says("mo", "/hms kick gus")
    monkeypatch.setattr("bot.slack.inbound.form_door.from_form", None)

    errors = await hands_in(chat, reason="spam")

    assert "tell an admin this reference" in errors["reason"]
    assert form_of(chat).values["reason"]["value"]["value"] == "spam"


async def test_who_may_not_ask_is_refused_and_written_down(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick gus")
    await chat.says("ada", "/hms access revoke @mo --yes")

    assert await hands_in(chat, reason="spam") == {}

    assert "refused · remove" in (await chat.says("ada", "/hms audit tail")).text


async def test_rooms_are_offered_to_nobody_else(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms kick", "webinars")
    await chat.says("ada", "/hms access revoke @mo --yes")

    assert await offers(chat, "room") == {}
    assert await offers(chat, "person") == {}


async def test_a_mention_brings_no_trigger_so_a_button_opens_the_form(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "@hms remove gus")
    assert said.buttons == ("Open the form",)
    await chat.clicks("mo", "Open the form", said)

    assert list(inputs(form_of(chat))) == ["reason"]
    assert await hands_in(chat, reason="spam") == {}
    assert "Gus" in chat.channel("classes")[-1]


async def test_a_form_closed_at_once_leaves_nothing_behind(chat: Chat) -> None:
    await chat.says("mo", "/hms remove")
    await chat.workspace.closes(PEOPLE["mo"], form_of(chat).id)
    await chat.bot.idle()
    assert chat.workspace.views_of(PEOPLE["mo"]) == []


async def test_no_form_says_go_ahead(chat: Chat) -> None:
    asked = [form(command) for command in chat.bot.dispatcher.registry.commands.values()]

    assert all(len(one.button) <= 24 and one.button != "Go ahead" for one in asked)
