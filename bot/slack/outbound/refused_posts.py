"""Posts that Slack refuses: they go to whoever can still be reached, and never just vanish.

A channel that is gone, or has removed the bot, follows nothing any more.
"""

from collections.abc import Awaitable, Callable, Collection, Sequence

import structlog
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.command import RoomRef
from bot.command.book import Books
from bot.dispatch import redirecting
from bot.dispatch.ledger import REMINDER
from bot.features.subscription.book import Subscriptions
from bot.features.subscription.cards import called
from bot.features.subscription.threads import SessionCards
from bot.reply import Channel, Code, Mention, Message, Place, Reply, Term
from bot.request.book import RequestBook
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import context
from bot.slack.drawing.render import Renderer
from bot.slack.outbound.outbox import Post, PostBody, Posts
from bot.slack.refusals import NOT_THERE
from bot.work import Work

log = structlog.get_logger()

COPY = "copy:"
GONE = "gone:"
REST = limits.BLOCKS - 1  # the last ones, where the buttons are

Admins = Callable[[], Awaitable[Sequence[str]]]


class RefusedPosts:
    """Has a request's card shown elsewhere, and sends a copy of anything else to who it is about."""

    def __init__(
        self,
        posts: Posts,
        requests: RequestBook,
        books: Books,
        renderer: Renderer,
        work: Work,
        admins: Admins,
    ) -> None:
        self._posts = posts
        self._requests = requests
        self._subscriptions = books[Subscriptions]
        self._cards = books[SessionCards]
        self._renderer = renderer
        self._work = work
        self._admins = admins

    async def tell(self, tx: AsyncConnection, post: Post) -> None:
        """Find other readers, in the transaction that writes the refusal down."""
        reason = post.refusal or ""
        log.warning("post refused", channel=post.channel, reason=reason)
        if reason in NOT_THERE and await self._follows_no_more(tx, post, reason) and not post.request_id:
            return
        cards = await self._unread_cards(tx, post)
        for request in cards:
            await self._work.later(tx, redirecting.job_of(request, post.channel, reason))
        if cards or post.key.startswith(f"{REMINDER}:"):  # what reminds goes where the cards have gone
            return
        if post.request_id and post.key.startswith(f"{redirecting.KIND}:"):
            await self._say_there(tx, post, post.request_id)
        for reader in await self._readers(tx, post):
            key = f"{COPY}{post.id}:{reader}"
            self._posts.show(tx, key, reader, self._copy(post, reason), request_id=post.request_id)

    async def _unread_cards(self, tx: AsyncConnection, post: Post) -> Collection[int]:
        """Which cards cannot be read there: its own, and what waits there for others of which it tells."""
        if not post.request_id:
            return ()
        if post.key == f"request:{post.request_id}:{post.channel}":
            return (post.request_id,)
        told = [await self._requests.find(tx, post.request_id)]
        told += await self._requests.in_reminder(tx, post.request_id)
        return {one.id for one in told if one and one.waits_for_others and post.channel in one.places}

    async def _follows_no_more(self, tx: AsyncConnection, post: Post, reason: str) -> bool:
        """A channel that is gone follows nothing any more: whoever let it follow reads so, once.

        Answers whether it had followed anything.
        """
        dropped = [one for one in await self._subscriptions.drop(tx, post.channel) if one.features]
        await self._cards.drop(tx, post.channel)
        for who in dict.fromkeys(one.by.user for one in dropped):
            rooms = tuple(called(one.room) for one in dropped if one.by.user == who)
            body = self._renderer.body(Message(_gone(post.channel, reason, rooms)))
            self._posts.show(tx, f"{GONE}{post.id}:{who}", who, body)
        return bool(dropped)

    async def _say_there(self, tx: AsyncConnection, notice: Post, request: int) -> None:
        """The notice of a refused card was refused too: it can only be told where it was asked."""
        place = notice.key.split(":")[2]
        card = await self._posts.find(tx, f"request:{request}:{place}")
        await self._work.later(tx, redirecting.last_arm(request, place, (card and card.refusal) or ""))

    async def _readers(self, tx: AsyncConnection, post: Post) -> Sequence[str]:
        """Who asked for what it is about; the admins, where nobody did or they are not reached either."""
        if post.key.startswith((COPY, GONE)):
            return ()  # it was tried: what is left is the log
        request = await self._requests.find(tx, post.request_id) if post.request_id else None
        if request and request.actor.accountable != post.channel:
            return [request.actor.accountable]
        following = () if post.request_id else await self._subscriptions.asked_in(tx, post.channel)
        if following:
            return following
        return [who for who in await self._admins() if who != post.channel]

    def _copy(self, post: Post, reason: str) -> PostBody:
        place = Mention(post.channel, post.channel) if Place(post.channel).person else Channel(post.channel)
        why = Reply(
            "Slack does not let me write this in {place} ({reason}):", place=place, reason=Code(reason)
        )
        said = self._renderer.sentences.markup(why)
        text = f"{self._renderer.sentences.twin(why)}\n{post.body['text']}"
        return {**post.body, "text": text, "blocks": [context(said), *post.body["blocks"][-REST:]]}


def _gone(channel: str, reason: str, rooms: Sequence[RoomRef | Term]) -> Reply:
    return Reply(
        "Slack does not let me write in {channel} any more ({reason}), so it follows {rooms} no more. "
        "Invite me there again, and type there: `/hms subscription add`.",
        channel=Channel(channel),
        reason=Code(reason),
        rooms=rooms,
    )
