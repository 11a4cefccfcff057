"""The shell: serve, do, doctor, manifest, migrate, audit, words."""

import argparse
import asyncio
import json
import os
import sys
from collections.abc import Callable, Mapping

from bot.command import Registry
from bot.command.pages import help_line, usage
from bot.errors import UserError
from bot.manifest import manifest
from bot.settings import Settings
from bot.shell import trail
from bot.shell.do import do
from bot.shell.doctor import doctor
from bot.shell.serve import serve
from bot.store import Database

REFUSED = 1

Environment = Mapping[str, str]
Run = Callable[[argparse.Namespace, Environment], int]


def main() -> None:
    """Run a subcommand; exits 0 done, 1 refused or failed, 2 wrong usage, 3 waiting for somebody's yes."""
    arguments = parser().parse_args()
    run: Run = arguments.run
    try:
        code = run(arguments, os.environ)
    except UserError as error:
        print(error, file=sys.stderr)  # noqa: T201 -- the shell speaks by printing
        code = REFUSED
    sys.exit(code)


def parser() -> argparse.ArgumentParser:
    """Everything that can be typed after ``hms-bot``."""
    whole = argparse.ArgumentParser(
        prog="hms-bot", description="Keeps live video sessions on 100ms in order."
    )
    commands = whole.add_subparsers(required=True, metavar="command")

    def command(name: str, about: str, run: Run) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        return made

    command("serve", "Run the bot.", lambda _, environment: serve(environment))
    command(
        "doctor", "Check every setting and say how to mend each.", lambda _, environment: doctor(environment)
    )
    command("migrate", "Bring the database up to date.", lambda _, environment: _migrate(environment))
    command("words", "List the commands as lines of JSON.", lambda *_: _words())
    printing = command("manifest", "Print the manifest of the Slack app.", _manifest)
    printing.add_argument("--url", help="the public address, for HTTP instead of Socket Mode")
    doing = command("do", "Run one line as somebody.", _do)
    doing.add_argument("line", help='what would be typed after /hms, such as "room lock standup"')
    doing.add_argument("--as", dest="who", required=True, metavar="U123", help="on whose behalf")
    doing.add_argument("--json", dest="as_json", action="store_true", help="answer as JSON")
    looking = command("audit", "Check or write out the log of who did what.", _audit)
    looking.add_argument("what", choices=["verify", "export"])
    return whole


def _do(arguments: argparse.Namespace, environment: Environment) -> int:
    return do(environment, arguments.line, arguments.who, as_json=arguments.as_json)


def _audit(arguments: argparse.Namespace, environment: Environment) -> int:
    return trail.verify(environment) if arguments.what == "verify" else trail.export(environment)


def _manifest(arguments: argparse.Namespace, environment: Environment) -> int:
    command = environment.get("HMS_BOT_COMMAND", "/hms")
    print(manifest(arguments.url, command), end="")  # noqa: T201 -- the shell speaks by printing
    return 0


def _migrate(environment: Environment) -> int:
    async def migrate() -> None:
        db = await Database.open(Settings.read(environment).database_url)
        try:
            await db.migrate()
        finally:
            await db.close()

    asyncio.run(migrate())
    return 0


def _words() -> int:
    for command in Registry("commands").commands.values():
        print(json.dumps({"usage": usage(command), "help": help_line(command)}))  # noqa: T201 -- as above
    return 0


if __name__ == "__main__":
    main()
