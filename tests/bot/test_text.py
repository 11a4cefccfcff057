"""What a store or a terminal cannot have is left out of a text; what people are called stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text import clean, printable, storable, visible

NAMES = [
    "Zoë Ångström",
    "דנה כהן",
    "محمد علي",
    "می‌خواهم",
    "नमस्ते",
    "क्‍ष",
    "👨‍👩‍👧",
    "❤️‍🔥",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "👍🏽",
    "Ⅳ · №5 “x”",
]
HOSTILE = {
    "Gus\x1b[31m": "Gus[31m",
    "Gus\x07\x00\x7f": "Gus",
    "Gus\x9b2J": "Gus2J",
    "\u202egnikrow": "gnikrow",
    "\u2066Gus\u2069": "Gus",
    "G\u200du\u200bs\ufeff": "Gus",
    "ש\u200d\u200d\u200dל": "של",
    "Gus\r\nApproved\u2028by\x85Ada": "Gus Approved by Ada",
    "Gus\U000e0041\U000e0042": "Gus",
    "Gus\ud83d": "Gus",
}
BLANK = [
    "",
    "  ",
    "\u00a0\u2003",
    "\u3164",
    "\u115f\u1160",
    "\uffa0",
    "\u2800\u2800",
    "\u200b",
    "\u200d",
    "\u0301",
]


@pytest.mark.parametrize("name", NAMES)
def test_what_people_are_called_stays_as_they_write_it(name: str) -> None:
    assert clean(name) == name
    assert visible(name)


@pytest.mark.parametrize("name", HOSTILE)
def test_what_moves_or_hides_is_left_out(name: str) -> None:
    assert clean(name) == HOSTILE[name]


@pytest.mark.parametrize("name", BLANK)
def test_what_shows_nothing_is_known_as_such(name: str) -> None:
    assert not visible(name)


@given(st.text())
def test_nothing_that_is_printed_is_a_control_and_lines_stay_lines(text: str) -> None:
    said = printable(text)
    assert not {unicodedata.category(sign) for sign in said if sign != "\n"} & {"Cc", "Cs"}
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(said)
    assert said.count("\n") >= text.count("\n")
    assert printable(said) == said


@given(
    st.recursive(
        st.text() | st.integers() | st.none(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_what_came_in_can_be_stored_whatever_shape_it_has(value: object) -> None:
    kept = repr(storable(value))
    assert "\\x00" not in kept.replace("\\\\", "")
    assert storable("a\x00b\udc80c") == "abc"
