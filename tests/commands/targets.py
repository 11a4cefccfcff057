"""How people add a target: by a form, in which its key is entered."""

from collections.abc import Mapping

from tests.chat import Chat

ADDRESS = "rtmps://{}.example/live2"
KEY = "wxyz-{}-k3y-0815"


def address(name: str) -> str:
    """Where a target's stream is pushed, its key behind it."""
    return f"{ADDRESS.format(name)}/{KEY.format(name)}"


async def fills_in(chat: Chat, name: str, server: str = "", key: str = "") -> Mapping[str, str]:
    """Ada opens the form of a new target and enters address and key; answers what is wrong, by field."""
    if not chat.workspace.views_of("U0ADA"):
        await chat.says("ada", f"/hms stream-target add {name}")
    form = chat.workspace.views_of("U0ADA")[-1]
    filled = {"address": server or ADDRESS.format(name), "key": key or KEY.format(name)}
    values = {field: {"value": value} for field, value in filled.items()}
    outcome = await chat.workspace.submits("U0ADA", form.id, values)
    await chat.bot.idle()
    await chat.workspace.settles()
    return outcome.errors


async def adds_target(chat: Chat, name: str) -> None:
    """The whole of it, with the yes."""
    assert not await fills_in(chat, name)
    await chat.clicks("ada", f"Add {name}", chat.reads("ada"))
