"""``template-role set``: what a role may do is changed, shown as a difference before anybody says yes."""

from typing import Any, cast

import pytest

from bot.people import Level
from sandbox.hms.state.room.room import Room
from sandbox.hms.state.template import Role, Template
from tests.chat import Chat

ADA, MAX = "U0ADA", "U0MAX"


def permissions(template: Template, role: str) -> Role:
    return cast("Role", template.roles[role]["permissions"])


async def filled(chat: Chat, **inputs: str) -> str:
    """Hand Ada's newest form in; answers what stands over it then."""
    *_, form = chat.workspace.views_of(ADA)
    await chat.workspace.submits(ADA, form.id, {name: {"value": value} for name, value in inputs.items()})
    await chat.bot.idle()
    return str([view.body["blocks"] for view in chat.workspace.views_of(ADA)]).replace("*", "")


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


async def test_everything_else_goes_back_as_it_came_and_may_no_more_than_before(
    chat: Chat, classroom: Template
) -> None:
    guest = classroom.roles["guest"]
    cast("Role", guest["publishParams"])["fromTomorrow"] = {"a": [1]}
    del permissions(classroom, "guest")["browserRecording"]  # as 100ms leaves out what is false

    card = await chat.says("ada", "/hms template-role set classroom guest --priority 4")
    await chat.clicks("max", "Change guest", card)

    [call] = chat.calls("templates.upsert_role")
    sent = cast("Any", call.body)
    assert sent["publishParams"] == guest["publishParams"] | {"fromTomorrow": {"a": [1]}}
    assert sent["subscribeParams"] == guest["subscribeParams"]
    assert sent["priority"] == 4
    assert sent["permissions"]["browserRecording"] is False
    assert not classroom.may("guest", "browserRecording")


async def test_a_role_that_is_not_there_is_made_and_may_nothing_by_itself(
    chat: Chat, classroom: Template
) -> None:
    card = await chat.says("ada", "/hms template-role set classroom usher --audio yes --sees host,guest")
    assert "Make the role usher in classroom?" in card.text
    assert "usher: may publish audio: no → yes" in card.text

    await chat.clicks("max", "Make usher", card)

    assert classroom.publishes("usher") == ("audio",)
    assert not classroom.may("usher", "browserRecording")


async def test_what_somebody_else_changes_meanwhile_is_told_and_asked_anew(
    chat: Chat, classroom: Template
) -> None:
    card = await chat.says("ada", "/hms template-role set classroom guest --priority 4")
    classroom.roles["guest"]["maxPeerCount"] = 12

    again = await chat.clicks("max", "Change guest", card)

    assert "guest: people at most is 12 now, was not set." in again.text
    assert chat.calls("templates.upsert_role") == []
    await chat.clicks("max", "Change guest", again)
    assert classroom.limit("guest") == 12
    assert classroom.roles["guest"]["priority"] == 4


async def test_the_form_shows_what_holds_and_what_it_would_change(chat: Chat, classroom: Template) -> None:
    await chat.says("ada", "/hms template-role set classroom guest")
    [form] = chat.workspace.views_of(ADA)
    inputs = {block["block_id"]: block for block in form.body["blocks"] if block["type"] == "input"}
    assert inputs["video"]["element"]["initial_option"]["value"] == "yes"
    assert inputs["end_room"]["element"]["initial_option"]["value"] == "no"
    assert inputs["video_bitrate"]["element"]["initial_value"] == "256"
    assert inputs.keys().isdisjoint({"template", "role", "seen"})

    shown = await filled(chat, video="no")

    assert "may publish video: yes → no" in shown
    assert "priority" not in shown.rsplit("Change the role", maxsplit=1)[-1]


async def test_what_was_changed_while_a_form_was_open_is_told_and_stays(
    chat: Chat, classroom: Template
) -> None:
    await chat.says("ada", "/hms template-role set classroom guest")
    classroom.roles["guest"]["priority"] = 5

    shown = await filled(chat, video="no")

    assert "Changed since you opened the form" in shown
    assert "guest: priority: 3 → 5" in shown
    *_, preview = chat.workspace.views_of(ADA)
    await chat.workspace.submits(ADA, preview.id, {})
    await chat.bot.idle()
    await chat.clicks("max", "Change guest", chat.reads("max"))
    assert classroom.roles["guest"]["priority"] == 5
    assert classroom.publishes("guest") == ("audio",)


async def test_a_role_that_may_end_the_session_is_a_host_from_then_on(
    chat: Chat, classroom: Template
) -> None:
    room: Room = chat.world.add_room("standup", live=True)
    room.join("Gus")
    await chat.binds("classes", room)
    assert (
        "hosts are protected" not in (await chat.says("mo", "/hms remove --role guest spam --dry-run")).text
    )

    card = await chat.says("ada", "/hms template-role set classroom guest --end-room yes")
    await chat.clicks("max", "Change guest", card)

    assert "hosts are protected" in (await chat.says("mo", "/hms remove --role guest spam --dry-run")).text


async def test_json_says_what_no_field_says(chat: Chat, classroom: Template) -> None:
    patch = '{"subscribeParams": {"subscribeDegradation": {"packetLossThreshold": 25}}}'
    card = await chat.says("ada", f"/hms template-role set classroom guest --json '{patch}'")
    assert "guest: gives up pictures at a loss of, %: not set → 25" in card.text

    await chat.clicks("max", "Change guest", card)

    assert "25" in str(classroom.roles["guest"]["subscribeParams"])


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("classroom guest --json nonsense", "That is no JSON"),
        ("classroom guest --json '[1]'", "begin with a brace"),
        (
            'classroom guest --json \'{"priority": "high"}\'',
            "What was written for priority does not fit there.",
        ),
        ("classroom guest --priority 9", "priority must be at most 5."),
        ("classroom guest --sees nosuch", "classroom has no role nosuch. It has guest, host, muted"),
        ("classroom guest --rename host", "classroom has a role host already."),
        ("classroom guest --priority 3", "All of that holds already"),
        ("nosuch guest --priority 3", "There is no template called “nosuch”."),
        ("clasroom guest --priority 3", "There is no template called “clasroom”. Do you mean this one?"),
    ],
)
async def test_what_does_not_fit_is_refused_and_nothing_is_written(
    chat: Chat, classroom: Template, line: str, why: str
) -> None:
    assert why in (await chat.says("ada", f"/hms template-role set {line}")).text
    assert {call.method for call in chat.world.calls} <= {"GET"}


async def test_a_key_in_json_is_not_taken_and_not_kept(chat: Chat, classroom: Template) -> None:
    said = await chat.says(
        "ada", '/hms template edit classroom --json \'{"x": {"rtmpUrls": ["rtmp://key"]}}\''
    )

    assert "rtmpUrls cannot be written here" in said.text


async def test_a_moderator_is_refused_and_is_told_of_no_template(chat: Chat, classroom: Template) -> None:
    room = chat.world.add_room("standup")
    await chat.grants("mo", Level.ADMIN, room.id)  # of one room: a template is of many
    for name in ("classroom", "nosuch"):
        said = await chat.says("mo", f"/hms template-role set {name} guest --video no")
        assert "Only admins can do this" in said.text
    assert chat.calls("templates.list") == []


async def test_who_approved_it_stands_in_a_line_of_its_own_below_the_difference(
    chat: Chat, classroom: Template
) -> None:
    card = await chat.says("ada", "/hms template-role set classroom guest --video no --reason 'too many'")

    await chat.clicks("max", card.buttons[0], card)

    assert "yes → no\nApproved by Max in 1s. Why: too many." in chat.channel("classes")[0]
