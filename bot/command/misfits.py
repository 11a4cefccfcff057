"""What pydantic says about a value, as sentences of ours."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from bot.command.arguments import Argument
from bot.errors import UserError
from bot.reply import Phrase

_OTHERWISE = "{value} does not fit {field}."
_SENTENCES = {
    "greater_than": "{field} must be more than {gt}.",
    "greater_than_equal": "{field} must be at least {ge}.",
    "multiple_of": "{field} must be a multiple of {multiple_of}.",
    "less_than": "{field} must be less than {lt}.",
    "less_than_equal": "{field} must be at most {le}.",
    "string_too_short": "{field} needs at least {min_length} characters.",
    "string_too_long": "{field} may have at most {max_length} characters.",
    "too_short": "{field} needs at least {min_length}.",
    "too_long": "{field} may have at most {max_length}.",
}


def misfits(stated: Sequence[Argument], error: ValidationError) -> dict[str, UserError]:
    """What is wrong, by field; what is wrong with the whole stands at its first field."""
    found: dict[str, UserError] = {}
    for wrong in error.errors():
        place = str(wrong["loc"][0]) if wrong["loc"] else ""
        argument = next((argument for argument in stated if argument.name == place), stated[0])
        found.setdefault(argument.name, _misfit(argument, wrong))
    return found


def _misfit(argument: Argument, wrong: Any) -> UserError:
    limits = {name: limit for name, limit in wrong.get("ctx", {}).items() if isinstance(limit, int)}
    template = _SENTENCES.get(wrong["type"], _OTHERWISE)
    values = {"field": argument.word, "value": str(wrong["input"]), **limits}
    if argument.positional or not argument.description:
        return UserError(template, **values)
    # A number alone has no unit: what the help says of the option has it.
    said, about = Phrase(template, values.items()), Phrase(argument.description)
    return UserError("{wrong} It means: {about}", wrong=said, about=about)
