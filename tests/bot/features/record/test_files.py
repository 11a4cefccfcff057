"""What each file is called, what is folded, and until when it exists."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.features.record import files
from bot.features.record.files import Storage
from bot.hms import RecordingAsset
from bot.reply import Plain, Reply

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)


def asset(
    kind: str, path: str = "s3://theirs/x/y.mp4", number: int = 1, **metadata: object
) -> RecordingAsset:
    return RecordingAsset(
        id=f"a{number}",
        type=kind,
        path=path,
        session_id="s",
        status="completed",
        created_at=NINE,
        metadata=metadata,
    )


def called(what: files.Label) -> str:
    return Plain().text(Reply("{what}", what=what))


@pytest.mark.parametrize(
    ("held", "words"),
    [
        (asset("room-composite"), "video"),
        (asset("room-composite-legacy"), "video"),
        (asset("room-composite", layer="0"), "video, layer 0"),
        (asset("room-composite", "s3://x/y.m4a"), "sound"),
        (asset("room-vod", "s3://x/y.zip"), "video (zip)"),
        (asset("room-vod", "s3://x/y.m3u8"), "playlist (m3u8)"),
        (asset("chat"), "chat"),
        (asset("transcript", output_mode="srt"), "transcript (srt)"),
        (asset("transcript"), "transcript"),
        (asset("summary"), "summary"),
        (asset("track", track_type="audio"), "sound track"),
        (asset("track", track_type="video"), "video track"),
        (asset("stream"), "video of one person"),
        (asset("stream", stream_type="audio"), "sound"),
        (asset("hologram"), "hologram"),
    ],
)
def test_a_file_is_called_what_it_is(held: RecordingAsset, words: str) -> None:
    assert called(files.label(held)) == words


def test_of_several_of_a_kind_each_has_a_number() -> None:
    several = [asset("room-composite"), asset("chat"), asset("room-composite")]

    assert [called(what) for _, what in files.labelled(several)] == ["video 1", "chat", "video 2"]


def test_many_files_of_single_people_are_folded_and_few_are_not() -> None:
    film, tracks = asset("room-composite"), [asset("track", number=number) for number in range(4)]

    assert files.folded([film, *tracks]) == ([film], {"s": tracks})
    assert files.folded([film, *tracks[:3]]) == ([film, *tracks[:3]], {})


def test_100ms_keeps_a_file_for_fifteen_days_and_a_customers_bucket_as_long_as_it_does() -> None:
    assert Storage().until(asset("chat")) == NINE + timedelta(days=15)
    assert Storage(frozenset({"theirs"})).until(asset("chat")) is None
    assert Storage(frozenset({"another"})).until(asset("chat")) == NINE + timedelta(days=15)
