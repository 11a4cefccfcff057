"""The shell: serve, do, doctor, manifest, migrate, audit, words, demo. Each loads only what it needs."""

import argparse
import asyncio
import gc
import json
import os
import sys
from collections.abc import Callable, Mapping

from bot.errors import UserError
from bot.text import printable

REFUSED = 1

Environment = Mapping[str, str]
Subcommand = Callable[[argparse.Namespace, Environment], int]


def main() -> None:
    """Run a subcommand; exits 0 done, 1 refused or failed, 2 wrong usage, 3 waiting for somebody's yes."""
    gc.disable()  # what is loaded stays; to go through it again and again is a fifth of a start
    arguments = parser().parse_args()
    run: Subcommand = arguments.run
    try:
        code = run(arguments, os.environ)
    except UserError as error:
        print(printable(str(error)), file=sys.stderr)  # noqa: T201 -- the shell speaks by printing
        code = REFUSED
    gc.freeze()  # it goes with the process: to look through it at the very end is a third of a line
    sys.exit(code)


class _Version(argparse.Action):
    """Looks the release up only for whoever asks: no start waits for that."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(f"hms-bot {version('hms-bot')}")  # noqa: T201 -- as above
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """Everything that can be typed after ``hms-bot``."""
    whole = argparse.ArgumentParser(
        prog="hms-bot", description="Keeps live video sessions on 100ms in order."
    )
    whole.add_argument("--version", action=_Version, nargs=0, help="say which release this is")
    commands = whole.add_subparsers(required=True, metavar="command")

    def command(name: str, about: str, run: Subcommand) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=about, description=about)
        made.set_defaults(run=run)
        return made

    command("serve", "Run the bot.", _serve)
    command("doctor", "Check every setting and say how to mend each.", _doctor)
    command("migrate", "Bring the database up to date.", _migrate)
    command("words", "List the commands as lines of JSON.", _words)
    printing = command("manifest", "Print the manifest of the Slack app.", _manifest)
    printing.add_argument("--url", help="the public address, for HTTP instead of Socket Mode")
    doing = command("do", "Run one line as somebody.", _do)
    doing.add_argument("line", help='what would be typed after /hms, such as "room lock standup"')
    doing.add_argument("--as", dest="who", required=True, metavar="U123", help="on whose behalf")
    doing.add_argument("--json", dest="as_json", action="store_true", help="answer as JSON")
    doing.add_argument("--file", help="what --json of the line takes, from a file: - for what is piped in")
    looking = command("audit", "Check or write out the log of who did what.", _audit)
    looking.add_argument("what", choices=["verify", "export"])
    looking.add_argument("--head", metavar='"4200 b7b5…"', help="a head that was posted, to hold it against")
    showing = command("demo", "Show the bot offline, between an emulated Slack and an emulated 100ms.", _demo)
    showing.add_argument("--port", type=int, default=8400, help="where to serve; 0 takes a free port")
    return whole


def _serve(_: argparse.Namespace, environment: Environment) -> int:
    from bot.shell.serve import serve

    return serve(environment)


def _doctor(_: argparse.Namespace, environment: Environment) -> int:
    from bot.shell.doctor import doctor

    return doctor(environment)


def _do(arguments: argparse.Namespace, environment: Environment) -> int:
    from bot.shell.do import do

    return do(environment, arguments.line, arguments.who, as_json=arguments.as_json, file=arguments.file)


def _audit(arguments: argparse.Namespace, environment: Environment) -> int:
    from bot.shell import trail

    if arguments.what == "verify":
        return trail.verify(environment, arguments.head)
    return trail.export(environment)


def _manifest(arguments: argparse.Namespace, environment: Environment) -> int:
    from bot.settings import Settings
    from bot.slack.manifest import manifest

    print(manifest(arguments.url, Settings.command(environment)), end="")  # noqa: T201 -- the shell speaks by printing
    return 0


def _migrate(_: argparse.Namespace, environment: Environment) -> int:
    from bot.settings import Settings
    from bot.store import Database

    async def migrate() -> None:
        db = await Database.open(Settings.read(environment).database_url)
        try:
            await db.migrate()
        finally:
            await db.close()

    asyncio.run(migrate())
    return 0


def _demo(arguments: argparse.Namespace, _: Environment) -> int:
    from bot.shell.demo import demo

    return demo(arguments.port)


def _words(*_: object) -> int:
    from bot.command import Registry
    from bot.command.pages import help_line, usage

    for command in Registry("commands").commands.values():
        print(json.dumps({"usage": usage(command), "help": help_line(command)}))  # noqa: T201 -- as above
    return 0


if __name__ == "__main__":
    main()
