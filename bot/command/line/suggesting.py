"""What may have been meant by a line that means nothing: as buttons, each of which carries the rest of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz.distance import OSA

from bot.command.base import Command
from bot.command.errors import Incomplete, Unreadable
from bot.command.forms import form
from bot.command.line.loosely import LONGEST, as_it_stands, asked_whole, button_of, polite
from bot.command.line.vocabulary import spoken, vocabulary
from bot.command.matching import Spelt
from bot.command.registry import Allowed, Registry
from bot.command.tokens import Token, verbatim
from bot.reply import Button, Invocation, Reply

_MOST = 3
_SHORT = 4  # letters, of which a slip leaves the first as it was, or swaps two
_HELP = Button("All commands", Invocation("help"))


class Near(NamedTuple):
    """A command that comes near to the first words of a line, how near, and how many words those are."""

    slips: int
    words: str
    width: int


def suggested(registry: Registry, line: str, wrong: Unreadable, me: str, allowed: Allowed) -> Reply:
    """Offer what this person may run and may have meant by what is no command."""
    known = registry.commands.get(wrong.tried)
    if known:
        return _about(known, wrong, may=allowed(known))
    buttons = asked_back(registry, line, me, allowed) or _near(registry, line, allowed)
    if not buttons:
        return Reply("See what you can run.", buttons=[_HELP])
    return Reply("Do you mean this?", buttons=[*buttons, _HELP])


def explained(registry: Registry, words: str, allowed: Allowed) -> Reply:
    """Offer the help of what may have been meant by the words of a command."""
    near = _nearest(registry, polite(words), allowed)
    buttons = [
        Button(one, Invocation("help", command=one)) for one in dict.fromkeys(each.words for each in near)
    ]
    return Reply("See what you can run.", buttons=[*buttons[:_MOST], _HELP])


def asked_back(registry: Registry, line: str, me: str, allowed: Allowed) -> list[Button]:
    """What is never taken as it is said, such as a ban: what it may mean, to choose from."""
    tokens = polite(line)
    found = [button_of(registry, each) for each in asked_whole(registry, line, me)]
    meant = vocabulary().asked.get(spoken(tokens[0]), ()) if tokens else ()
    found += [
        carrying(registry, words, verbatim(line, tokens[1:])) for words in meant if words in registry.commands
    ]
    return [button for button in found if allowed(registry.commands[button.invocation.command])]


def carrying(registry: Registry, words: str, behind: str) -> Button:
    """A command with what stands behind it; what it lacks, or cannot be read of it, its form asks for."""
    heard = as_it_stands(registry, f"{words} {behind}".strip())
    if heard and (heard.words if isinstance(heard, Incomplete) else registry.words(heard.command)) == words:
        return button_of(registry, heard)
    return _form_of(registry.commands[words], words, {})


def _about(command: type[Command], wrong: Unreadable, *, may: bool) -> Reply:
    """Offer a command's form, with what was wrong in it, and its help to whoever may run it."""
    if not may:
        return Reply("It takes {level}.", level=command.level.needed, buttons=[_HELP])
    helped = Button("How it is written", Invocation("help", command=wrong.tried))
    return Reply("", buttons=[_form_of(command, wrong.tried, wrong.given), helped])


def _form_of(command: type[Command], words: str, given: Mapping[str, Any]) -> Button:
    return Button(Reply("{title}…", title=form(command).called), Invocation(words, **given), form=True)


def _near(registry: Registry, line: str, allowed: Allowed) -> list[Button]:
    """The nearest commands with the rest of the line."""
    tokens = polite(line)
    near = {each.words: each for each in reversed(_nearest(registry, tokens, allowed))}
    most = _MOST if len(line) <= LONGEST else 1  # to read a long one several times keeps others waiting
    return [
        carrying(registry, each.words, verbatim(line, tokens[each.width :]))
        for each in [*reversed(near.values())][:most]
    ]


def _nearest(registry: Registry, tokens: Sequence[Token], allowed: Allowed) -> list[Near]:
    """What is nearest to as many of the first words as possible; no act beside what only looks."""
    for width in range(min(len(tokens), registry.longest), 0, -1):
        near = [each for each in _called(registry, tokens[:width]) if allowed(registry.commands[each.words])]
        best = [each for each in near if each.slips == min(one.slips for one in near)]
        looks = [each for each in best if registry.commands[each.words].reads]
        if best:
            return looks or best
    return []


def _called(registry: Registry, tokens: Sequence[Token]) -> Iterator[Near]:
    """What is called nearly so, or whose verb is."""
    spelt = Spelt.of(" ".join(spoken(token) for token in tokens).replace("-", " "))
    fitting = [
        [typed for typed in spellings.near(spelt) if _is_a_slip(spelt.plain, typed.said)]
        for spellings in (registry.spelt, registry.verbs)
    ]
    for typed in registry.verbs.called(spelt) or fitting[0] or fitting[1]:
        yield Near(OSA.distance(spelt.plain, typed.said), typed.words, len(tokens))


def _is_a_slip(said: str, meant: str) -> bool:
    """Whether one word is the other in haste: of short ones the first letter holds, or two are swapped.

    Of several each has to be: ``any room`` is no ``end room``.
    """
    pairs = [*zip(sorted(said.split()), sorted(meant.split()), strict=False)]
    if len(pairs) > 1 and said.count(" ") == meant.count(" "):
        return all(one == other or _is_a_slip(one, other) for one, other in pairs)
    return (
        len(said) > _SHORT or meant.startswith(said) or said[:1] == meant[:1] or sorted(said) == sorted(meant)
    )
