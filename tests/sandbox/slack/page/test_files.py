"""A file stands in its message, and whoever sees that can take it."""

import pytest
from aiohttp.test_utils import TestClient

from sandbox.slack.workspace import Workspace


@pytest.fixture
def file_id(workspace: Workspace) -> str:
    return shared(workspace, "C0WEBINARS", "<b>.ics")


def shared(workspace: Workspace, channel: str, name: str) -> str:
    file = workspace.state.uploads.expect(name, 15)
    workspace.state.uploads.receive(file.id, b"BEGIN:VCALENDAR")
    workspace.state.app.shares([{"id": file.id, "title": "Windows of standup"}], channel)
    return file.id


async def test_a_message_shows_its_file(client: TestClient, file_id: str) -> None:
    html = await (await client.get("/?as=U0MO&channel=C0WEBINARS")).text()
    assert f'<a href="/files/{file_id}?as=U0MO" download="&lt;b&gt;.ics">Windows of standup</a>' in html
    assert "15 Bytes" in html


async def test_it_is_taken_as_a_file_and_never_shown_as_a_page(client: TestClient, file_id: str) -> None:
    response = await client.get(f"/files/{file_id}?as=U0MO")
    assert (response.status, await response.read()) == (200, b"BEGIN:VCALENDAR")
    assert response.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%3Cb%3E.ics"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("person", ["U0GIA", "U0NOBODY", ""])
async def test_who_is_not_in_the_channel_does_not_get_it(
    client: TestClient, file_id: str, person: str
) -> None:
    assert (await client.get(f"/files/{file_id}?as={person}")).status == 404


async def test_another_name_of_this_machine_is_refused(client: TestClient, file_id: str) -> None:
    response = await client.get(f"/files/{file_id}?as=U0MO", headers={"Host": "rebound.example"})
    assert response.status == 403
