"""The bot in a language that is no English: whatever people read comes from the catalogue.

Every sentence is "translated" into capitals, in a locale whose lists, dates and plurals hold no Latin
letter. What is then still small is somebody's own word, or one of ours that nobody can translate.
"""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from bot.reply import Catalogue
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said, opened
from tests.house.source import ROOT

LANGUAGE = "ja"
# What is typed stays as it is, and so do values.
KEPT = re.compile(r"\{\w+\}|`[^`]+`|/hms(?: [a-z-]+)*|(?<!\w)--?[a-z-]+|<[a-z]+>")
DATE = re.compile(r"<!date[^>]*>")
# What is no word of ours: names, also of commands on their cards, a role, a region, a reason.
PEOPLE = {"Ada", "Mo", "Max", "Vi", "Gia", "Gus", "Hana"}
THEIRS = PEOPLE | {"standup", "guest", "host", "classroom", "auto", "spamming", "remove", "hms", "Slack"}


def capitals(words: str) -> str:
    """The translation of a sentence."""
    kept = KEPT.findall(words)
    said = [part.upper() for part in KEPT.split(words)]
    return "".join(part for pair in zip(said, [*kept, ""], strict=True) for part in pair)


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    """Every sentence that the catalogue to be translated knows, in capitals."""
    translated = Catalog(LANGUAGE, fuzzy=False)
    with (ROOT / "bot" / "reply" / "locale" / "hms_bot.pot").open("rb") as file:
        for each in (one for one in read_po(file) if one.id):
            said = (capitals(each.id[1]),) if each.pluralizable else capitals(each.id)
            translated.add(each.id, said, context=each.context)
    folder = tmp_path / LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "hms_bot.mo").open("wb") as file:
        write_mo(file, translated)
    return Catalogue(LANGUAGE, tmp_path)


@pytest.fixture
async def chat(sqlite_url: str, catalogue: Catalogue) -> AsyncIterator[Chat]:
    """The whole bot, in that language."""
    async with opened(sqlite_url, catalogue=catalogue) as chat:
        yield chat


@pytest.fixture
async def standup(chat: Chat) -> Room:
    """A live room with Gus in it, for which #classes speaks."""
    room = chat.world.add_room("standup", live=True)
    room.join("Gus", role="guest")
    await chat.binds("classes", room)
    return room


def english(*shown: Any) -> set[str]:
    """The words that nobody translated; what holds a digit is an id, or a length of time as it is typed."""
    texts = [text for each in shown for text in _texts(each) if not text.startswith("/hms")]
    assert texts
    said = " ".join(DATE.sub("", KEPT.sub("", text)) for text in texts)
    return {word for word in re.findall(r"\w+", said) if word != word.upper() and word.isalpha()} - THEIRS


def _texts(part: Any) -> list[str]:
    """Every text of some blocks, of a view, or of what somebody read."""
    match part:
        case str():
            return [part]
        case Said(messages):
            return _texts([one.blocks for one in messages])
        case list() | tuple():
            return [text for each in part for text in _texts(each)]
        case dict():
            own = [part["text"]] if isinstance(part.get("text"), str) else []
            return own + _texts([each for each in part.values() if not isinstance(each, str)])
    return []


@pytest.mark.usefixtures("standup")
async def test_a_removal_speaks_one_language_through_its_life(chat: Chat) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    late = await chat.clicks("vi", "REMOVE “Gus”", card)
    await chat.clicks("max", "REMOVE “Gus”", card)
    done = chat.reads("mo")
    assert "MAXまたはADA DECIDE" in card.text.upper()
    assert "APPROVED BY MAX" in done.text.upper()
    assert english(card, late, done) == set()
    assert english(*(message.text for message in done.messages)) == set()  # what a screen reader reads


@pytest.mark.parametrize("line", ["status", "approvals", "who", "room show", "room list", "policy show"])
@pytest.mark.usefixtures("standup")
async def test_what_is_looked_at_speaks_one_language(chat: Chat, line: str) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    said = await chat.says("max", f"/hms {line}")
    assert said.text
    assert english(said) == set()


@pytest.mark.parametrize("line", ["access list", "doctor", "help", "help remove", "can @vi end-room"])
@pytest.mark.usefixtures("standup")
async def test_what_an_admin_looks_at_speaks_one_language(chat: Chat, line: str) -> None:
    said = await chat.says("ada", f"/hms {line}")
    assert said.text
    assert english(said) == set()


async def test_who_decides_on_a_changed_card_reads_why_in_one_language(chat: Chat, standup: Room) -> None:
    card = await chat.says("mo", "/hms remove Gus spamming")
    standup.end()
    standup.join("Gus", role="guest")
    said = await chat.clicks("max", "REMOVE “Gus”", card)
    assert "ANOTHER SESSION RUNS NOW" in said.text
    assert english(said) == set()


@pytest.mark.usefixtures("standup")
async def test_a_form_speaks_one_language(chat: Chat) -> None:
    await chat.says("mo", "/hms remove")
    [view] = chat.workspace.views_of("U0MO")
    assert english(view.body) == set()


@pytest.mark.parametrize("person", ["U0MO", "U0MAX", "U0GIA"])
@pytest.mark.usefixtures("standup")
async def test_home_speaks_one_language(chat: Chat, person: str) -> None:
    await chat.says("mo", "/hms remove Gus spamming")
    await chat.workspace.opens_home(person)
    await chat.bot.idle()
    assert english(chat.workspace.home(person).body) == set()
