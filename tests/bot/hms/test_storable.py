"""What no store takes is left out of an answer before anything reads it."""

import httpx
import pytest

from bot.hms import Invalid
from tests.bot.hms.conftest import Office, Script

PEER = rb'{"peers": {"p": {"id": "p", "name": "%s", "metadata": "{\"a\": 29.97}", "joined_at": null}}}'


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (rb"Gus\u0000tav", "Gustav"),
        (rb"Gus\ud83dtav", "Gustav"),
        (rb"Gus\uDE00tav", "Gustav"),
        (rb"Gus \ud83d\ude00", "Gus 😀"),
        (rb"Gus \\u0000", r"Gus \u0000"),
    ],
)
async def test_a_name_is_read_without_what_no_store_takes(office: Office, written: bytes, name: str) -> None:
    hms = office.calls(Script([httpx.Response(200, content=PEER % written)]))

    (peer,) = await hms.active_rooms.list_peers("room")

    assert (peer.name, peer.metadata) == (name, '{"a": 29.97}')


async def test_so_are_the_words_of_a_refusal(office: Office) -> None:
    hms = office.calls(Script([httpx.Response(400, content=rb'{"message": "no\u0000 \ud800 such"}')]))

    with pytest.raises(Invalid) as refused:
        await hms.active_rooms.list_peers("room")

    assert refused.value.words == "no  such"


async def test_what_is_no_json_stays_what_it_is(office: Office) -> None:
    hms = office.calls(Script([httpx.Response(400, content=rb"\u0000 is no answer")]))

    with pytest.raises(Invalid):
        await hms.active_rooms.list_peers("room")
