"""Posts that were cut off in the middle: whoever asked is told, and may have them posted again."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.features.subscription.book import Subscriptions
from bot.reply import Channel, Mention, Message, Place, Reply, ShownButton
from bot.request.book import RequestBook
from bot.slack.drawing.render import Renderer
from bot.slack.outbound.outbox import Post, Posts
from bot.store import Database

AGAIN = "post-again"
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
    ) -> None:
        self._db = db
        self._posts = posts
        self._requests = requests
        self._subscriptions = subscriptions
        self._renderer = renderer

    async def tell(self, tx: AsyncConnection, post: Post) -> None:
        """Write to the person whose request it belongs to, else to who lets the channel follow a room.

        A notice that is lost itself is let go.
        """
        if post.key.startswith(NOTICE):
            return
        request = await self._requests.find(tx, post.request_id) if post.request_id else None
        if request:
            self._write(tx, post, request.actor.accountable, _about_request(post, request.id))
        elif not post.request_id:
            for who in await self._subscriptions.asked_in(tx, post.channel):
                self._write(tx, post, who, _about_followed(post))

    def _write(self, tx: AsyncConnection, post: Post, who: str, said: Reply) -> None:
        message = Message(said, buttons=(ShownButton("Post again", str(post.id)),))
        body = self._renderer.body(message, press=AGAIN)
        self._posts.show(tx, f"{NOTICE}{post.id}", who, body, request_id=post.request_id)

    async def again(self, number: int) -> None:
        """Post it once more; pressed twice it is posted once."""
        async with self._db.write() as tx:
            posted = await self._posts.again(tx, number)
            said = Reply("Posted again.") if posted else Reply("It has been posted again already.")
            notice = await self._posts.find(tx, f"{NOTICE}{number}")
            if notice:
                self._posts.show(tx, notice.key, notice.channel, self._renderer.body(Message(said)))


def _about_request(post: Post, number: int) -> Reply:
    place = Mention(post.channel, post.channel) if Place(post.channel).person else Channel(post.channel)
    return Reply(
        "Slack broke while I wrote to {place} about request {number}. The message may be there or not.",
        place=place,
        number=str(number),
    )


def _about_followed(post: Post) -> Reply:
    return Reply(
        "Slack broke while I wrote to {channel} about a room that it follows. "
        "The message may be there or not.",
        channel=Channel(post.channel),
    )
