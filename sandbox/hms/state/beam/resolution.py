"""How large a film is."""

from pydantic import BaseModel

from sandbox.hms import choices
from sandbox.hms.api_error import ApiError
from sandbox.hms.wire import Json


class Resolution(BaseModel, strict=True):
    """Width and height; both are required."""

    width: int
    height: int

    def fits(self) -> bool:
        """Tell whether the platform can film it: 500x480 to 1920x1080, or 500x500 to 1080x1920."""
        if self.width >= self.height:
            return 500 <= self.width <= 1920 and 480 <= self.height <= 1080
        return 500 <= self.width <= 1080 and 500 <= self.height <= 1920


def check(resolution: Resolution | None) -> None:
    """Refuse what no film can have."""
    if resolution and not resolution.fits():
        raise ApiError(400, choices.BAD_BODY, f"{choices.BAD_BODY}: resolution out of range")


def shown(resolution: Resolution | None) -> dict[str, Json]:
    """Show what was asked, or the default."""
    return resolution.model_dump() if resolution else dict(choices.DEFAULT_RESOLUTION)
