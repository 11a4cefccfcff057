"""``who``: numbered rows, which can be typed for ten minutes."""

from sandbox.hms.state.room.room import Room
from tests.chat import Chat


async def test_it_numbers_everybody_in_the_room(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms who")

    assert said.text.splitlines() == [
        "3 people in standup.",
        "Row · Name · Role",
        "#1 · Hana · host",
        "#2 · Gus · guest",
        "#3 · Ivy · guest",
    ]


async def test_a_number_means_the_person_in_that_row_of_ones_own_last_list(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms who --role guest")
    await chat.says("max", "/hms who")

    card = await chat.says("mo", "/hms remove #2 spamming")

    assert "Remove “Ivy” from standup?" in card.text


async def test_a_number_means_nobody_after_ten_minutes(chat: Chat, standup: Room) -> None:
    await chat.says("mo", "/hms who")
    await chat.passes("11m")

    said = await chat.says("mo", "/hms remove #2 spamming")

    assert "in the last ten minutes" in said.text


async def test_it_finds_by_role_and_by_part_of_a_name(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms who --role guest --find IV")

    assert "1 of the 3 people in standup." in said.text
    assert "#1 · Ivy · guest" in said.text
    assert "Gus" not in said.text


async def test_nobody_who_fits_is_said_so(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms who --find zoe")

    assert "Nobody of the 3 people in standup fits that." in said.text


async def test_nobody_who_fits_leaves_the_numbers_on_the_screen_as_they_are(
    chat: Chat, standup: Room
) -> None:
    await chat.says("mo", "/hms who")
    await chat.says("mo", "/hms who --find nobody")

    card = await chat.says("mo", "/hms remove #2 spamming")

    assert "Remove “Gus” from standup?" in card.text


async def test_it_finds_a_name_without_its_accents(chat: Chat, standup: Room) -> None:
    standup.join("Zoë Müller")

    assert "#1 · Zoë Müller · guest" in (await chat.says("vi", "/hms who --find 'zoe mull'")).text
    assert "#1 · Zoë Müller · guest" in (await chat.says("vi", "/hms who --find MÜLLER")).text


async def test_a_role_is_named_in_any_case(chat: Chat, standup: Room) -> None:
    said = await chat.says("vi", "/hms who --role Guest")

    assert "2 of the 3 people in standup." in said.text


async def test_a_role_that_is_not_there_is_offered_and_never_taken(chat: Chat, standup: Room) -> None:
    choice = await chat.says("vi", "/hms who --role gest")
    assert choice.buttons == ("guest",)

    said = await chat.clicks("vi", "guest", choice)

    assert "2 of the 3 people in standup." in said.text


async def test_a_name_cannot_speak_for_the_bot(chat: Chat, standup: Room) -> None:
    standup.join("<!channel> *done*\nEnded standup", user_id="tricky")

    said = await chat.says("vi", "/hms who --here")

    assert "#4 · <!channel>" in said.text
    assert "<!channel>" not in said.messages[0].text


async def test_an_empty_room_is_no_error(chat: Chat) -> None:
    chat.world.add_room("empty")

    assert "Nobody is in empty" in (await chat.says("vi", "/hms who empty")).text


async def test_somebody_without_a_level_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "you hold none. Ask Ada." in (await chat.says("vi", "/hms who")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("vi", "/hms who nosuch")).text
