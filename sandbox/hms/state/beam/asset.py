"""What a recording leaves behind: films, chats, transcripts."""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from sandbox.hms import choices
from sandbox.hms.wire import Answer, Json, stamp

Status = Literal["processing", "completed", "failed"]


@dataclass(frozen=True, kw_only=True)
class Take:
    """What was filmed, where and when."""

    job_id: str
    room_id: str
    session_id: str
    started_at: datetime
    stopped_at: datetime

    @property
    def length(self) -> timedelta:
        """How long the camera ran."""
        return self.stopped_at - self.started_at

    @property
    def transcribing(self) -> timedelta:
        """How long transcripts take: a fifth of the length, at least five minutes."""
        return max(self.length * choices.TRANSCRIBING_SHARE, choices.SHORTEST_TRANSCRIBING)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A file that a job will leave when it is completed."""

    type: str
    folder: str  # below bucket and customer; {room}, {date} and {epoch} are filled in
    ending: str
    file: str = "Rec-{room}-{epoch}"
    metadata: dict[str, Json] = field(default_factory=dict)
    thumbnails: bool = False

    @property
    def transcribed(self) -> bool:
        """Whether it is made from the film afterwards."""
        return self.type in {"transcript", "summary"}

    def path(self, take: Take) -> str:
        """Name the file as the reference shows the paths."""
        epoch = int(take.started_at.timestamp() * 1000)
        where = f"{self.folder}/{self.file}".format(
            room=take.room_id, date=f"{take.started_at:%Y%m%d}", epoch=epoch
        )
        return f"s3://{choices.BUCKET}/{choices.CUSTOMER_ID}/{where}{self.ending}"


@dataclass(eq=False, kw_only=True)
class Asset:
    """One file of a recording."""

    id: str
    plan: Plan
    take: Take
    created_at: datetime
    status: Status
    store: str = choices.STORE  # where its links lead
    links: dict[str, datetime] = field(default_factory=dict, repr=False)  # until when each opens it

    @property
    def path(self) -> str:
        """Where it lies in the bucket."""
        return self.plan.path(self.take)

    @property
    def duration(self) -> int:
        """How long it plays, in seconds; a text does not play."""
        film = self.plan.type != "chat" and not self.plan.transcribed
        return int(self.take.length.total_seconds()) if film else 0

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.duration * choices.BYTES_A_SECOND or choices.BYTES_OF_A_TEXT

    def link(self, seconds: int, now: datetime) -> str:
        """Sign an address that downloads it for some seconds."""
        address = self.path.replace(f"s3://{choices.BUCKET}", self.store)
        signature = hashlib.sha256(f"{self.id} {seconds} {stamp(now)}".encode()).hexdigest()
        self.links[signature] = now + timedelta(seconds=seconds)
        return f"{address}?expires={seconds}&signature={signature}"

    def opens(self, path: str, signature: str, now: datetime) -> bool:
        """Tell whether somebody holds a link to it that is still good."""
        mine = self.path == f"s3://{choices.BUCKET}{path}"
        return mine and signature in self.links and now < self.links[signature]

    @property
    def content(self) -> bytes:
        """What is in it: films are empty here, and texts say something."""
        return json.dumps(_SUMMED_UP).encode() if self.plan.type == "summary" else b""

    def shown(self) -> Answer:
        """Show it by itself."""
        take = self.take
        ids: Answer = {"job_id": take.job_id, "room_id": take.room_id, "session_id": take.session_id}
        return self.embedded() | ids

    def embedded(self) -> Answer:
        """Show it as a member of its recording, where the ids of job, room and session are left out."""
        return {
            "id": self.id,
            "type": self.plan.type,
            "path": self.path,
            "status": self.status,
            "size": self.size,
            "duration": self.duration,
            "created_at": stamp(self.created_at),
            "thumbnails": [f"{self.path}-thumbnail-0.jpg"] if self.plan.thumbnails else None,
            "metadata": self.plan.metadata,
        }


# No page shows one; so do those who read it, with a paragraph in `paragraph` or in `point`.
_SUMMED_UP = {
    "sections": [
        {
            "title": "Short summary",
            "format": "paragraph",
            "paragraph": "The group went through last week's homework and began with fractions.",
        },
        {
            "title": "Next steps",
            "format": "bullets",
            "bullets": ["Everybody does exercises 4 to 9", "Hana sends round the slides"],
        },
    ]
}

CHAT = Plan(type="chat", folder="chat/{room}/{date}", ending=".csv")


def composite(resolution: dict[str, Json]) -> Plan:
    """Plan the film of the whole room."""
    metadata: dict[str, Json] = {"resolution": resolution}
    return Plan(type="room-composite", folder="beam/{room}/{date}", ending=".mp4", metadata=metadata)


def layer_film(layer: int, resolution: dict[str, Json]) -> Plan:
    """Plan the film of one layer of a live stream; layer 0 is the best."""
    return Plan(
        type="room-composite",
        folder="hls/{room}/{date}/{epoch}/file-recording",
        ending=f"-{layer}.mp4",
        metadata={"resolution": resolution, "layer": str(layer)},
    )


def playlist(layers: int, resolution: dict[str, Json]) -> Plan:
    """Plan the video on demand of a live stream."""
    return Plan(
        type="room-vod",
        folder="hls/{room}/{date}/{epoch}/vod",
        ending=".zip",
        metadata={
            "num_layers": str(layers),
            "max_width": resolution["width"],
            "max_height": resolution["height"],
        },
        thumbnails=True,
    )


def transcript(output_mode: str) -> Plan:
    """Plan one transcript: txt, srt or json."""
    return Plan(
        type="transcript",
        folder="transcript/{room}/{date}",
        ending=f".{output_mode}",
        metadata={"output_mode": output_mode},
    )


SUMMARY = Plan(
    type="summary",
    folder="transcript/{room}/{date}",
    ending="-summary.json",
    metadata={"output_mode": "json"},
)
