"""A command's form, and what comes back from it."""

import pytest

from bot.command import BadFields, Registry, RoomRef, form, from_form, read, to_form
from bot.command.forms import offered
from bot.command.kinds.base import Input
from bot.reply import Plain, Reply
from tests.bot.command.place import Place


def problems(registry: Registry, words: str, **values: object) -> dict[str, str]:
    with pytest.raises(BadFields) as wrong:
        from_form(registry, words, values)
    return {name: Plain().text(reply) for name, reply in wrong.value.fields.items()}


def test_a_form_has_an_input_for_every_field(registry: Registry) -> None:
    asked = form(registry.commands["end-room"])
    assert asked.title == "End room"
    assert [(field.name, field.label, field.input, field.required) for field in asked.fields] == [
        ("room", "Room", Input.SEARCH, False),
        ("reason", "Reason", Input.PARAGRAPH, False),
        ("lock", "Lock", Input.TICK, False),
        ("after", "In", Input.TEXT, False),
    ]
    assert asked.fields[3].hint == "Wait this long first"


def test_a_room_that_may_be_left_out_says_which_it_is_then(registry: Registry) -> None:
    [room, *others] = form(registry.commands["end-room"]).fields
    assert room.hint == "Left empty, it is the room of the channel."
    assert all(other.hint != room.hint for other in others)


def test_choices_and_long_texts_say_so(registry: Registry) -> None:
    rank = form(registry.commands["grant"]).fields[1]
    assert (rank.input, rank.choices) == (Input.CHOICE, ("viewer", "moderator", "admin"))
    assert form(registry.commands["say"]).fields[0].input is Input.PARAGRAPH


async def test_what_an_input_offers_is_what_its_own_kind_has_to_choose_from(registry: Registry) -> None:
    end_room = registry.commands["end-room"]
    assert await offered(end_room, "room", Place()) == {"r1": "standup", "r2": "Big Hall"}
    assert await offered(end_room, "room", Place(), typed="HALL") == {"r2": "Big Hall"}
    accented = Place(known=[RoomRef(id="r3", name="Café")])
    assert await offered(end_room, "room", accented, typed="cafe") == {"r3": "Café"}
    for other in ("reason", "lock", "after", "nothing"):
        assert await offered(end_room, other, Place()) == {}


def test_a_filled_form_is_the_line_of_the_same_arguments(registry: Registry) -> None:
    values = {"room": "standup", "reason": "time is up", "lock": True, "after": "5m"}
    line = "end-room standup --reason time is up --lock --in 5m"
    assert from_form(registry, "end-room", values) == read(registry, line).command


def test_empty_inputs_are_left_out(registry: Registry) -> None:
    for nothing in (None, ""):
        values = {"room": nothing, "reason": "", "lock": False, "after": nothing}
        assert from_form(registry, "end-room", values) == read(registry, "end-room").command


def test_whatever_is_in_a_text_stays_text(registry: Registry) -> None:
    values = {"text": ' --yes "and"\n<@U1|mo> '}
    assert from_form(registry, "say", values).text == ' --yes "and"\n<@U1|mo> '


def test_every_wrong_field_is_told_at_once(registry: Registry) -> None:
    found = problems(registry, "mute", person="Gus", lasting="soon", room="")
    assert "no length of time" in found["lasting"]
    assert problems(registry, "grant", user="max", rank="boss").keys() == {"user", "rank"}


def test_what_is_needed_is_told_by_field(registry: Registry) -> None:
    assert problems(registry, "remove", person="Gus", reason="  ") == {"reason": "This is needed."}
    assert problems(registry, "remove", reason="spam") == {"person": "This is needed."}
    assert "not both" in problems(registry, "remove", person="Gus", role="guest", reason="spam")["person"]
    assert problems(registry, "approve", number="0") == {"number": "number must be at least 1."}


def test_what_a_line_lacks_is_asked_for_in_its_filled_form(registry: Registry) -> None:
    asking = read(registry, "end-room Big Hall --in 90s")
    assert to_form(asking.command) == {"room": "Big Hall", "reason": "", "lock": False, "after": "1m30s"}


def test_the_problem_with_a_form_can_be_said_in_one_sentence(registry: Registry) -> None:
    with pytest.raises(BadFields) as wrong:
        from_form(registry, "remove", {})
    assert "person and reason" in Plain().text(Reply.of(wrong.value))
