"""What 100ms sums up of what was said: read from its file, and shown where the files are."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import structlog
from pydantic import BaseModel, Field, ValidationError, model_validator

from bot.command import Context, RoomRef
from bot.hms import HmsError, RecordingAsset
from bot.reply import KeptWords, Reply

log = structlog.get_logger()

TYPE = "summary"
LARGEST = 200_000  # bytes; six sections are a few thousand
MOST = 2500  # signs that are shown: a message takes somewhat more
VALID = timedelta(minutes=5)  # nobody but us sees the link


class SummaryPart(BaseModel):
    """One part of a summary: a ``title``, and ``lines`` of which each is a point or a paragraph.

    No page of 100ms shows the file. Points are called ``bullets``, a paragraph has several names.
    """

    title: str = ""
    lines: tuple[str, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _whatever_holds_words(cls, section: Any) -> Any:
        if not isinstance(section, dict):
            return section
        points = section.get("bullets") or [section.get("paragraph") or section.get("point") or ""]
        return {"title": section.get("title") or "", "lines": [one for one in points if one]}


class WrittenSummary(BaseModel):
    """A whole summary."""

    sections: tuple[SummaryPart, ...] = Field(default=())


async def of(ctx: Context, asset: RecordingAsset) -> WrittenSummary | None:
    """Read a summary by a link that is minted for this alone; None where that cannot be read now."""
    if not 0 < asset.size <= LARGEST:
        return None
    try:
        minted = await ctx.hms.recording_assets.presigned_url(asset.id, valid=VALID)
        found = WrittenSummary.model_validate_json(await ctx.hms.fetch(minted))
    except (HmsError, ValidationError) as error:  # its file is there all the same, on a button
        log.warning("a summary could not be read", asset=asset.id, why=type(error).__name__)
        return None
    return found if any(one.lines for one in found.sections) else None


def said(summary: WrittenSummary, room: RoomRef) -> Reply:
    """A summary as people read it; where it is long, that its file has all of it."""
    head = Reply("100ms sums up what was said in {room}:", room=room)
    left, shown = MOST, []
    for line in _lines(summary):
        left -= sum(len(getattr(value, "words", value)) for value in line.values.values())
        if left < 0:
            shown.append(Reply("\n… and more: its file has all of it."))
            break
        shown.append(line)
    return sum(shown, start=head)


def _lines(summary: WrittenSummary) -> Iterator[Reply]:
    for section in (one for one in summary.sections if one.lines):
        if section.title:
            yield Reply("\n{title}", title=section.title)
        for line in map(_plain, section.lines):
            yield Reply("\n• {line}", line=line) if len(section.lines) > 1 else Reply("\n{line}", line=line)


def _plain(line: str) -> KeptWords:
    """Words that do not stand out, since all of them are 100ms's; none of them is a channel of ours."""
    return KeptWords(line.replace("<#", "#"))
