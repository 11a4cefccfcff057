"""Events over HTTP: who is heard, what is refused unread, and what is on disk when it is answered."""

import asyncio
import json
import math
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import SecretStr

from bot.store import Database
from bot.web.metrics import Metrics
from bot.web.server import Web
from bot.web.webhooks import MOST_BYTES, Webhooks
from bot.work.arrivals import Arrival
from bot.work.inbox import Inbox, inbox
from tests.way import Clock

HEADER = "X-HMS-Webhook-Secret"
SECRET = SecretStr("new-secret,old-secret")
KNOWN = {HEADER: "new-secret"}
EVENT = {
    "version": "2.0",
    "id": "evt-1",
    "timestamp": "2026-03-02T09:00:00Z",
    "type": "peer.join.success",
    "data": {"session_id": "s1", "peer_id": "p1"},
}

Client = TestClient[web.Request, web.Application]


def app(take: Callable[[Arrival], Awaitable[None]], patience: float = 5.0) -> web.Application:
    return Web(Metrics(), hms=Webhooks(SECRET, HEADER, take, patience).handle).application()


@pytest.fixture
async def box(database: Database) -> Inbox:
    return Inbox(database, Clock())


@pytest.fixture
async def client(box: Inbox) -> AsyncIterator[Client]:
    async with TestClient(TestServer(app(box.take))) as client:
        yield client


async def post(client: Client, body: bytes | dict[str, Any], headers: dict[str, str] = KNOWN) -> int:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    async with client.post("/hms/webhooks", data=data, headers=headers) as answer:
        return answer.status


async def kept(database: Database) -> list[Any]:
    async with database.read() as tx:
        return list((await tx.execute(sa.select(inbox).order_by(inbox.c.id))).all())


async def test_an_event_is_on_disk_when_it_is_answered(client: Client, database: Database) -> None:
    assert await post(client, EVENT) == 200
    assert [(row.id, row.data) for row in await kept(database)] == [("evt-1", EVENT["data"])]


async def test_a_repeat_is_200_and_nothing_more(client: Client, database: Database) -> None:
    assert [await post(client, EVENT) for _ in range(3)] == [200, 200, 200]
    assert len(await kept(database)) == 1


@pytest.mark.parametrize("secret", ["new-secret", "old-secret"])
async def test_while_changing_both_secrets_are_known(client: Client, secret: str) -> None:
    assert await post(client, EVENT, {HEADER: secret}) == 200


@pytest.mark.parametrize(
    "headers", [{}, {HEADER: ""}, {HEADER: "x"}, {HEADER: "new-secret,old-secret"}, {HEADER: "n\u00e9w"}]
)
async def test_whoever_does_not_send_it_is_not_heard(
    client: Client, database: Database, headers: dict[str, str]
) -> None:
    assert await post(client, EVENT, headers) == 401
    assert await kept(database) == []


async def test_without_a_secret_there_is_no_such_address() -> None:
    async with TestClient(TestServer(Web(Metrics()).application())) as client:
        assert await post(client, EVENT) == 404


async def test_a_large_body_is_refused_before_it_is_read(client: Client) -> None:
    async def never() -> AsyncIterator[bytes]:
        raise AssertionError("it was read")
        yield b""

    headers = KNOWN | {"Content-Length": str(MOST_BYTES + 1)}
    async with client.post(
        "/hms/webhooks", headers=headers | {"Expect": "100-continue"}, data=never()
    ) as answer:
        assert answer.status == 413


async def test_one_that_does_not_say_how_large_it_is_is_cut_off(client: Client) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * (MOST_BYTES // 4)

    async with client.post("/hms/webhooks", headers=KNOWN, data=chunks()) as answer:
        assert answer.status == 413


async def test_what_is_packed_is_not_unpacked(client: Client) -> None:
    headers = KNOWN | {"Content-Encoding": "gzip"}
    async with client.post("/hms/webhooks", headers=headers, data=b"x", skip_auto_headers=[]) as answer:
        assert answer.status in {400, 415}


async def test_a_body_that_does_not_come_is_not_waited_for(box: Inbox) -> None:
    async def stalls() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async with (
        TestClient(TestServer(app(box.take, patience=0.01))) as client,
        client.post("/hms/webhooks", headers=KNOWN, data=stalls()) as answer,
    ):
        assert answer.status == 408


async def test_where_the_disk_takes_nothing_100ms_is_to_come_again() -> None:
    async def full(_: Arrival) -> None:
        raise sa.exc.OperationalError("INSERT", {}, OSError("disk is full"))

    async with TestClient(TestServer(app(full))) as client:
        assert await post(client, EVENT) == 503


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("kind", ["beam.recording.success", "never.heard.of"])
async def test_a_presigned_link_is_nowhere_on_disk(sqlite_url: str, kind: str) -> None:
    database = await Database.open(sqlite_url)
    link = "https://bucket.example/rec.mp4?X-Amz-Signature=0ddba11"
    wrapped = json.dumps({"deep": [link]})
    data = {"recording_presigned_url": link, "new": {"a": [{"b": link}], "c": wrapped, link: 1}}
    async with TestClient(TestServer(app(Inbox(database, Clock()).take))) as client:
        assert await post(client, EVENT | {"type": kind, "data": data, "extra": link}) == 200
        written = on_disk(database.folder)
    await database.close()

    assert b"bucket.example/rec.mp4" in written
    assert b"0ddba11" not in written


LEAVES = [
    None,
    True,
    5,
    -1,
    10**400,
    0.5,
    math.nan,
    math.inf,
    "",
    "x" * 5000,
    "\x00",
    "\ud800",
    "2026-03-02T09:00:00Z",
]
TYPES = ["session.open.success", "peer.join.success", "beam.recording.success", "never.heard.of"]
MEMBERS = ["session_id", "peer_id", "recording_id", "joined_at", "rtmp", "recording_single_files", "\udfff"]


def value(chance: random.Random, depth: int = 4) -> Any:
    """Anything that JSON can say."""
    inner = chance.choice(["leaf", "list", "map"]) if depth else "leaf"
    if inner == "leaf":
        return chance.choice(LEAVES)
    if inner == "list":
        return [value(chance, depth - 1) for _ in range(chance.randrange(4))]
    return {chance.choice(MEMBERS): value(chance, depth - 1) for _ in range(chance.randrange(4))}


def hostile(chance: random.Random) -> bytes:
    """One body that nobody should send: of wrong types, too deep, cut off or changed on its way."""
    event: dict[str, Any] = {
        "id": chance.choice([str(chance.randrange(500)), value(chance)]),
        "type": chance.choice([*TYPES, value(chance)]),
        "timestamp": chance.choice(["2026-03-02T09:00:00Z", "0001-01-01T00:00:00+14:00", value(chance)]),
        "data": {chance.choice(MEMBERS): value(chance) for _ in range(3)},
    }
    whole = chance.choice([event, event, event, event | {"data": value(chance)}, value(chance)])
    body = json.dumps(whole).encode() if chance.random() > 0.05 else b"[" * chance.randrange(100_000)
    return chance.choice([body, body, body, body[: len(body) // 2], body[1:], body + b"\x00"])


async def test_2000_hostile_events_are_refused_or_kept_and_none_is_an_error(
    client: Client, database: Database
) -> None:
    chance = random.Random(14)
    bodies = [hostile(chance) for _ in range(2000)]

    answers = [
        status
        for start in range(0, len(bodies), 50)
        for status in await asyncio.gather(*(post(client, body) for body in bodies[start : start + 50]))
    ]

    assert set(answers) == {200, 400}
    assert len(await kept(database)) > 100
    assert await post(client, EVENT | {"id": "evt-after"}) == 200


async def test_bytes_at_random_are_malformed(client: Client) -> None:
    chance = random.Random(14)
    for _ in range(100):
        assert await post(client, chance.randbytes(chance.randrange(200))) == 400
