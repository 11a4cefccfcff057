"""What Slack writes in place of what somebody sees: codes for emoji, ids for who is mentioned."""

import re
from collections.abc import Awaitable, Callable, Iterator

import emoji

from bot.people import Actor

# A code stands by itself or beside signs: "10:30:45" holds none.
CODE = re.compile(r"(?<!\w):(?P<name>[a-z0-9_+'-]+):(?::skin-tone-(?P<tone>[2-6]):)?")
FLAG = re.compile(r"flag-(?P<country>[a-z]{2})")
LETTER_A = 0x1F1E6  # of those that make a flag in pairs
NAMELESS = re.compile(r"<@(?P<id>\w+)>")
TONES = 0x1F3FB - 2  # Slack counts Fitzpatrick's types, of which the first two have one sign
COLOURED = "\ufe0f"  # what has a skin tone needs no other mark that it is no letter


def signs(text: str) -> str:
    """The same with a sign for each code that is known: ``:tada:`` becomes 🎉, ``:nosuch:`` stays."""
    return CODE.sub(lambda found: _sign(found["name"], found["tone"]) or found[0], text)


async def named(text: str, who: Callable[[str], Awaitable[Actor]]) -> str:
    """The same with a name for each person of whom Slack tells only the id, as it does in messages."""
    users = dict.fromkeys(found["id"] for found in NAMELESS.finditer(text))
    names = {user: (await who(user)).name for user in users}
    return NAMELESS.sub(lambda found: f"<@{found['id']}|{_within_token(names[found['id']])}>", text)


def _sign(name: str, tone: str | None) -> str | None:
    flag = FLAG.fullmatch(name)
    sign = _flag(flag["country"]) if flag else next(filter(None, map(_known, _spellings(name))), None)
    if not sign or not tone:
        return sign
    toned = sign[0] + chr(TONES + int(tone)) + sign[1:].removeprefix(COLOURED)
    return toned if emoji.is_emoji(toned) else sign


def _known(name: str) -> str:
    said = emoji.emojize(f":{name}:", language="alias")
    return "" if said == f":{name}:" else said


def _flag(country: str) -> str | None:
    flag = "".join(chr(LETTER_A + ord(letter) - ord("a")) for letter in country)
    return flag if emoji.is_emoji(flag) else None


def _spellings(name: str) -> Iterator[str]:
    """What the library may call what Slack calls so."""
    under = name.replace("-", "_")
    yield from (name, under, under.removeprefix("large_"))
    yield re.sub("^(fe)?male_", lambda found: "woman_" if found[1] else "man_", under)


def _within_token(name: str) -> str:
    return re.sub(r"[<>|]", "", name)
