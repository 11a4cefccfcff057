"""Who has a level in one room only is told of no other: neither its name nor who is in it."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

import pytest

from bot.command import Command, Level, Registry
from bot.command.arguments import arguments
from bot.command.kinds.room import RoomKind
from sandbox.hms.state.room.room import Room
from tests.chat import PEOPLE, Chat, opened

REGISTRY = Registry()
SECRETS = ("quiet-hall", "Zebulon", "Xanthippe")
NEAR = {"quiet-hall": "quiet-hal", "Zebulon": "Zebulo"}
NOWHERE = "nosuch-hall"
# What somebody holds in another room; without a level they are a member of a channel that may look there.
ELSEWHERE = (Level.ANYBODY, Level.VIEWER, Level.MODERATOR, Level.ADMIN)


@dataclass
class Town:
    """Vi has a level in the lobby alone; #webinars speaks for quiet-hall, where Zebulon and Xanthippe are."""

    chat: Chat
    quiet: Room

    async def hears(self, line: str, channel: str) -> str:
        """Everything that Vi then reads, sees on a button or is shown in a form."""
        said = await self.chat.says("vi", f"/hms {line}", channel)
        forms = self.chat.workspace.views_of(PEOPLE["vi"])
        shown = [str(message.blocks) + message.text for message in said.messages]
        for form in forms:
            shown.append(str(form.body))
            await self.chat.workspace.closes(PEOPLE["vi"], form.id, cleared=True)
        return "\n".join(shown)


@pytest.fixture(params=ELSEWHERE, ids=lambda level: level.word)
async def town(sqlite_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Town]:
    async with opened(sqlite_url) as chat:
        quiet, lobby = chat.world.add_room("quiet-hall", live=True), chat.world.add_room("lobby", live=True)
        for name in ("Zebulon", "Xanthippe"):
            quiet.join(name)
        lobby.join("Gus")
        await chat.binds("webinars", quiet)
        await chat.binds("classes", lobby, viewers=True)
        await chat.says("ada", "/hms access revoke @vi --yes")
        if request.param is not Level.ANYBODY:
            await chat.grants("vi", request.param, lobby.id)
        await chat.says("mo", "/hms remove Zebulon spamming --room quiet-hall", "mods")
        yield Town(chat, quiet)


def lines(command: type[Command], room: str, person: str) -> Iterator[str]:
    """A command as its example writes it, of this room and this person, if it takes a room."""
    takes_room = any(isinstance(argument.kind, RoomKind) for argument in arguments(command))
    said = re.sub(r"@(\w+)", lambda found: f"<@{PEOPLE[found[1]]}>", command.examples[0]).replace(
        "Gus", person
    )
    if not room:
        yield said.replace(" standup", "")
    elif "standup" in said:
        yield said.replace("standup", room)
    elif takes_room:
        yield f"{said} --room {room}"


def every(room: str, person: str) -> list[str]:
    """Every command of this room and this person."""
    return [line for command in REGISTRY.commands.values() for line in lines(command, room, person)]


async def test_no_command_names_another_room_or_anybody_in_it(town: Town) -> None:
    told = {line: await town.hears(line, "webinars") for line in every("", NEAR["Zebulon"])}
    told |= {line: await town.hears(line, "classes") for line in every(NEAR["quiet-hall"], NEAR["Zebulon"])}

    assert [line for line, said in told.items() if any(secret in said for secret in SECRETS)] == []
    assert {call.method for call in town.chat.world.calls if town.quiet.id in call.path} <= {"GET"}


async def test_a_room_of_others_is_answered_as_one_that_does_not_exist(town: Town) -> None:
    for there, nowhere in zip(every("quiet-hall", "Zebulo"), every(NOWHERE, "Zebulo"), strict=True):
        said, missing = await town.hears(there, "classes"), await town.hears(nowhere, "classes")
        assert of(said).replace("quiet-hall", NOWHERE) == of(missing)


async def test_neither_home_nor_a_picker_names_it(town: Town) -> None:
    await town.chat.workspace.opens_home(PEOPLE["vi"])
    await town.chat.bot.idle()
    shown = str(town.chat.workspace.home(PEOPLE["vi"]))
    await town.chat.says("vi", "/hms remove", "classes")
    for form in town.chat.workspace.views_of(PEOPLE["vi"]):
        await town.chat.workspace.clicks(PEOPLE["vi"], form, "more")
        await town.chat.bot.idle()
        whole = town.chat.workspace.view(PEOPLE["vi"], form.id)
        for field in ("room", "person", "role"):
            found = await town.chat.workspace.searches(PEOPLE["vi"], whole, "value", "", block_id=field)
            shown += str(found.options)

    assert not [secret for secret in SECRETS if secret in shown]


async def test_a_request_of_another_room_is_none(town: Town) -> None:
    await town.chat.grants("vi", Level.MODERATOR, town.chat.world.room_named("lobby").id)

    assert "Nothing waits for you." in await town.hears("approval list", "classes")
    for line in ("approve 1", "deny 1", "withdraw 1"):
        assert "There is no request 1." in await town.hears(line, "classes")


def of(said: str) -> str:
    """What was said, without what differs from one saying to the next."""
    return re.sub(r"offer:[\w-]+|request \d+|Request \d+|V\d+", "", said)
