"""Who makes a schedule."""

import pytest

from tests.chat import Chat


@pytest.fixture
async def mo_is_an_admin(chat: Chat) -> None:
    """Mo is where the days of these tests are, and can be an admin no more."""
    await chat.grants("mo", Chat.ADMIN)
