"""What goes wrong on the road, as sentences a moderator understands."""

import secrets
from collections.abc import Mapping

import structlog

from bot.command import Ambiguous
from bot.errors import Unclear, UserError
from bot.hms import errors
from bot.reply import Reply
from bot.store import is_down
from bot.work import EffectUnknown

log = structlog.get_logger()

# Each says what happened, why, and what to do; 100ms's own words stand where they help.
_SENTENCES: dict[type[errors.HmsError], str] = {
    errors.Unauthorized: (
        "100ms does not accept our key, so nothing was done. An admin can find out why: `/hms doctor`."
    ),
    errors.Forbidden: (
        "100ms does not allow this for our key, or the room is disabled: {words}. Nothing was done."
    ),
    errors.NotFound: (
        "100ms does not know this, or it is over already: {words}. See what is there: `/hms status`."
    ),
    errors.Conflict: "This clashes with what is running, says 100ms: {words}. See what runs: `/hms status`.",
    errors.Invalid: "100ms refused this: {words}. Nothing was done.",
    errors.TooManyRequests: (
        "100ms is being asked too much right now, so nothing was done. Try again in a minute."
    ),
    errors.Illegible: (
        "100ms answered in a way that I cannot read, so nothing was done. Tell an admin: this is for whoever "
        "keeps the bot up to date."
    ),
    errors.Unavailable: (
        "100ms does not answer properly right now, so nothing was done. Try again in a minute."
    ),
    errors.HmsError: "100ms refused this: {words} ({status}). Nothing was done.",
}
DATABASE = "My database does not answer or takes no writes, so nothing was done. Try again in a minute."
LOST = (
    "100ms took the call but its answer was lost, so it may have been done or not. "
    "Look with `/hms status` first."
)


def excuse(error: Exception) -> Reply | None:
    """The sentence for something that can go wrong; None for a defect."""
    if isinstance(error, Ambiguous):
        return Reply.of(error, error.buttons)
    if isinstance(error, UserError):
        return Reply.of(error)
    if is_lost(error):
        return Reply(LOST)
    if isinstance(error, errors.HmsError):
        sentence = next(text for kind, text in _SENTENCES.items() if isinstance(error, kind))
        return Reply(sentence, words=error.words, status=error.status or 0)
    return Reply(DATABASE) if is_down(error) else None


def is_lost(error: Exception) -> bool:
    """Whether nobody can tell if the call was carried out."""
    return isinstance(error, errors.Unknown | errors.Unsettled | EffectUnknown | Unclear)


def confess(error: Exception, **about: object) -> Reply:
    """Answer for anything: a sentence, or for a defect, which is logged whole, a reference; never raises."""
    try:
        sentence = excuse(error)
    except Exception as another:  # noqa: BLE001 -- an error whose own words break is a defect like others
        return _defect(another, about)
    return sentence or _defect(error, about)


def _defect(error: Exception, about: Mapping[str, object]) -> Reply:
    reference = secrets.token_hex(4)
    log.error("defect", reference=reference, exc_info=error, **about)
    return Reply(
        "Something in hms-bot broke. Look with `/hms status` what was done, "
        "and tell an admin this reference: {reference}.",
        reference=reference,
    )
