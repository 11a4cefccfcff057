from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import SecretStr, ValidationError

from bot.hms import Page, Recording, Room, Session, Template
from bot.hms.objects import plain
from bot.hms.rooms import RecordingInfo, UploadCredentials, UploadInfo, Webhook


@pytest.mark.parametrize(
    ("written", "microseconds"),
    [
        ("", 0),
        (".5", 500_000),
        (".83", 830_000),
        (".000001", 1),
        (".725963917", 725_963),
        (".200000001", 200_000),
    ],
)
def test_a_time_has_up_to_nine_digits(written: str, microseconds: int) -> None:
    room = Room.model_validate({"id": "r", "created_at": f"2026-03-01T10:00:14{written}Z"})
    assert room.created_at == datetime(2026, 3, 1, 10, 0, 14, microseconds, tzinfo=UTC)


@pytest.mark.parametrize("never", ["0001-01-01T00:00:00Z", "", None])
def test_a_moment_that_never_came_is_none(never: str | None) -> None:
    assert Room.model_validate({"id": "r", "updated_at": never}).updated_at is None


def test_a_time_without_a_zone_is_not_guessed() -> None:
    with pytest.raises(ValidationError):
        Room.model_validate({"id": "r", "created_at": "2026-03-01T10:00:14"})


def test_what_is_left_out_or_null_is_empty_or_false() -> None:
    room = Room.model_validate({"id": "r", "polls": None, "recording_info": None, "enabled": None})
    assert (room.polls, room.recording_info, room.enabled, room.large_room) == ((), None, False, False)
    assert Recording.model_validate({"id": "b", "recording_assets": None}).recording_assets == ()


def test_members_we_do_not_know_are_kept() -> None:
    assert Room.model_validate({"id": "r", "key": "customer:lobby"}).model_extra == {"key": "customer:lobby"}


def test_peers_of_a_session_are_found_by_id() -> None:
    session = Session.model_validate(
        {
            "id": "s",
            "active": True,
            "peers": {"p": {"id": "p", "name": "Gus", "joined_at": "2026-03-01T10:00:00Z"}},
        }
    )
    assert session.peers["p"].name == "Gus"
    assert session.peers["p"].left_at is None


@pytest.mark.parametrize("member", ["maxPeerCount", "max_peer_count"])
def test_a_template_is_read_in_camel_and_in_snake_case(member: str) -> None:
    template = Template.model_validate({"id": "t", "roles": {"host": {"name": "host", member: 3}}})
    assert template.roles["host"].max_peer_count == 3


@pytest.mark.parametrize(
    ("page", "final"),
    [
        ({"limit": 2, "data": [{"id": "a"}, {"id": "b"}], "last": "b"}, False),
        ({"limit": 2, "data": [{"id": "a"}], "last": "a"}, True),
        ({"limit": 1, "data": [{"id": "a"}], "last": ""}, True),
        ({"limit": 1, "data": [{"id": "a"}], "last": None}, True),
        ({"limit": 1, "data": [{"id": "a"}]}, True),
        ({"limit": 1, "data": None, "last": "a"}, True),
        ({"data": [{"id": "a"}], "last": "a"}, False),
    ],
)
def test_the_last_page_is_known_by_any_of_its_signs(page: dict[str, object], final: bool) -> None:  # noqa: FBT001  # a column of the table
    assert (Page[Room].model_validate(page).following is None) is final


def test_secrets_do_not_show_in_an_object() -> None:
    room = Room.model_validate(
        {
            "id": "r",
            "recording_info": {
                "upload_info": {"type": "s3", "location": "b", "credentials": {"key": "K-1", "secret": "S-1"}}
            },
            "webhook": {"url": "https://hook.example", "headers": {"X-Token": "S-2"}},
        }
    )
    shown = repr(room) + room.model_dump_json()
    assert [secret for secret in ("K-1", "S-1", "S-2") if secret in shown] == []


def test_a_value_that_does_not_fit_is_not_repeated_in_the_error() -> None:
    with pytest.raises(ValidationError) as caught:
        Room.model_validate({"id": ["S-3"], "webhook": {"url": "https://hook.example", "headers": "S-4"}})
    assert "S-3" not in repr(caught.value)
    assert "S-4" not in str(caught.value)


def test_arguments_become_what_json_can_hold_with_their_secrets() -> None:
    info = RecordingInfo(
        enabled=True,
        upload_info=UploadInfo(
            type="s3", location="b", credentials=UploadCredentials(key=SecretStr("K"), secret=SecretStr("S"))
        ),
    )
    assert plain({"recording_info": info, "polls": ("a", "b")}) == {
        "recording_info": {
            "enabled": True,
            "upload_info": {"type": "s3", "location": "b", "credentials": {"key": "K", "secret": "S"}},
        },
        "polls": ["a", "b"],
    }
    assert plain(Webhook(url="u", headers={"H": SecretStr("v")})) == {"url": "u", "headers": {"H": "v"}}


def test_an_instant_is_sent_in_utc_with_milliseconds() -> None:
    noon_in_paris = datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=timezone(timedelta(hours=1)))
    assert plain(noon_in_paris) == "2026-03-01T11:00:00.123Z"
