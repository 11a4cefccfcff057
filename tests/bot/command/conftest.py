"""Sample commands under the name ``samples``, as the bot's are under ``commands``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.command import Registry


@pytest.fixture(scope="session")
def registry() -> Iterator[Registry]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(Path(__file__).parent)
        yield Registry("samples")
