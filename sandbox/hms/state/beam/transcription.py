"""What may be asked of a transcription, and the files it leaves."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from sandbox.hms.state.beam.asset import SUMMARY, Plan, transcript
from sandbox.hms.wire import Json


class Section(BaseModel, strict=True):
    """One part of a summary."""

    title: Annotated[str, Field(max_length=100)]
    format: Literal["bullets", "paragraph"] = "bullets"


class Summary(BaseModel, strict=True):
    """How to sum up what was said."""

    enabled: bool = False
    context: Annotated[str, Field(max_length=300)] = ""
    temperature: Annotated[float, Field(ge=0.1, le=1.0)] = 0.5
    sections: Annotated[list[Section], Field(max_length=6)] = []


class Transcription(BaseModel, strict=True):
    """What to write down; ``modes`` is for live streams only."""

    enabled: bool = False
    modes: list[Literal["recorded", "live"]] = []
    output_modes: list[Literal["txt", "srt", "json"]] = ["txt"]
    custom_vocabulary: list[str] = []
    summary: Summary = Summary()

    def plans(self) -> tuple[Plan, ...]:
        """Plan the files: a transcript for each output mode, and the summary."""
        if not self.enabled:
            return ()
        transcripts = tuple(transcript(mode) for mode in self.output_modes)
        return (*transcripts, SUMMARY) if self.summary.enabled else transcripts


def of_template(destinations: Mapping[str, Json]) -> Transcription:
    """Read what a template writes down when nobody says otherwise, from its camelCase."""
    known = destinations.get("transcriptions")
    wanted = next(iter(known.values()), None) if isinstance(known, dict) else None
    if not isinstance(wanted, dict):
        return Transcription()
    names = {"outputModes": "output_modes", "customVocabulary": "custom_vocabulary", "summary": "summary"}
    said = {name: wanted[written] for written, name in names.items() if written in wanted}
    return Transcription.model_validate({"enabled": True, **said})
