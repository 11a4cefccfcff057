"""``who``: numbered rows, which can be typed for ten minutes."""

from collections import Counter

from sandbox.hms.state.room.room import Room
from sandbox.slack.views import View
from tests.chat import Chat, Said


def menus(said: Said) -> list[list[str]]:
    """What the menu of each line offers."""
    found = (block["accessory"] for block in said.messages[-1].blocks if "accessory" in block)
    return [[option["text"]["text"] for option in menu["options"]] for menu in found]


def twin(said: Said) -> str:
    """What is read out, and stands in notifications."""
    return said.messages[-1].text.replace("\n", " ")


async def chosen(chat: Chat, said: Said, line: str, label: str) -> list[View]:
    """Mo chooses something in the menu of a line; the forms that are open then."""
    message = said.messages[-1]
    block = next(one for one in message.blocks if line in str(one.get("text")) and "accessory" in one)
    menu = block["accessory"]
    [value] = [option["value"] for option in menu["options"] if option["text"]["text"] == label]
    await chat.workspace.selects("U0MO", message, menu["action_id"], value, block_id=block["block_id"])
    await chat.bot.idle()
    return chat.workspace.views_of("U0MO")


async def test_it_has_a_line_a_person_with_what_they_are_there_as_and_for_how_long(
    chat: Chat, standup: Room
) -> None:
    await chat.passes("12m")

    said = await chat.says("vi", "/hms who")

    assert said.text.splitlines() == [
        "3 people in standup.",
        "#1 “Hana” · host · in for 12 minutes · microphone on · camera on",
        "#2 “Gus” · guest · in for 12 minutes · microphone on · camera on",
        "#3 “Ivy” · guest · in for 12 minutes · microphone on · camera on",
    ]
    assert twin(said) == " ".join(said.text.splitlines())


async def test_who_is_heard_is_seen_at_a_glance(chat: Chat, standup: Room) -> None:
    hana, gus, ivy = standup.peers
    for kind in ("audio", "video"):
        standup.mute(ivy, kind, mute=True)
    standup.mute(gus, "video", mute=True)
    standup.mute(hana, "screen", mute=False)
    standup.change(ivy, metadata='{"isHandRaised": true}')

    lines = (await chat.says("vi", "/hms who")).text.splitlines()

    assert lines[1].endswith("microphone on · camera on · shares a screen")
    assert lines[2].endswith("in for 1 minute · microphone on")
    assert lines[3].endswith("hand up · microphone and camera off")


async def test_somebody_with_several_devices_is_one_line_and_counted_once(chat: Chat, standup: Room) -> None:
    for _ in range(2):
        standup.join("Gus", user_id=standup.peers[1].user_id)

    said = await chat.says("vi", "/hms who")

    assert said.text.splitlines()[0] == "3 people in standup."
    assert "#2 “Gus” · 3 devices · guest" in said.text
    assert said.text.count("Gus") == 1


async def test_others_who_claim_the_same_id_are_lines_of_their_own(chat: Chat, standup: Room) -> None:
    standup.join("Max", user_id=standup.peers[1].user_id)

    assert (await chat.says("vi", "/hms who")).text.splitlines()[0] == "4 people in standup."


async def test_a_host_by_another_name_is_marked(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms room defaults --host-role guest")

    assert "#2 “Gus” · guest · a host" in (await chat.says("vi", "/hms who")).text


async def test_twenty_stand_on_a_page_and_only_those_are_looked_at(chat: Chat, standup: Room) -> None:
    for number in range(40):
        standup.join(f"P{number}")
    before = len(chat.calls("active_rooms.retrieve_peer"))

    first = await chat.says("vi", "/hms who")
    assert len(chat.calls("active_rooms.retrieve_peer")) - before == 20
    second = await chat.clicks("vi", "More people", first)
    third = await chat.clicks("vi", "More people", second)

    assert "#20 “P16”" in first.text
    assert "#21" not in first.text
    assert "#21 “P17”" in second.text
    assert third.text.splitlines()[1:] == [third.text.splitlines()[1], *third.text.splitlines()[2:]]
    assert "#43 “P39”" in third.text
    assert third.buttons == ()


async def test_microphones_that_do_not_answer_keep_nobody_waiting(chat: Chat, standup: Room) -> None:
    chat.world.fault(f"/active-rooms/{standup.id}/peers/", status=404, times=9)

    said = await chat.says("vi", "/hms who")

    assert "#2 “Gus” · guest · in for 1 minute" in said.text.splitlines()


async def test_a_viewer_has_no_menu(chat: Chat, standup: Room) -> None:
    assert menus(await chat.says("vi", "/hms who")) == []


async def test_the_menu_of_a_line_asks_for_that_person_whatever_number_they_have_now(
    chat: Chat, standup: Room
) -> None:
    said = await chat.says("mo", "/hms who")
    assert menus(said)[1] == ["Remove…", "Say to…"]
    await chat.says("mo", "/hms who --find ivy")  # number 1 is Ivy now

    [form] = await chosen(chat, said, "Gus", "Remove…")
    await chat.workspace.submits("U0MO", form.id, {"reason": {"value": "spamming"}})
    await chat.bot.idle()

    assert "Remove “Gus” from standup?" in "\n".join(chat.channel("classes"))


async def test_the_reason_is_a_choice_of_three_or_ones_own_words(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms who")
    [form] = await chosen(chat, said, "Gus", "Remove…")
    chips, reason = (block for block in form.body["blocks"] if "reason" in block["block_id"])
    offered = [option["value"] for option in chips["accessory"]["options"]]
    assert offered == ["spamming", "shouting", "not invited"]
    assert reason["optional"]

    nothing = await chat.workspace.submits("U0MO", form.id)
    assert nothing.errors == {"reason": "This is needed."}
    await chat.workspace.selects("U0MO", form, "chip", "shouting", block_id=chips["block_id"])
    await chat.workspace.submits("U0MO", form.id)
    await chat.bot.idle()

    assert "shouting" in "\n".join(chat.channel("classes"))


async def test_something_is_said_to_one_person_from_their_line(chat: Chat, standup: Room) -> None:
    said = await chat.says("mo", "/hms who")

    [form] = await chosen(chat, said, "Ivy", "Say to…")
    await chat.workspace.submits("U0MO", form.id, {"text": {"value": "Please mute"}})
    await chat.bot.idle()

    assert [message.text for message in standup.messages] == ["Please mute"]


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
    assert "#1 “Ivy” · guest" in said.text
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

    assert "#1 “Zoë Müller” · guest" in (await chat.says("vi", "/hms who --find 'zoe mull'")).text
    assert "#1 “Zoë Müller” · guest" in (await chat.says("vi", "/hms who --find MÜLLER")).text


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

    assert "#4 “<!channel> \N{ASTERISK OPERATOR}done\N{ASTERISK OPERATOR} Ended standup” · guest" in said.text
    assert "<!channel>" not in said.messages[0].text


async def test_an_empty_room_is_no_error(chat: Chat) -> None:
    chat.world.add_room("empty")

    assert "Nobody is in empty" in (await chat.says("vi", "/hms who empty")).text


async def test_somebody_without_a_level_is_refused(chat: Chat, standup: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    assert "you hold none. Ask Ada." in (await chat.says("vi", "/hms who")).text


async def test_a_room_that_does_not_exist_is_named(chat: Chat, standup: Room) -> None:
    assert "There is no room called “nosuch”" in (await chat.says("vi", "/hms who nosuch")).text


async def test_a_room_of_2500_costs_little_more_than_the_calls_it_has_to_make(
    chat: Chat, standup: Room
) -> None:
    for number in range(2500 - len(standup.people)):
        standup.join(f"Pupil {number}")
    before = len(chat.world.calls)

    said = await chat.says("vi", "/hms who")

    assert "2500 people in standup." in said.text
    has_to = 1 + 3 + 20  # everybody; which of them are recorders; the microphones of one page
    made = [call.operation for call in chat.world.calls[before:]]
    assert len(made) <= 1.2 * has_to, Counter(made)
