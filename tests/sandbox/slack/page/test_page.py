import asyncio
import json

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from sandbox.hms.state.world import World
from sandbox.slack.workspace import Workspace
from tests.patience import PATIENCE


async def event(response: ClientResponse, name: str) -> str:
    """Read the stream up to the next part of this name."""
    async with asyncio.timeout(PATIENCE):
        while (await response.content.readline()).decode().strip() != f"event: {name}":
            pass
        line = await response.content.readline()
    return json.loads(line.decode().removeprefix("data: "))


async def test_the_page_may_load_nothing_but_itself(client: TestClient) -> None:
    response = await client.get("/?as=U0MO&channel=C0CLASSES")
    policy = response.headers["Content-Security-Policy"]
    assert policy.split("; ") == [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    html = await response.text()
    assert "style=" not in html
    assert "onclick" not in html
    assert "https://" not in html


async def test_everything_the_page_loads_is_there(client: TestClient) -> None:
    for name in ("page.css", "blocks.css", "rooms.css"):
        response = await client.get(f"/page/{name}")
        assert (response.status, response.content_type) == (200, "text/css")
        assert "url(" not in await response.text()
    for name in ("page", "blockkit", "combobox", "composer", "listbox", "patch", "server"):
        response = await client.get(f"/page/{name}.mjs")
        assert (response.status, response.content_type) == (200, "text/javascript")
        assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("path", ["/", "/events", "/page/page.mjs"])
async def test_another_name_of_this_machine_is_refused(client: TestClient, path: str) -> None:
    response = await client.get(path, headers={"Host": "rebound.example"})
    assert response.status == 403


@pytest.mark.parametrize("origin", ["https://other.example", "http://127.0.0.1:1", "null"])
async def test_another_site_is_refused(client: TestClient, workspace: Workspace, origin: str) -> None:
    deed = {"person": "U0MO", "channel": "C0CLASSES", "text": "hello"}
    response = await client.post("/do/say", json=deed, headers={"Origin": origin})
    assert response.status == 403
    assert workspace.sees("U0MO", "C0CLASSES") == []


async def test_one_acts_as_whom_the_address_names(client: TestClient) -> None:
    html = await (await client.get("/?as=U0VI&channel=C0WEBINARS")).text()
    assert '<body data-as="U0VI" data-channel="C0WEBINARS">' in html
    assert "<h1>#webinars</h1>" in html
    assert 'aria-label="Message #webinars"' in html


async def test_an_address_that_names_nobody_begins_with_mo(client: TestClient) -> None:
    html = await (await client.get("/?as=nobody&channel=C0MODS%22%3E")).text()
    assert '<body data-as="U0MO" data-channel="C0CLASSES">' in html


async def test_a_private_channel_stays_closed_to_others(client: TestClient) -> None:
    html = await (await client.get("/?as=U0VI&channel=C0MODS")).text()
    assert "<h1>#classes</h1>" in html


async def test_the_people_are_offered_with_their_duties(client: TestClient) -> None:
    html = " ".join((await (await client.get("/")).text()).split())
    for words in ("Vi · viewer", "Mo · moderator", "Max · moderator", "Ada · admin", "Gia · guest"):
        assert words in html
    assert '<option value="U0HMS"' not in html


async def test_the_message_box_knows_the_words_of_the_command(client: TestClient) -> None:
    html = await (await client.get("/")).text()
    assert 'data-word="room lock &lt;room&gt;"' in html
    assert "Close a room." in html


async def test_a_tab_sees_what_is_said_and_what_happens_in_the_room(
    client: TestClient, workspace: Workspace, world: World
) -> None:
    async with client.get("/events?as=U0MO&channel=C0CLASSES") as stream:
        assert stream.content_type == "text/event-stream"
        assert "To try, one click each" in await event(stream, "log")
        assert "Hana" in await event(stream, "rooms")
        await workspace.says("U0VI", "C0CLASSES", "good morning")
        assert "good morning" in await event(stream, "log")
        room = world.room_named("standup")
        assert room
        room.join("Ivy")
        assert "Ivy" in await event(stream, "rooms")


async def test_a_closed_tab_is_forgotten(client: TestClient, workspace: Workspace) -> None:
    async with client.get("/events?as=U0MO&channel=C0CLASSES") as stream:
        await event(stream, "log")
        assert len(workspace.state.changes._watchers) == 1
    async with asyncio.timeout(PATIENCE):
        while workspace.state.changes._watchers:
            await workspace.says("U0VI", "C0CLASSES", "anybody there?")
            await asyncio.sleep(0)
