from bot.command import Command, Context, Level
from bot.features.template import cards
from bot.reply import Counted, Reply


class TemplateList(Command):
    """See the templates, the newest first, and which roles each has."""

    level = Level.ADMIN
    reads = True
    verb = "list templates"
    examples = ("template list", "template list --here")

    async def run(self, ctx: Context) -> Reply:
        found = [one async for one in ctx.hms.templates.each()]
        if not found:
            return Reply("There is no template yet. Make one: `/hms template create`.")
        templates = Counted(len(found), "template", "templates")
        return Reply("{templates}.", templates=templates, table=cards.overview(found))
