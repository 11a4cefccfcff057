"""A list of few things has what can be done to each; one of many is a table that sorts."""

from typing import Any

from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said

LISTS = {
    "code list": (["Role", "Number", "Code", "State"], "Codes of standup", "Disable one…"),
    "poll list": (["Poll", "Kind", "Questions", "Linked"], "Polls of standup", "Show one…"),
    "record list": (["Began", "Lasted", "State", "Recording"], "Recordings of standup", "Show one…"),
    "case list": (["Case", "What", "Who", "When", "Since"], "What was done", "Show one…"),
}


async def fills(chat: Chat, room: Room, many: int) -> None:
    """So many codes, polls, recordings and cases."""
    for number in range(many):
        chat.world.room_codes.add(room, "guest")
        await chat.says("mo", f"/hms poll create 'Ready {number}?' Yes No --yes")
        await chat.says("mo", "/hms record start")
        await chat.passes("5s")
        room.beams[-1].stop()
        await chat.passes("1m")


def table(said: Said) -> dict[str, Any]:
    """The table of an answer."""
    [found] = [
        block for message in said.messages for block in message.blocks if block["type"].endswith("table")
    ]
    return dict(found)


async def test_many_things_are_a_table_and_a_form_for_one_of_them(chat: Chat, standup: Room) -> None:
    await fills(chat, standup, 6)

    for line, (headings, caption, button) in LISTS.items():
        said = await chat.says("ada", f"/hms {line}")
        drawn = table(said)
        assert (drawn["type"], drawn["caption"]) == ("data_table", caption), line
        assert [cell["text"] for cell in drawn["rows"][0]] == headings, line
        assert len(drawn["rows"]) >= 7, line
        assert button in said.buttons, line
    cases = table(await chat.says("ada", "/hms case list"))["rows"][1:]
    assert [row[0]["value"] for row in cases] == sorted((row[0]["value"] for row in cases), reverse=True)
    assert {row[3]["type"] for row in cases} == {"raw_number"}

    await chat.clicks("ada", "Show one…", await chat.says("ada", "/hms poll list"))
    [form] = chat.workspace.views_of("U0ADA")
    assert "external_select" in str(form.body)

    chat.workspace.switches.data_tables = False
    for line in LISTS:
        said = await chat.says("ada", f"/hms {line}")
        assert table(said)["type"] == "table", line
        assert said.messages[-1].text.count("\n") >= 6, line
    report = table(await chat.says("ada", "/hms session report"))
    assert [cell["text"] for cell in report["rows"][0]][:2] == ["Person", "Role"]


async def test_few_things_have_their_acts(chat: Chat, standup: Room) -> None:
    await fills(chat, standup, 1)

    for line, button in (("code list", "Disable…"), ("poll list", "Results"), ("record list", "Show")):
        said = await chat.says("mo", f"/hms {line}")
        assert button in said.buttons, line
        assert "table" not in str([block["type"] for block in said.messages[-1].blocks]), line


async def test_what_lets_somebody_in_is_published_nowhere_and_that_is_said(chat: Chat, standup: Room) -> None:
    for _ in range(6):
        chat.world.room_codes.add(standup, "host")

    said = await chat.says("mo", "/hms code list --here")

    assert "Only you see this: what lets somebody in is published nowhere" in said.text
    assert {message.only_for for message in said.messages} == {"U0MO"}
    assert table(said)["rows"][1][2]["elements"][0]["elements"][0]["style"] == {"code": True}
    assert chat.channel("classes") == []


async def test_that_only_one_reads_it_stands_before_what_is_listed(chat: Chat, standup: Room) -> None:
    for _ in range(2):
        chat.world.room_codes.add(standup, "host")

    said = await chat.says("mo", "/hms code list --here")

    assert "--here.\n2 codes of standup:" in said.text
    assert "Disable…" in said.buttons
