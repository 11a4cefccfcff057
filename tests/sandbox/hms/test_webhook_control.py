"""The control routes of webhooks and votes, over the server; what is delivered really goes over HTTP."""

import asyncio

import httpx
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from sandbox.hms.server import application
from tests.patience import PATIENCE


@pytest.fixture
async def sim(emulator):
    async with (
        TestServer(application(emulator)) as server,
        httpx.AsyncClient(base_url=str(server.make_url("/_sim")), timeout=PATIENCE) as client,
    ):
        yield client


@pytest.fixture
def room(world):
    return world.add_room("standup")


class Bot:
    """A receiver with an address of its own."""

    def __init__(self) -> None:
        self.got: asyncio.Queue[web.Request] = asyncio.Queue()
        self.status = 200
        app = web.Application()
        app.router.add_post("/hook", self.take)
        self.server = TestServer(app)

    async def take(self, request: web.Request) -> web.Response:
        await request.read()
        await self.got.put(request)
        return web.Response(status=self.status)

    async def next(self) -> tuple[str, web.Request]:
        async with asyncio.timeout(PATIENCE):
            request = await self.got.get()
        return (await request.json())["type"], request


@pytest.fixture
async def bot():
    bot = Bot()
    async with bot.server:
        yield bot


async def told(answer, status=200):
    assert answer.status_code == status, answer.text
    return answer.json()


async def listens(sim, bot, **how):
    url = str(bot.server.make_url("/hook"))
    await told(await sim.put("/webhook", json={"url": url, "headers": {"X-Secret": "s3cret"}, **how}))


async def settled(sim, world, state):
    """Wait until every delivery is over; the world says whenever something changed."""
    news = world.subscribe()
    async with asyncio.timeout(PATIENCE):
        while {each.state.value for each in world.webhooks.deliveries} != {state}:
            await news.get()
    return (await told(await sim.get("/webhook/deliveries")))["deliveries"]


async def test_what_happens_reaches_the_bot_with_its_headers(sim, world, room, bot):
    await listens(sim, bot)
    await sim.post(f"/rooms/{room.id}/join", json={"name": "Gus"})
    kind, request = await bot.next()
    assert (kind, request.headers["X-Secret"]) == ("session.open.success", "s3cret")
    assert (await bot.next())[0] == "peer.join.success"
    opened, joined = await settled(sim, world, "delivered")
    assert (opened["type"], opened["room_id"]) == ("session.open.success", room.id)
    assert [attempt["status"] for attempt in opened["attempts"]] == [200]
    assert joined["body"]["data"]["user_name"] == "Gus"
    assert "s3cret" not in str(opened)


async def test_the_clock_brings_the_retries(sim, world, room, bot):
    await listens(sim, bot)
    bot.status = 503
    await sim.post(f"/rooms/{room.id}/join", json={"name": "Gus"})
    await sim.post("/clock", json={"advance": 14})
    opened, _ = await settled(sim, world, "failed")
    assert [attempt["status"] for attempt in opened["attempts"]] == [503] * 4


async def test_what_is_lost_is_shown_as_such(sim, world, room, bot):
    await listens(sim, bot, loss=1, seed=7)
    await sim.post(f"/rooms/{room.id}/join", json={"name": "Gus"})
    lost = await settled(sim, world, "lost")
    assert {each["type"] for each in lost} == {"session.open.success", "peer.join.success"}
    assert len((await told(await sim.get("/webhook/deliveries?type=peer.join.success")))["deliveries"]) == 1
    assert bot.got.empty()


@pytest.mark.parametrize(
    "body",
    [{}, {"url": "hook"}, {"url": "http://a", "loss": 2}, {"url": "http://a", "repeat": -1},
     {"url": "http://a", "reorder_s": -1}, {"url": "http://a", "headers": {"a": 1}}],
)  # fmt: skip
async def test_a_webhook_that_makes_no_sense_is_refused(sim, world, body):
    refused = await told(await sim.put("/webhook", json=body), 400)
    assert refused["message"] == "Invalid body param"
    assert world.webhooks.workspace is None


async def test_reset_forgets_webhooks_polls_and_deliveries(sim, api, world, room, bot):
    await listens(sim, bot)
    poll = api.post("/polls")["id"]
    await sim.post(f"/rooms/{room.id}/join", json={"name": "Gus"})
    await told(await sim.post("/reset"))
    assert world.webhooks.workspace is None
    assert (await told(await sim.get("/webhook/deliveries"))) == {"deliveries": []}
    api.get(f"/polls/{poll}", 404)


async def test_somebody_votes(sim, api, room):
    question = {"text": "France?", "options": [{"text": "Lyon"}, {"text": "Paris"}]}
    poll = api.post("/polls", questions=[question, {"text": "Why?", "type": "long-answer"}])["id"]
    api.post(f"/rooms/{room.id}", polls=[poll])
    gus = room.join("Gus")
    vote = {"poll_id": poll, "peer_id": gus.id}
    at = f"/rooms/{room.id}/vote"
    given = await told(await sim.post(at, json={**vote, "question": 1, "options": [2]}))
    assert api.get(f"/polls/{poll}/responses/{given['id']}")["options"] == [2]
    await told(await sim.post(at, json={**vote, "question": 2, "text": "because"}))
    assert len(api.get(f"/polls/{poll}/responses")["responses"]) == 2
    wrong = [
        ({**vote, "question": 1, "options": [3]}, 404),
        ({**vote, "question": "1"}, 400),
        ({**vote, "question": 1, "options": [1], "text": "x"}, 400),
        ({**vote, "peer_id": "nobody", "question": 1}, 404),
        ({**vote, "poll_id": "nothing", "question": 1}, 404),
        (vote, 400),
    ]
    for body, status in wrong:
        await told(await sim.post(at, json=body), status)
    assert len(api.get(f"/polls/{poll}/responses")["responses"]) == 2


async def test_who_leaves_twice_is_refused_and_it_is_reported(sim, world, room):
    gus = room.join("Gus")
    await told(await sim.post(f"/rooms/{room.id}/leave", json={"peer_id": gus.id}))
    await told(await sim.post(f"/rooms/{room.id}/leave", json={"peer_id": gus.id}), 404)
    assert world.journal.events[-1].type == "peer.leave.failure"


async def test_secrets_are_masked_where_calls_are_shown(sim, api, room):
    trunk = {"username": "bell", "password": "s3cret", "address": "sip.example", "from": "1"}
    api.post("/sip/outbound/trunks", **trunk)
    api.post(f"/rooms/{room.id}", webhook={"url": "https://a.example", "headers": {"X-Key": "s3cret"}})
    api.post(f"/external-streams/room/{room.id}/start", rtmp_urls=["rtmp://live.example/s3cret"])
    shown = (await told(await sim.get("/calls")))["calls"]
    assert len(shown) == 3
    assert "s3cret" not in str(shown)
