"""The workspace in a browser: who you act as, what they see, and the live rooms beside it."""

from collections.abc import Mapping, Sequence
from functools import partial
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from urllib.parse import quote

from aiohttp import web

from sandbox.slack.page import deeds
from sandbox.slack.page.drawing import draw
from sandbox.slack.page.fragments import Scene, fragments
from sandbox.slack.page.guard import guarded
from sandbox.slack.page.live import Rooms
from sandbox.slack.page.seat import DUTIES, reader_of, sit
from sandbox.slack.page.stream import stream
from sandbox.slack.refusal import Refusal
from sandbox.slack.workspace import Workspace

__all__ = ["routes"]

STATIC = files("sandbox.slack.page").joinpath("static")
TYPES: Mapping[str, str] = MappingProxyType({"css": "text/css", "mjs": "text/javascript"})
DEEDS: Mapping[str, deeds.Do] = MappingProxyType(
    {
        "say": deeds.say,
        "touch": deeds.touch,
        "search": deeds.search,
        "submit": deeds.submit,
        "close": deeds.close,
        "home": deeds.open_home,
    }
)


def routes(
    workspace: Workspace,
    rooms: Rooms | None = None,
    words: Sequence[tuple[str, str]] = (),
    tries: Sequence[str] = (),
) -> list[web.RouteDef]:
    """Serve the page at ``/``; beside rooms it needs the control routes of ``/_sim`` on the same port.

    ``words`` are (usage, help) pairs that the message box completes, without the slash command; ``tries`` are
    whole lines that an empty channel offers.
    """
    scene = Scene(workspace, rooms, tuple(words), tuple(tries))
    return [
        web.get("/", guarded(partial(_page, scene))),
        web.get("/events", guarded(partial(stream, scene))),
        web.get("/files/{file}", guarded(partial(_file, workspace))),
        *(web.get(f"/page/{asset.name}", guarded(partial(_asset, asset))) for asset in STATIC.iterdir()),
        *(
            web.post(f"/do/{name}", guarded(partial(deeds.answer, workspace, do)))
            for name, do in DEEDS.items()
        ),
    ]


async def _page(scene: Scene, request: web.Request) -> web.Response:
    seat = sit(scene.workspace, request.query)
    people = [person for person in scene.workspace.people() if not (person.is_bot or person.deleted)]
    html = draw(
        "page.html",
        reader_of(scene.workspace, seat),
        seat=seat,
        people=people,
        duties=DUTIES,
        team=scene.workspace.installation.team_name,
        command=scene.command,
        words=scene.words,
        tries=scene.offers,
        fragments=fragments(scene, seat),
    )
    return web.Response(text=html, content_type="text/html")


async def _file(workspace: Workspace, request: web.Request) -> web.Response:
    """Hand over a file that whoever asks can see; as something to keep, never to be shown as a page."""
    person, file_id = request.query.get("as", ""), request.match_info["file"]
    try:
        seen = {file.id: file for file in workspace.files(person)}
    except Refusal:  # nobody of that id
        seen = {}
    file = seen.get(file_id)
    if file is None or file.content is None:
        return web.Response(status=404, text="There is no such file.\n")
    disposition = f"attachment; filename*=UTF-8''{quote(file.name, safe='')}"
    return web.Response(
        body=file.content, content_type=file.mimetype, headers={"Content-Disposition": disposition}
    )


async def _asset(asset: Traversable, _request: web.Request) -> web.Response:
    kind = TYPES[asset.name.rpartition(".")[2]]
    return web.Response(text=asset.read_text(encoding="utf-8"), content_type=kind)
