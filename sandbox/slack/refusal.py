"""How Slack says no: a short code, and what goes with it."""

from collections.abc import Sequence


class Refusal(Exception):  # noqa: N818 - it is Slack's answer to the caller, not a fault of the emulator
    """Raise to answer as Slack does when it will not do something.

    ``code`` is Slack's own word, such as ``not_in_channel``; ``messages`` point at what was wrong in what was
    sent; ``detail`` holds any other field that Slack puts beside the code.
    """

    def __init__(self, code: str, *, messages: Sequence[str] = (), **detail: object) -> None:
        super().__init__(": ".join([code, *messages]))
        self.code = code
        self.messages = tuple(messages)
        self.detail = detail

    def answer(self) -> dict[str, object]:
        """Give the body that a Web API client receives."""
        body: dict[str, object] = {"ok": False, "error": self.code, **self.detail}
        if self.messages:
            body["response_metadata"] = {"messages": list(self.messages)}
        return body
