import re
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import SecretStr
from yarl import URL

from bot.hms import NotFound
from bot.hms.call import Call, at

VALUES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(
    lambda text: text not in {".", ".."}
)


@given(VALUES)
@example("a/../b")
@example("%2e%2e")
@example("..%2f..")
@example("x?enabled=true#end")
@example("{peer_id}")
@example("../rooms")
@example("\x00\r\n")
def test_a_value_stays_in_its_segment_on_every_way_to_the_wire(value: str) -> None:
    path = at("/active-rooms/{room_id}/end-room", room_id=value)

    url = "https://api.example/v2" + path
    for sent in (httpx.URL(url).raw_path.decode(), URL(url, encoded=True).raw_path_qs):
        found = re.fullmatch(r"/v2/active-rooms/([^/?#]+)/end-room", sent)
        assert found
        assert unquote(found[1]) == value


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_nothing_is_called_what_no_encoding_keeps_in_a_segment(value: str) -> None:
    with pytest.raises(NotFound, match="room_id cannot be"):
        at("/rooms/{room_id}", room_id=value)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        at("/rooms/{room_id}", room_id="\ud800")


def test_each_value_fills_its_own_place() -> None:
    path = at("/active-rooms/{room_id}/peers/{peer_id}", peer_id="p", room_id="r {peer_id}")
    assert path == "/active-rooms/r%20%7Bpeer_id%7D/peers/p"


@given(st.lists(VALUES, min_size=3, max_size=3))
def test_no_value_reaches_into_the_place_of_another(values: list[str]) -> None:
    names = ("poll_id", "question_id", "option_id")
    template = "/polls/{poll_id}/questions/{question_id}/options/{option_id}"
    sent = at(template, **dict(zip(names, values, strict=True)))
    assert [unquote(part) for part in sent.split("/")[2::2]] == values


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=3), st.booleans())
def test_a_filter_arrives_as_it_was_given(types: list[str], error: bool) -> None:  # noqa: FBT001  # what hypothesis draws
    call = Call("analytics.list_events", "GET", "/analytics/events", query={"type": types, "error": error})
    query = URL("https://api.example" + call.target, encoded=True).query
    assert query.getall("type", []) == types
    assert query.getall("error") == [str(error).lower()]


def test_a_call_does_not_show_its_secrets() -> None:
    secret = SecretStr("S-1")
    call = Call("sip.send_dtmf", "POST", "/sip/dtmf", body={"password": secret}, bearer=secret)
    assert "S-1" not in repr(call)
