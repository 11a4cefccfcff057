"""The everyday conversations as they go now, a page each."""

from collections.abc import Awaitable, Callable, Mapping

from tests.recorded import people, recordings, rooms
from tests.recorded.stage import Stage, staged

Scene = Callable[[Stage], Awaitable[None]]
SCENES: Mapping[str, Scene] = {
    scene.__name__.replace("_", "-"): scene for scene in (*rooms.SCENES, *people.SCENES, *recordings.SCENES)
}


async def played(name: str, database_url: str) -> str:
    """One conversation, on a fresh database."""
    scene = SCENES[name]
    async with staged(database_url) as stage:
        await scene(stage)
        return "\n".join([f"{name}: {scene.__doc__}", *stage.script, ""])
