from typing import Annotated

from pydantic import Field

from bot.command import Command, Context, Level, TemplateRef, Yes
from bot.features.room import making
from bot.reply import Button, Invocation, Reply


class RoomCreate(Command):
    """Make a new room; a name that is taken is refused, since 100ms would overwrite that room."""

    level = Level.ADMIN
    yes = Yes.ACTOR
    examples = ("room create algebra-9b", "room create algebra-9b --template classroom")

    name: Annotated[str, Field(description="Letters, digits and . - : _")]
    template: Annotated[
        TemplateRef | None, Field(description="The template's name or id, else the default one")
    ] = None

    async def consequence(self, ctx: Context) -> Reply:
        await making.check(ctx, self.name, asking=self)
        which = Reply("with the default template")
        if self.template:
            which = Reply("with the template {template}", template=self.template)
        return Reply("Make the room {name}?", button="Make {name}", facts=[which], name=self.name)

    async def run(self, ctx: Context) -> Reply:
        room = await making.make(ctx, self.name, self.template)
        bind = Button("Bind it to this channel", Invocation("room bind", room=room))
        return Reply("{by} made the room {room}.", by=ctx.actor.mention, room=room, buttons=[bind])
