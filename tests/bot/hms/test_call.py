import re
from urllib.parse import unquote

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from yarl import URL

from bot.hms.call import at

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

    for sent in (httpx.URL("https://api.example/v2" + path).raw_path.decode(), _as_aiohttp_sends(path)):
        found = re.fullmatch(r"/v2/active-rooms/([^/?#]+)/end-room", sent)
        assert found
        assert unquote(found[1]) == value


def _as_aiohttp_sends(path: str) -> str:
    return URL(str(httpx.URL("https://api.example/v2" + path))).raw_path_qs


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_what_no_encoding_keeps_in_a_segment_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="room_id cannot be"):
        at("/rooms/{room_id}", room_id=value)


def test_half_a_character_is_refused() -> None:
    with pytest.raises(ValueError, match="surrogates"):
        at("/rooms/{room_id}", room_id="\ud800")


def test_each_value_fills_its_own_place() -> None:
    path = at("/active-rooms/{room_id}/peers/{peer_id}", peer_id="p", room_id="r {peer_id}")
    assert path == "/active-rooms/r%20%7Bpeer_id%7D/peers/p"
