"""Posts that were cut off in the middle: whoever asked is told, and may have them posted again."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.subscription.book import Subscriptions
from bot.reply import Channel, Mention, Message, Place, Reply, ShownButton
from bot.request.book import RequestBook
from bot.request.request import Request
from bot.slack.drawing.render import Renderer
from bot.slack.outbound.outbox import Post, Posts
from bot.slack.outbound.refused_posts import Admins
from bot.store import Database

AGAIN = "post-again"
DIGITS = 19  # of what both databases take for a number
NOTICE = "lost:"


class LostPosts:
    """Says that nobody knows whether a post is there, with a button to post it again."""

    def __init__(
        self,
        db: Database,
        posts: Posts,
        requests: RequestBook,
        subscriptions: Subscriptions,
        renderer: Renderer,
        admins: Admins,
    ) -> None:
        self._db = db
        self._posts = posts
        self._requests = requests
        self._subscriptions = subscriptions
        self._renderer = renderer
        self._admins = admins

    async def tell(self, tx: AsyncConnection, post: Post) -> None:
        """Write to who asked for what it belongs to, or lets that channel follow a room, else to the admins.

        A notice that is lost itself is let go.
        """
        if post.key.startswith(NOTICE):
            return
        request = await self._requests.find(tx, post.request_id) if post.request_id else None
        place = Mention(post.channel, post.channel) if Place(post.channel).person else Channel(post.channel)
        message = Message(_said(place, request), buttons=(ShownButton("Post again", str(post.id)),))
        body = self._renderer.body(message, press=AGAIN)
        for who in [request.actor.accountable] if request else await self._readers(tx, post):
            key = f"{NOTICE}{post.id}" if request else f"{NOTICE}{post.id}:{who}"
            self._posts.show(tx, key, who, body, request_id=request.id if request else 0)

    async def _readers(self, tx: AsyncConnection, post: Post) -> Sequence[str]:
        return await self._subscriptions.asked_in(tx, post.channel) or await self._admins()

    async def again(self, value: str) -> None:
        """Post once more what the button of a notice names; pressed twice it is posted once."""
        number = int(value) if value.isdecimal() and len(value) < DIGITS else 0
        async with self._db.write() as tx:
            posted = await self._posts.again(tx, number)
            said = Reply("Posted again.") if posted else Reply("It has been posted again already.")
            for notice in await self._posts.under(tx, f"{NOTICE}{number}"):
                self._posts.show(tx, notice.key, notice.channel, self._renderer.body(Message(said)))


def _said(place: Mention | Channel, request: Request | None) -> Reply:
    if request is None:
        return Reply(
            "Slack broke while I wrote to {place} what has happened. The message may be there or not.",
            place=place,
        )
    return Reply(
        "Slack broke while I wrote to {place} about request {number}. The message may be there or not.",
        place=place,
        number=str(request.id),
    )
