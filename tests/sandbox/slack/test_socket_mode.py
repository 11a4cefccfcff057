"""Socket Mode as the app's own client meets it."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from aiohttp import WSMsgType

from tests.patience import PATIENCE


@asynccontextmanager
async def connections(served):
    """Connections opened by hand, as a client does: a ticket, a socket, a hello."""
    sockets = []

    async def connect():
        opened = await served.client.apps_connections_open(app_token="xapp-sandbox")
        socket = await served.http.ws_connect(opened["url"])
        hello = await socket.receive_json(timeout=PATIENCE)
        assert (hello["type"], hello["num_connections"]) == ("hello", len(sockets) + 1)
        sockets.append(socket)
        return socket

    try:
        yield served, connect
    finally:
        for socket in sockets:
            await socket.close()


@pytest.fixture
async def connect(served):
    async with connections(served) as connect:
        yield connect


@pytest.fixture
async def hasty(serve):
    """A Slack that soon gives up waiting for an ack."""
    async with connections(await serve(ack_seconds=0.05)) as connect:
        yield connect


async def test_an_address_connects_once(served) -> None:
    opened = await served.client.apps_connections_open(app_token="xapp-sandbox")
    url = opened["url"].replace("ws://", "http://")
    socket = await served.http.ws_connect(opened["url"])

    async with served.http.get(url) as again, served.http.get(f"{served.address}/socket") as without:
        assert (again.status, without.status) == (401, 401)
    await socket.close()


async def test_an_envelope_goes_to_one_of_several_connections(connect) -> None:
    served, open_socket = connect
    first, second = await open_socket(), await open_socket()

    async def acknowledge(socket) -> str:
        envelope = await socket.receive_json(timeout=PATIENCE)
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        return envelope["payload"]["text"]

    acks = asyncio.gather(acknowledge(first), acknowledge(second))
    await served.workspace.says("U0MO", "C0CLASSES", "/hms one")
    await served.workspace.says("U0MO", "C0CLASSES", "/hms two")

    assert await acks == ["one", "two"]


async def test_an_envelope_says_whether_an_answer_may_come_with_its_ack(connect) -> None:
    served, open_socket = connect
    socket = await open_socket()

    saying = asyncio.ensure_future(served.workspace.says("U0MO", "C0CLASSES", "/hms status"))
    envelope = await socket.receive_json(timeout=PATIENCE)
    await socket.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "All well."}})

    assert (await saying).error is None
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    assert served.workspace.sees("U0MO", "C0CLASSES")[0].text == "All well."


async def test_a_command_that_is_not_acknowledged_times_out_and_is_not_repeated(hasty) -> None:
    served, open_socket = hasty
    socket = await open_socket()

    outcome = await served.workspace.says("U0MO", "C0CLASSES", "/hms status")

    assert outcome.error == "operation_timeout"
    assert (await socket.receive_json(timeout=PATIENCE))["type"] == "slash_commands"
    await served.workspace.opens_home("U0MO")
    assert (await socket.receive_json(timeout=PATIENCE))["type"] == "events_api"


async def test_an_event_that_is_not_acknowledged_comes_again(hasty) -> None:
    served, open_socket = hasty
    socket = await open_socket()

    await served.workspace.opens_home("U0MO")
    envelopes = [await socket.receive_json(timeout=PATIENCE) for _ in range(3)]

    assert [envelope["retry_attempt"] for envelope in envelopes] == [0, 1, 2]
    assert [envelope["retry_reason"] for envelope in envelopes] == ["", "timeout", "timeout"]
    assert len({envelope["envelope_id"] for envelope in envelopes}) == 3
    assert len({envelope["payload"]["event_id"] for envelope in envelopes}) == 1


async def test_an_event_in_a_lost_connection_comes_again_over_another(serve) -> None:
    served = await serve(ack_seconds=PATIENCE)

    async def connect():
        opened = await served.client.apps_connections_open(app_token="xapp-sandbox")
        socket = await served.http.ws_connect(opened["url"])
        await socket.receive_json(timeout=PATIENCE)
        return socket

    first, second = await connect(), await connect()
    opening = asyncio.ensure_future(served.workspace.opens_home("U0MO"))
    await first.receive_json(timeout=PATIENCE)
    await first.close()

    again = await second.receive_json(timeout=PATIENCE)
    await second.send_json({"envelope_id": again["envelope_id"]})
    await opening
    assert again["retry_attempt"] == 1
    await second.close()


async def test_without_a_connection_a_command_fails(served) -> None:
    assert (await served.workspace.says("U0MO", "C0CLASSES", "/hms")).error == "dispatch_failed"


async def test_a_warning_leaves_the_connection_open_and_a_refresh_closes_it(connect) -> None:
    served, open_socket = connect
    socket = await open_socket()

    await served.sockets.disconnect("warning")
    warning = await socket.receive_json(timeout=PATIENCE)
    await served.sockets.disconnect("refresh_requested")
    refresh = await socket.receive_json(timeout=PATIENCE)

    assert [warning["reason"], refresh["reason"]] == ["warning", "refresh_requested"]
    assert (await socket.receive(timeout=PATIENCE)).type is WSMsgType.CLOSE


async def test_slacks_own_client_comes_back_after_a_refresh(on_sockets, bot) -> None:
    heard = []

    @bot.command("/hms")
    async def command(ack, command) -> None:
        heard.append(command["text"])
        await ack()

    await on_sockets.sockets.disconnect("refresh_requested")
    await on_sockets.sockets.connected()
    outcome = await on_sockets.workspace.says("U0MO", "C0CLASSES", "/hms again")

    assert (outcome.error, heard) == (None, ["again"])


async def test_fifty_clicks_at_once_all_arrive(on_sockets, bot) -> None:
    clicks = []

    @bot.action("go")
    async def go(ack, body) -> None:
        await ack()
        clicks.append(body["trigger_id"])

    button = {"type": "button", "action_id": "go", "text": {"type": "plain_text", "text": "Go"}}
    workspace = on_sockets.workspace
    card = workspace.state.app.posts("C0CLASSES", "card", [{"type": "actions", "elements": [button]}])

    outcomes = await asyncio.gather(*(workspace.clicks("U0MAX", card, "go") for _ in range(50)))

    assert [outcome.error for outcome in outcomes] == [None] * 50
    assert len(set(clicks)) == 50


async def test_an_app_has_ten_connections_and_the_eleventh_is_told_so(connect) -> None:
    served, open_socket = connect
    for _ in range(10):
        await open_socket()

    opened = await served.client.apps_connections_open(app_token="xapp-sandbox")
    eleventh = await served.http.ws_connect(opened["url"])

    told = await eleventh.receive_json(timeout=PATIENCE)
    assert (told["type"], told["reason"]) == ("disconnect", "too_many_websockets")
    assert (await eleventh.receive(timeout=PATIENCE)).type is WSMsgType.CLOSE


async def test_a_connection_that_ended_makes_room_for_another(connect) -> None:
    served, open_socket = connect
    served.workspace.switches.connections = 1
    await open_socket()

    await served.sockets.disconnect("refresh_requested")

    opened = await served.client.apps_connections_open(app_token="xapp-sandbox")
    async with served.http.ws_connect(opened["url"]) as another:
        assert (await another.receive_json(timeout=PATIENCE))["type"] == "hello"
