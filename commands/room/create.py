from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, Yes
from bot.features.room import making
from bot.reply import Button, Invocation, Reply


class RoomCreate(Command):
    """Make a new room; a name that is taken is refused, since 100ms would overwrite that room."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("room create algebra-9b", "room create algebra-9b --template classroom")

    name: Annotated[str, Field(description="Letters, digits and . - : _")]
    template: Annotated[str, Field(description="The template's name or id, else the default one")] = ""

    async def consequence(self, ctx: Context) -> Reply:
        template = await making.check(ctx, self.name, self.template)
        if template is None:
            return Reply(
                "Makes the room {name} with the default template.", button="Make {name}", name=self.name
            )
        return Reply(
            "Makes the room {name} with the template {template}.",
            button="Make {name}",
            name=self.name,
            template=template.name,
        )

    async def run(self, ctx: Context) -> Reply:
        room = await making.make(ctx, self.name, self.template)
        bind = Button("Bind it to this channel", Invocation("room bind", room=room))
        return Reply("Made the room {room}.", room=room, buttons=[bind])
