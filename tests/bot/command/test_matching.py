"""Names by the thousand: what it costs grows with how many there are, not with how much was typed."""

from collections.abc import Iterable

import pytest

from bot.command import PersonRef
from bot.command.matching import BREATH, OFFERED, Spellings, Spelt, called, holding, taking_breath
from tests.bot.command.place import person
from tests.turns import turns_during

CROWD = [person(f"Participant {number}") for number in range(2500)]
REASON = " ".join(["spamming"] * 21)


def spelt(names: Iterable[str]) -> Spellings[str]:
    return Spellings((name, name) for name in names)


def near(words: str, *names: str) -> list[str]:
    return spelt(names).near(Spelt.of(words))


def test_the_likeliest_stands_first() -> None:
    assert near("standpu", "yoga", "stand", "standup") == ["standup", "stand"]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("gus!!!", "Gus"),
        ("(gus)", "Gus"),
        ("party", "🎉 Party 🎉"),
        ("muller, jurgen", "Müller Jürgen"),
        ("dr strange", "*** Dr. Strange ***"),
    ],
)
def test_signs_around_a_name_are_no_part_of_what_is_near(typed: str, name: str) -> None:
    assert near(typed, "Ivy", name) == [name]


def test_nobody_is_near_to_signs_alone() -> None:
    assert near("!!!", "🎉", "***") == []


def test_words_that_are_too_long_for_a_slip_are_near_to_nothing_but_themselves() -> None:
    long = "a" * 70
    assert near(f"{long[:-1]}b", long) == []
    assert near(long.upper(), long) == [long]


def test_what_shows_nothing_is_called_by_nothing() -> None:
    assert near(" ", "", "\u2060") == []


@pytest.mark.parametrize("words", ["Partizipant 7", "zzz", "Partcipant 17 " + REASON, "a " * 1900])
def test_words_are_held_against_names_of_their_own_length_alone(words: str) -> None:
    spellings = Spellings((someone.name, someone) for someone in CROWD)
    beginnings = [" ".join(words.split()[:count]) for count in range(1, len(words.split()) + 1)]

    for beginning in beginnings:
        spellings.near(Spelt.of(beginning))

    assert spellings.compared <= 7 * len(CROWD)


async def test_names_are_folded_once_however_many_words_were_typed() -> None:
    people = [Counting(someone.name) for someone in CROWD]

    assert not (await called(f"Zzyzx {REASON}", people, holds_text=True)).people

    assert {someone.asked for someone in people} == {1}


async def test_a_crowd_of_one_name_is_offered_by_the_handful() -> None:
    crowd = [PersonRef(peer_id=str(number), name="Guest") for number in range(2500)]

    found = await called(f"guest {REASON}", crowd, holds_text=True)

    assert len(found.people) == OFFERED
    assert {text for _, text in found.people} == {REASON}


async def test_others_have_their_turn_while_a_crowd_is_gone_through() -> None:
    turns = await turns_during(called("Zzyzx", CROWD)) + await turns_during(holding("zzyzx", CROWD))

    letters = sum(len(someone.name) for someone in CROWD)
    assert turns >= 2 * letters // BREATH


async def test_nothing_is_left_out_for_a_breath() -> None:
    assert [number async for number in taking_breath(range(500), lambda _: BREATH)] == list(range(500))


async def test_who_holds_the_words_is_found_without_accents() -> None:
    found = await holding("zoe", [person("Zoë Ärmel"), person("Gus")])
    assert [someone.name for someone in found] == ["Zoë Ärmel"]


class Counting:
    """Somebody who counts how often their name is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.key = name
        self.asked = 0

    @property
    def name(self) -> str:
        self.asked += 1
        return self._name
