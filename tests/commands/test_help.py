"""``help``: what this person may run, and how a command is written."""

from tests.chat import Chat


async def test_a_viewer_sees_only_what_a_viewer_may_run(chat: Chat) -> None:
    page = (await chat.says("vi", "/hms help")).text

    assert "/hms who" in page
    assert "/hms end-room" not in page
    assert "/hms end-room" in (await chat.says("mo", "/hms help")).text
    assert "access grant" in (await chat.says("ada", "/hms help admin")).text


async def test_somebody_without_a_level_gets_help_too(chat: Chat) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    page = (await chat.says("vi", "/hms help")).text

    assert "can" in page
    assert "end-room" not in page.replace("/hms help end-room", "")


async def test_one_command_shows_usage_level_and_examples(chat: Chat) -> None:
    page = (await chat.says("mo", "/hms help end-room")).text

    assert "End the live session in a room." in page
    assert "--lock" in page
    assert "/hms end-room standup --lock --reason 'time is up'" in page


async def test_it_names_the_yes_in_force(chat: Chat) -> None:
    assert (
        "A card that only you see says what it would do" in (await chat.says("mo", "/hms help end-room")).text
    )
    await chat.grants("max", chat.ADMIN)
    card = await chat.says("ada", "/hms policy set second end-room")
    await chat.clicks("max", "Let it wait so", card)

    assert "a second moderator presses its button." in (await chat.says("mo", "/hms help end-room")).text


async def test_a_slip_is_answered_with_the_closest_command_this_person_may_run(chat: Chat) -> None:
    assert (await chat.says("mo", "/hms end-rom")).buttons == ("end-room", "All commands")
    assert (await chat.says("vi", "/hms end-rom")).buttons == ("All commands",)


async def test_a_command_that_does_not_exist_is_named(chat: Chat) -> None:
    assert "There is no command “dance”" in (await chat.says("mo", "/hms help dance")).text


async def test_a_noun_of_which_nothing_is_theirs_says_whom_to_ask(chat: Chat) -> None:
    said = (await chat.says("vi", "/hms help audit")).text

    assert said == "Only admins can do this; you are a viewer. Ask Ada."
