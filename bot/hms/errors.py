"""What can go wrong between us and 100ms, told apart by what somebody can do about it."""
# ruff: noqa: N818  # "except NotFound" says all there is to say

from collections.abc import Mapping
from typing import Any, Final


class HmsError(Exception):
    """An operation that 100ms refused or did not answer, with its own words.

    ``operation`` is the id of the operations file. ``message`` and ``details`` are what 100ms wrote, or our
    sentence where it wrote nothing. ``status`` is None when no answer arrived. ``retry_after`` counts the
    seconds that 100ms asked us to wait.
    Nothing of the request is kept here, so no secret can leak.
    Source: 100ms docs, introduction/response.
    """

    def __init__(
        self,
        operation: str,
        message: str,
        *,
        details: tuple[str, ...] = (),
        status: int | None = None,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(operation, message, status)
        self.operation = operation
        self.message = message
        self.details = details
        self.status = status
        self.retry_after = retry_after

    def __str__(self) -> str:
        return f"{self.operation}: {self.words}" + (f" ({self.status})" if self.status else "")

    def json(self) -> dict[str, Any]:
        """What is kept of it on disk; ``rejection`` reads it."""
        told = {"operation": self.operation, "message": self.message, "status": self.status}
        return {**told, "details": list(self.details)}

    @property
    def words(self) -> str:
        """What went wrong in one phrase, for a sentence that people read."""
        phrases = dict.fromkeys((self.message, *self.details))
        return "; ".join(one for one in phrases if not any(one in other for other in phrases if other != one))


class Rejected(HmsError):
    """4xx: 100ms will not do it, and to ask the same again changes nothing."""


class Invalid(Rejected):
    """400: the request was wrong; what to change is in the words."""


class Unauthorized(Rejected):
    """401, twice, the second time with a fresh token: the access key or the secret is wrong."""


class Forbidden(Rejected):
    """403: not allowed, the room is disabled, or a recording or stream was asked of an unknown room."""


class NotFound(Rejected):
    """404: no such object, or nothing that runs."""


class Conflict(Rejected):
    """409: a recording or stream already runs in the room."""


class TooManyRequests(HmsError):
    """429: 100ms wants us to slow down; nothing was done."""


class Unavailable(HmsError):
    """100ms could not be reached or gave no usable answer; asking again does no harm."""


class Unsettled(Unavailable):
    """The answer to something that is more than a look was lost: it may have been done.

    Asking again does no harm, and was tried; but nobody may be told that nothing was done.
    """


class Illegible(HmsError):
    """100ms answered what was asked, but not in a shape we know; asked again it would answer the same."""


class Unknown(HmsError):
    """The answer to something that must not happen twice was lost: it may or may not have happened.

    A 5xx answer counts as lost too: a gateway sends one while the server behind it goes on working, and
    100ms does not say that a 5xx means nothing was done. So does an answer that cannot be read, and the few
    4xx that say how the asking went and not what came of it.
    Read back what is true, or tell the person who asked; never repeat it behind their back.
    """


# Timed out, too early, hung up: what a gateway says of the line, not 100ms of the request.
LOST: Final = frozenset({408, 425, 499})

BY_STATUS: Final[Mapping[int, type[HmsError]]] = {
    400: Invalid,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    429: TooManyRequests,
}


def meaning(status: int | None) -> type[HmsError]:
    """What a 4xx is, by its status."""
    return BY_STATUS.get(status or 0, Rejected)


def rejection(kept: Mapping[str, Any]) -> HmsError:
    """The error of which ``json`` is kept."""
    told = {**kept, "details": tuple(kept["details"])}
    return meaning(kept["status"])(told.pop("operation"), told.pop("message"), **told)
