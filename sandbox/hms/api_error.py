"""A refusal as the API words it."""


class ApiError(Exception):
    """What the platform answers instead of doing it; the emulator turns it into the error envelope."""

    def __init__(self, status: int, message: str, *details: str) -> None:
        super().__init__(status, message, *details)
        self.status = status
        self.message = message
        self.details = details

    def envelope(self) -> dict[str, object]:
        """The body of the answer; ``details`` is left out when there is nothing to add."""
        body: dict[str, object] = {"code": self.status, "message": self.message}
        return body | {"details": list(self.details)} if self.details else body


def not_found(thing: str) -> ApiError:
    """Say that nothing is known under this id."""
    return ApiError(404, f"{thing} not found")
