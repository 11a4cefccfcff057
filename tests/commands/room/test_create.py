"""``room create``: a new room, never an old one overwritten."""

from tests.chat import Chat


async def test_a_room_is_made_after_a_confirm(chat: Chat) -> None:
    card = await chat.says("ada", "/hms room create algebra-9b --template classroom")
    assert "Make the room algebra-9b?\nwith the template classroom" in card.text
    await chat.clicks("ada", "Make algebra-9b", card)

    assert chat.world.room_named("algebra-9b")
    assert "Ada made the room algebra-9b." in chat.channel("classes")[-1]


async def test_a_new_room_can_be_bound_with_one_click(chat: Chat) -> None:
    await chat.says("ada", "/hms room create algebra-9b --yes")

    await chat.clicks("ada", "Bind it to this channel", chat.reads("ada"))

    assert "Ada let <#C0CLASSES> speak for algebra-9b." in chat.channel("classes")[-1]


async def test_a_name_that_is_taken_is_refused_whatever_its_case(chat: Chat) -> None:
    room = chat.world.add_room("algebra-9b", description="evening class")

    said = await chat.says("ada", "/hms room create Algebra-9B --yes")

    assert "There is a room algebra-9b already." in said.text
    assert chat.calls("rooms.create") == []
    assert room.description == "evening class"


async def test_a_name_taken_between_card_and_confirm_is_not_overwritten(chat: Chat) -> None:
    card = await chat.says("ada", "/hms room create algebra-9b")
    chat.world.add_room("algebra-9b")

    said = await chat.clicks("ada", "Make algebra-9b", card)

    assert "There is a room algebra-9b already." in said.text
    assert chat.calls("rooms.create") == []


async def test_a_name_that_100ms_does_not_take_is_explained(chat: Chat) -> None:
    said = await chat.says("ada", "/hms room create 'algebra 9b'")

    assert "only letters, digits and . - : _ can." in said.text
    assert said.buttons == ("Take algebra-9b",)


async def test_a_template_that_does_not_exist_is_named(chat: Chat) -> None:
    said = await chat.says("ada", "/hms room create algebra-9b --template nosuch")

    assert "There is no template called “nosuch”." in said.text


async def test_an_answer_that_was_lost_is_looked_up(chat: Chat) -> None:
    chat.world.fault("/rooms", method="POST", drop=True)

    await chat.says("ada", "/hms room create algebra-9b --yes")

    assert "Ada made the room algebra-9b." in chat.channel("classes")[-1]
    assert len(chat.calls("rooms.create")) == 1


async def test_a_moderator_is_refused(chat: Chat) -> None:
    said = await chat.says("mo", "/hms room create algebra-9b")

    assert "Only admins can do this" in said.text
    assert chat.calls("rooms.create") == []
