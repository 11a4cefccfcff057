"""Minutes before an end, as people write them."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from bot.command import Warnings
from bot.errors import UserError
from bot.reply import Plain, Reply


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("10,5,1", "10,5,1"),
        ("1 5 10", "10,5,1"),
        ("10m, 5 min and 1 minute", "10,5,1"),
        ("5,5", "5"),
        ("none", "none"),
        ("off", "none"),
    ],
)
def test_warnings(words: str, minutes: str) -> None:
    found = Warnings.of(words)
    assert found.written == minutes
    assert Warnings.of(found.written) == found == Warnings.model_validate_json(found.model_dump_json())


@pytest.mark.parametrize("words", ["", "0", "-5", "10,", "1h", "soon", "1441", "10,x", "99999"])
def test_no_warnings(words: str) -> None:
    with pytest.raises(UserError, match="is no list of minutes"):
        Warnings.of(words)


def test_more_than_ten_are_noise() -> None:
    with pytest.raises(UserError) as wrong:
        Warnings.of(",".join(map(str, range(1, 12))))
    assert "more than 10 warnings" in Plain().text(Reply.of(wrong.value))
    with pytest.raises(ValidationError):
        Warnings(minutes=tuple(range(1, 12)))


def test_each_is_so_long_before() -> None:
    assert Warnings.of("1,10").before == (timedelta(minutes=10), timedelta(minutes=1))


@pytest.mark.parametrize(
    ("words", "said"), [("10,5,1", "10, 5, and 1 minute"), ("10,5", "10 and 5 minutes"), ("none", "none")]
)
def test_warnings_are_said_in_words(words: str, said: str) -> None:
    assert Plain().text(Reply("{warn}", warn=Warnings.of(words))) == said
