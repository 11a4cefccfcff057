"""Trouble of the whole bot that is over: the admins read what it was, and that nothing was lost."""

from bot.dispatch import saying
from bot.dispatch.dispatcher import Dispatcher
from bot.reply import Code, Place, Reply
from bot.work import Over, Trouble

WHAT = {
    Trouble.TOKEN: "From {since} to {until} Slack did not accept my token ({why}).",
    Trouble.CONNECTION: (
        "From {since} to {until} Slack did not let me connect ({why}), and nothing reached me."
    ),
    Trouble.DATABASE: "From {since} to {until} nothing could be written to the database ({why}).",
    Trouble.HMS: "From {since} to {until} 100ms did not answer.",
}


async def tell(road: Dispatcher, over: Over) -> None:
    """Write to every admin, once."""
    what = Reply(WHAT[over.trouble], since=over.since, until=over.until, why=Code(over.why))
    said = what + Reply("It works again. What I had taken on before was kept, and goes on now.")
    for admin in await road.access.admins():
        async with road.db.write() as tx:
            key = f"trouble:{over.trouble}:{over.since.isoformat()}"
            await saying.show(road, tx, key, Place(admin), said, request=0)
