"""A link opens for whoever has it: it is told, and never written down."""

import pytest
from pydantic import SecretStr

from bot.reply import Link, Plain, Reply, Term

SAID = Reply("{link}.", link=Link(Term("Open the file"), SecretStr("https://x.example/y?signature=1")))


def test_a_link_is_never_written_down() -> None:
    with pytest.raises(TypeError):
        SAID.json()


def test_it_does_not_show_where_a_value_is_printed() -> None:
    assert "signature" not in repr(SAID)


def test_a_shell_prints_it_whole() -> None:
    assert Plain().text(SAID) == "https://x.example/y?signature=1."
