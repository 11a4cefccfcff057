"""Somebody's words inside Slack's markup, where they must stay only words.

Slack has no escape for its formatting marks, so a mark in a value is replaced by the letter that looks like
it. An underscore between two letters is left alone: it formats nothing, and ids are full of them.
"""

import re
from html import escape

from bot.text import clean

LOOKALIKES = str.maketrans({"*": "\u2217", "~": "\u223c", "`": "\u02cb"})
LOOSE_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
EMOJI = re.compile(r":(?=[\w+'-]+:)")
CLOSE = " \t\n.,:;!?()'\"-/"  # beside these Slack still reads a mark as formatting


def literal(text: str) -> str:
    """Words that format nothing, link nothing and call nobody."""
    unmarked = clean(text).translate(LOOKALIKES)
    unmarked = LOOSE_UNDERSCORE.sub("\u02cd", unmarked)
    return escape(EMOJI.sub("\u2236", unmarked), quote=False)


def bold(text: str, before: str, after: str) -> str:
    """A value set off from our words, where Slack would read the marks between these neighbours."""
    said = literal(text)
    fits = (not before or before[-1] in CLOSE) and (not after or after[0] in CLOSE)
    return f"*{said}*" if said and fits else said


def code(text: str) -> str:
    """Words to type, as such; a backtick among them cannot end it."""
    said = escape(clean(text).translate({ord("`"): "\u02cb"}), quote=False)
    return f"`{said}`" if said else ""


def link(address: str, words: str) -> str:
    """Words that open an address; what would end the link within the address is written as its code."""
    whole = address.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E")
    return f"<{escape(whole, quote=False)}|{escape(clean(words), quote=False)}>"
