"""Posts that Slack refuses: they go to whoever can still be reached, and never just vanish."""

from collections.abc import Awaitable, Callable, Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.dispatch import redirecting
from bot.reply import Channel, Code, Mention, Place, Reply
from bot.request.book import RequestBook
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import context
from bot.slack.drawing.render import Renderer
from bot.slack.outbound.outbox import Post, PostBody, Posts
from bot.work import Work

log = structlog.get_logger()

COPY = "copy:"
REST = limits.BLOCKS - 1  # the last ones, where the buttons are

Admins = Callable[[], Awaitable[Sequence[str]]]


class RefusedPosts:
    """Has a request's card shown elsewhere, and sends a copy of anything else to who it is about."""

    def __init__(
        self, posts: Posts, requests: RequestBook, renderer: Renderer, work: Work, admins: Admins
    ) -> None:
        self._posts = posts
        self._requests = requests
        self._renderer = renderer
        self._work = work
        self._admins = admins

    async def tell(self, tx: AsyncConnection, post: Post) -> None:
        """Find other readers, in the transaction that writes the refusal down."""
        reason = post.refusal or ""
        log.warning("post refused", channel=post.channel, reason=reason)
        if post.request_id and post.key == f"request:{post.request_id}:{post.channel}":
            await self._work.later(tx, redirecting.job_of(post.request_id, post.channel, reason))
            return
        if post.request_id and post.key.startswith(f"{redirecting.KIND}:"):
            await self._say_there(tx, post, post.request_id)
        for reader in await self._readers(tx, post):
            key = f"{COPY}{post.id}:{reader}"
            self._posts.show(tx, key, reader, self._copy(post, reason), request_id=post.request_id)

    async def _say_there(self, tx: AsyncConnection, notice: Post, request: int) -> None:
        """The notice of a refused card was refused too: it can only be told where it was asked."""
        place = notice.key.split(":")[2]
        card = await self._posts.find(tx, f"request:{request}:{place}")
        await self._work.later(tx, redirecting.last_arm(request, place, (card and card.refusal) or ""))

    async def _readers(self, tx: AsyncConnection, post: Post) -> Sequence[str]:
        """Who asked for what it is about; the admins, where nobody did or they are not reached either."""
        if post.key.startswith(COPY):
            return ()  # it was tried: what is left is the log
        request = await self._requests.find(tx, post.request_id) if post.request_id else None
        if request and request.actor.accountable != post.channel:
            return [request.actor.accountable]
        return [who for who in await self._admins() if who != post.channel]

    def _copy(self, post: Post, reason: str) -> PostBody:
        place = Mention(post.channel, post.channel) if Place(post.channel).person else Channel(post.channel)
        why = Reply(
            "Slack does not let me write this in {place} ({reason}):", place=place, reason=Code(reason)
        )
        said = self._renderer.sentences.markup(why)
        text = f"{self._renderer.sentences.twin(why)}\n{post.body['text']}"
        return {**post.body, "text": text, "blocks": [context(said), *post.body["blocks"][-REST:]]}
