"""What Ada set up before anybody came: she tells the bot, and her traces are taken away."""

import asyncio
from contextlib import suppress

from sandbox.demo.account import ADMIN
from sandbox.demo.failure import Failure
from sandbox.slack.workspace import Workspace

GRANTS = ("access grant @vi viewer", "access grant @mo moderator", "access grant @max moderator")
IN_CHANNELS = (
    ("C0CLASSES", "room bind standup --viewers yes"),
    ("C0CLASSES", "room defaults --host-role host --stage-role stage --muted-role muted"),
    ("C0WEBINARS", "room bind webinar --viewers yes"),
)
PATIENCE = 60.0  # seconds for one line
QUIET = 0.2  # seconds without news, after which nothing more is expected


async def set_up(workspace: Workspace) -> None:
    """Grant levels, bind channels and say which role is mute; raises Failure when the bot does not answer."""
    direct = workspace.directory.direct(ADMIN, workspace.installation.bot_user).id
    for line in GRANTS:
        await _say(workspace, direct, line)
    for channel, line in IN_CHANNELS:
        await _say(workspace, channel, line)
    await _quiet(workspace)
    for channel in (direct, *dict(IN_CHANNELS)):
        for message in workspace.sees(ADMIN, channel):
            workspace.state.messages.remove(message)


async def _say(workspace: Workspace, channel: str, line: str) -> None:
    before = len(workspace.sees(ADMIN, channel))
    news = workspace.subscribe()
    try:
        async with asyncio.timeout(PATIENCE):
            await workspace.says(ADMIN, channel, f"{workspace.installation.command} {line} --yes")
            while len(workspace.sees(ADMIN, channel)) == before:
                await news.get()
    except TimeoutError as error:
        raise Failure(f"The bot does not answer Ada's “{line}”.") from error
    finally:
        workspace.unsubscribe(news)


async def _quiet(workspace: Workspace) -> None:
    news = workspace.subscribe()
    with suppress(TimeoutError):
        while True:
            async with asyncio.timeout(QUIET):
                await news.get()
    workspace.unsubscribe(news)
