"""``hms-bot doctor``: everything that must be in order, and how to mend what is not."""

import asyncio
from collections.abc import Mapping, Sequence

from bot.app import Bot
from bot.errors import UserError
from bot.features.doctor import checks
from bot.features.doctor.checks import Check, Checkup
from bot.reply import Plain, Reply, Term
from bot.settings import Settings
from bot.shell import logs
from bot.slack.connect import asked, web_client


def doctor(environment: Mapping[str, str]) -> int:
    """Print a line for each check; 0 when all is in order, 1 otherwise."""
    problems = Settings.problems(environment)
    found = checks.settings(problems) if problems else asyncio.run(_examine(Settings.read(environment)))
    plain = Plain()
    for check in found:
        name = plain.catalogue.said(check.name, plain.say)
        print(f"{'ok  ' if check.ok else 'MEND'}  {name}: {plain.text(check.said)}")  # noqa: T201 -- the shell speaks by printing
    return 0 if all(check.ok for check in found) else 1


async def _examine(settings: Settings) -> Sequence[Check]:
    """Look at a bot that is built as ``serve`` builds it; what keeps it from being built is the finding."""
    logs.set_up(settings.log_format)
    try:
        bot = await Bot.open(settings)
    except UserError as error:
        return [*checks.settings(()), Check(Term("Start"), ok=False, said=Reply.of(error))]
    try:
        return [*await bot.dispatcher.books[Checkup].examine(), *await _socket_mode(bot, settings)]
    finally:
        await bot.close()


async def _socket_mode(bot: Bot, settings: Settings) -> Sequence[Check]:
    """Whether Slack would open a connection for the app token; none is opened, it would take payloads."""
    token, url = settings.slack_app_token, settings.slack_api_url
    if token is None:
        return ()
    client = web_client(None, url, bot.connection.session, [])
    headers = {"Authorization": f"Bearer {token.get_secret_value()}"}
    try:
        await asked(client, "apps.connections.open", "SLACK_APP_TOKEN", url, headers=headers)
    except UserError as error:
        return (Check("Socket Mode", ok=False, said=Reply.of(error)),)
    return (Check("Socket Mode", ok=True),)
