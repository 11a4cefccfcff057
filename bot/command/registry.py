"""Every command there is, by the words that people type for it."""

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from types import MappingProxyType, ModuleType
from typing import NamedTuple

from pydantic import ValidationError

from bot.command.arguments import arguments, words_of
from bot.command.base import Command
from bot.command.matching import Spellings
from bot.command.pinning import invocation_of
from bot.command.vault import Vault
from bot.command.walking import modules
from bot.errors import UserError
from bot.reply import Code, Invocation

Allowed = Callable[[type[Command]], bool]

FLAGS = ("dry-run", "yes", "here", "help")
"""Options of every command; they count for the whole line wherever they stand."""

_READING = ("show", "list")  # what a noun alone means, the first there is


class Typed(NamedTuple):
    """What can be typed, and the words of the command that it means."""

    said: str
    words: str


class Registry:
    """Walks a package once: a module is a command, a folder a noun with its help line.

    ``typed`` holds everything that can be typed, in lower case and without hyphens, and the words meant;
    ``longest`` counts the words of the longest. ``spelt`` finds what is nearly so, ``verbs`` also where the
    noun was left out. Without a ``vault`` it keeps no secret of what is read by it.
    """

    def __init__(self, package: str = "commands", vault: Vault | None = None) -> None:
        self.vault = vault
        walked = modules(package)
        commands = {words_of(command): command for module in walked for command in _stated(module)}
        self.commands: Mapping[str, type[Command]] = MappingProxyType(dict(sorted(commands.items())))
        self.nouns: Mapping[str, str] = MappingProxyType(_nouns(walked))
        self.typed: Mapping[str, str] = MappingProxyType(_typed(self.commands, self.nouns))
        self.longest = max(len(typed.split()) for typed in self.typed)
        self.spelt = Spellings((said, Typed(said, words)) for said, words in self.typed.items())
        verbs = [Typed(said.split()[-1], words) for said, words in self.typed.items() if said]
        self.verbs = Spellings((verb.said, verb) for verb in verbs)

    @property
    def secrets(self) -> Vault:
        """What seals and opens secrets, for those that keep any."""
        if self.vault is None:
            raise LookupError("A bot that keeps secrets is given a vault.")
        return self.vault

    def words(self, command: Command | type[Command]) -> str:
        """What people type for a command."""
        return words_of(command if isinstance(command, type) else type(command))

    def find(self, words: str) -> tuple[str, type[Command]] | None:
        """What these words, a twin of them or a noun alone mean; in any case, with ``-`` or space."""
        found = self.typed.get(_spaced(words))
        return (found, self.commands[found]) if found is not None else None

    def load(self, invocation: Invocation) -> Command:
        """Read a command as it was stored.

        Raises UserError when an older version stored what this one does not know.
        """
        command = self.commands.get(invocation.command)
        if not command:
            raise UserError(
                "{command} is no longer there. See what is: {help}.",
                command=Code(invocation.command),
                help=Code("/hms help"),
            )
        try:
            return command.model_validate(dict(invocation.arguments), context=self)
        except ValidationError as error:
            raise UserError(
                "This {command} was kept by another version and cannot be read any more. Ask for it again.",
                command=Code(invocation.command),
            ) from error

    def known(self, invocation: Invocation) -> Command | None:
        """The same of what others did: None for what only an app or another version knows."""
        try:
            return self.load(invocation)
        except UserError:
            return None

    def invocation(self, command: Command) -> Invocation:
        """The command as it is stored; ``load`` reads it back equal."""
        return invocation_of(command)


def _spaced(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def _nouns(walked: Iterable[ModuleType]) -> dict[str, str]:
    folders = [module for module in walked if hasattr(module, "__path__")]
    paths = {" ".join(folder.__name__.split(".")[1:]).replace("_", "-"): folder for folder in folders}
    return {words: inspect.getdoc(folder) or "" for words, folder in paths.items()}


@cache
def _stated(module: ModuleType) -> Sequence[type[Command]]:
    classes = [held for held in vars(module).values() if isinstance(held, type) and issubclass(held, Command)]
    stated = [command for command in classes if command.__module__ == module.__name__]
    if len(stated) > 1:
        raise TypeError(
            f"{module.__name__} states several commands; a file is one, its path is what people type"
        )
    for command in stated:
        _check(command)
    return stated


def _check(command: type[Command]) -> None:
    stated = arguments(command)
    words = [argument.word for argument in stated]
    twice = {word for word in words if words.count(word) > 1 or word in FLAGS}
    if twice:
        raise TypeError(f"{command.__module__}: {', '.join(sorted(twice))} would mean two things in a line")
    if any(argument.kind.rest for argument in [one for one in stated if one.positional][:-1]):
        raise TypeError(f"{command.__module__}: nothing can stand behind a Rest")


def _typed(commands: Mapping[str, type[Command]], nouns: Mapping[str, str]) -> dict[str, str]:
    typed = {_spaced(words): words for words in commands}
    for words, command in commands.items():
        for twin in map(_spaced, command.also):
            if twin in typed:
                raise TypeError(f"{command.__module__}: “{twin}” already means {typed[twin]}")
            typed[twin] = words
    return {_spaced(noun): words for noun in nouns if (words := _reading_of(noun, commands))} | typed


def _reading_of(noun: str, commands: Mapping[str, type[Command]]) -> str:
    """What a noun means without a verb."""
    verbs = (f"{noun} {verb}" for verb in _READING)
    return next((words for words in verbs if words in commands and commands[words].reads), "")
