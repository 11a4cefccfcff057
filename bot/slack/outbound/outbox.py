"""What others see in Slack: planned in our table, carried in order within its channel, each once.

Long because what is planned and how it is carried are one story: what the one writes the other finds.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from aiohttp import ClientConnectorError, ClientError, ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.clock import Clock
from bot.reply import File
from bot.request.book import requests
from bot.slack import refusals
from bot.slack.drawing.drawable import Drawable
from bot.slack.outbound.direct import Direct
from bot.slack.outbound.files import Files, UploadFailed
from bot.store import JSON, Database, Instant, Json, Text, batch, metadata
from bot.work.jobs import Job, Later, Work

posts = sa.Table(
    "posts",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("key", Text, nullable=False, unique=True),
    sa.Column("channel", Text, nullable=False),
    sa.Column("thread_ts", Text),
    sa.Column("under", Text),  # the key of the post in whose thread it stands, once that is known
    sa.Column("request_id", sa.Integer, index=True),
    sa.Column("body", Json, nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),  # counts the edits asked for
    sa.Column("shown", sa.Integer, nullable=False),  # the revision that Slack has
    sa.Column("state", Text, nullable=False),  # planned, started, done, refused or unknown
    sa.Column("ts", Text),
    sa.Column("refusal", Text),
    sa.Column("created_at", Instant, nullable=False, index=True),
    sa.Index(None, "channel", "ts"),
)

KIND = "post"
PostBody = Mapping[str, JSON]

FILE = "file"  # of a body: then it is no message but a file, which is forgotten once it is there
AGAIN = 2.0  # seconds, when Slack could not be reached at all
LOCKED_OUT = 15.0  # seconds, when Slack does not accept our token


@dataclass(frozen=True)
class Post:
    """A message as it stands in our table; ``ts`` is Slack's name for it once it is there."""

    id: int
    key: str
    channel: str
    thread_ts: str | None
    request_id: int | None
    body: PostBody
    state: str
    ts: str | None
    refusal: str | None


class PostRefused(Exception):  # noqa: N818 - Slack's decision, and final
    """Slack will not take this, now or later: ``not_in_channel``, ``channel_not_found``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class PostLost(Exception):  # noqa: N818 - what happened to the answer
    """Slack's answer did not arrive: the message may or may not be there."""


class Posts:
    """Plans posts and edits inside the caller's transaction; a ``PostLane`` carries them."""

    def __init__(self, db: Database, work: Work, clock: Clock) -> None:
        self._db = db
        self._work = work
        self._clock = clock

    def show(
        self,
        tx: AsyncConnection,
        key: str,
        channel: str,
        body: PostBody,
        *,
        thread_ts: str | None = None,
        under: str | None = None,
        request_id: int | None = None,
    ) -> None:
        """Post once ``tx`` is committed; what was shown under this key before is edited to say this.

        Of several edits that wait only the newest is sent, and one that changes nothing is none.
        """
        row = {
            "key": key,
            "channel": channel,
            "thread_ts": thread_ts,
            "under": under,
            "request_id": request_id,
            "body": dict(body),
            "revision": 0,
            "shown": 0,
            "state": "planned",
            "created_at": self._clock(),
        }
        batch(tx, self._write).append(row)

    async def _write(self, tx: AsyncConnection, rows: list[dict[str, Any]]) -> None:
        """Write all that a transaction shows: one statement for the posts, one for their jobs."""
        newest = {row["key"]: row for row in rows}
        insert = self._db.insert(posts)
        new = insert.excluded
        changed = sa.case((posts.c.body == new.body, 0), else_=1)
        changes = {"body": new.body, "revision": posts.c.revision + changed}
        upsert = insert.on_conflict_do_update(index_elements=["key"], set_=changes)
        # With RETURNING they are one statement on PostgreSQL too, where else each row is one.
        await tx.execute(upsert.returning(posts.c.id), list(newest.values()))
        await self._work.later(tx, *(_job(row["key"], row["channel"]) for row in newest.values()))

    async def again(self, tx: AsyncConnection, post: int) -> bool:
        """Post once more what is unknown, because somebody asked; False when it is not unknown any more."""
        unknown = posts.c.id == post, posts.c.state == "unknown"
        plan = sa.update(posts).where(*unknown).values(state="planned")
        row = (await tx.execute(plan.returning(posts.c.key, posts.c.channel))).one_or_none()
        if row:
            await self._work.later(tx, _job(row.key, row.channel))
        return row is not None

    async def found(self, tx: AsyncConnection, token: str, channel: str, ts: str) -> None:
        """Take the message whose button was pressed for the card of which nobody knew whether it is there."""
        request = sa.select(requests.c.id).where(requests.c.token == token).scalar_subquery()
        lost = posts.c.request_id == request, posts.c.channel == channel, posts.c.state == "unknown"
        card = posts.c.key.startswith("request:")
        other = posts.alias()  # a reminder has the same buttons, and we know where that is
        taken = sa.exists().where(other.c.channel == channel, other.c.ts == ts)
        there = sa.update(posts).where(*lost, card, ~taken).values(state="done", ts=ts, shown=-1)
        row = (await tx.execute(there.returning(posts.c.key))).one_or_none()
        if row:
            await self._work.later(tx, _job(row.key, channel))

    async def under(self, tx: AsyncConnection, key: str) -> Sequence[Post]:
        """The post of this key, and those whose keys go on behind it, as for each of several readers."""
        mine = (posts.c.key == key) | posts.c.key.startswith(f"{key}:", autoescape=True)
        return [_as_post(row, state=row.state) for row in await tx.execute(sa.select(posts).where(mine))]

    async def find(self, tx: AsyncConnection, key: str) -> Post | None:
        """Look a post up by its key."""
        return _post((await tx.execute(sa.select(posts).where(posts.c.key == key))).one_or_none())

    async def at(self, tx: AsyncConnection, channel: str, ts: str) -> Post | None:
        """Look a post up by where Slack has it, as a click tells."""
        place = posts.c.channel == channel, posts.c.ts == ts
        return _post((await tx.execute(sa.select(posts).where(*place))).one_or_none())

    async def prune(self, tx: AsyncConnection, before: datetime) -> None:
        """Forget posts made before a moment."""
        await tx.execute(sa.delete(posts).where(posts.c.created_at < before))


class Sender:
    """Carries what others see. Its client repeats nothing by itself: a post repeated is a post twice."""

    def __init__(
        self, session: ClientSession, client: AsyncWebClient, direct: Direct, drawable: Drawable
    ) -> None:
        self._client = client
        self._direct = direct
        self._drawable = drawable
        self._files = Files(session, client, direct)

    async def post(self, channel: str, body: Mapping[str, Any], thread_ts: str | None) -> str:
        """Post to a channel, or to somebody's direct messages (a user id); answers Slack's ``ts``.

        Of a file it answers the id, since that is no message to be edited.
        """
        place = await self._place(channel)
        if FILE in body:
            return await self._attach(place, File.load(body[FILE]), thread_ts)

        async def send(drawn: Mapping[str, Any]) -> Any:
            return await self._client.chat_postMessage(
                channel=place, thread_ts=thread_ts, unfurl_links=False, unfurl_media=False, **drawn
            )

        return str((await _carried(lambda: self._drawable.sent(send, body)))["ts"])

    async def _attach(self, place: str, file: File, thread_ts: str | None) -> str:
        """Until Slack is told where it belongs nobody sees it: what breaks before that is done again."""
        try:
            sent = str(await _carried(lambda: self._files.send_in(file)))
        except PostLost as lost:
            raise Later(AGAIN) from lost
        except UploadFailed as failed:
            raise PostRefused("upload_failed") from failed
        await _carried(lambda: self._files.put(sent, file.title, place, thread_ts))
        return sent

    async def update(self, channel: str, ts: str, body: Mapping[str, Any]) -> None:
        """Make a message say this instead."""
        place = await self._place(channel)

        async def send(drawn: Mapping[str, Any]) -> Any:
            return await self._client.chat_update(channel=place, ts=ts, **drawn)

        await _carried(lambda: self._drawable.sent(send, body))

    async def _place(self, channel: str) -> str:
        """The channel itself, or the direct messages with this person, opened; that may be done twice."""

        async def find() -> str:
            return await self._direct.place(channel)

        try:
            return str(await _carried(find))
        except PostLost as lost:
            raise Later(AGAIN) from lost


async def _carried(send: Callable[[], Awaitable[Any]]) -> Any:
    """Make one call and say what became of it in the post lane's terms."""
    try:
        return await send()
    except SlackApiError as error:
        if refusals.is_rate_limit(error):
            raise Later(refusals.wait(error)) from error
        if refusals.is_of_the_token(error):  # nothing was posted: it waits until we are let in again
            raise Later(LOCKED_OUT) from error
        if refusals.is_lost(error):
            raise PostLost from error
        raise PostRefused(refusals.word(error)) from error
    except ClientConnectorError as error:  # never got there, so nothing was posted
        raise Later(AGAIN) from error
    except (ClientError, TimeoutError) as error:
        raise PostLost from error


Telling = Callable[[AsyncConnection, Post], Awaitable[None]]


class PostLane:
    """Carries posts to Slack: ``{KIND: PostLane(…).carry}`` is its handler.

    A post cut off in the middle is never repeated by itself: ``on_unknown`` is called in the transaction that
    writes it down, so that somebody is told. So is ``on_refused``, for what Slack does not take.
    """

    def __init__(self, db: Database, sender: Sender, on_unknown: Telling, on_refused: Telling) -> None:
        self._db = db
        self._sender = sender
        self._on_unknown = on_unknown
        self._on_refused = on_refused

    async def carry(self, job: Job) -> None:
        """Do what is missing for one post: send it, or bring what Slack shows to the newest revision."""
        query = sa.select(posts).where(posts.c.key == job.payload["post"])
        async with self._db.read() as tx:
            row = (await tx.execute(query)).one_or_none()
            thread = await _thread(tx, row) if row else None
        if row is None:
            return
        if row.state == "planned" and await self._begin(row):
            await self._send(row, thread)
        if row.state == "started":
            async with self._db.write() as tx:
                await self._unknown(tx, row)
        if row.state == "done" and row.shown < row.revision:
            await self._update(row)

    async def _begin(self, row: sa.Row[Any]) -> bool:
        """Commit that it is started, before the call; False when somebody changed it since it was read."""
        same = posts.c.id == row.id, posts.c.state == "planned", posts.c.revision == row.revision
        async with self._db.write() as tx:
            begun = await tx.execute(sa.update(posts).where(*same).values(state="started"))
        return begun.rowcount == 1

    async def _send(self, row: sa.Row[Any], thread: str | None) -> None:
        try:
            ts = await self._sender.post(row.channel, row.body, thread)
        except Later:
            await self._write(row, state="planned")
            raise
        except PostRefused as refused:
            await self._refused(row, refused.reason, state="refused")
        except PostLost:
            async with self._db.write() as tx:
                await self._unknown(tx, row)
        else:
            hangs = {"thread_ts": thread, "shown": row.revision}
            await self._write(row, state="done", ts=ts, **hangs, **_forgotten(row))

    async def _update(self, row: sa.Row[Any]) -> None:
        if FILE in row.body:  # it was planned twice, and is there
            await self._write(row, shown=row.revision, **_forgotten(row))
            return
        try:
            await self._sender.update(row.channel, row.ts, row.body)
        except PostRefused as refused:
            await self._refused(row, refused.reason, shown=row.revision)
        except PostLost as lost:
            raise Later(1) from lost  # saying the same thing twice does no harm
        else:
            await self._write(row, shown=row.revision)

    async def _refused(self, row: sa.Row[Any], reason: str, **changes: object) -> None:
        async with self._db.write() as tx:
            await _change(tx, row, refusal=reason, **changes)
            await self._on_refused(tx, replace(_as_post(row, state="refused"), refusal=reason))

    async def _unknown(self, tx: AsyncConnection, row: sa.Row[Any]) -> None:
        await _change(tx, row, state="unknown")
        await self._on_unknown(tx, _as_post(row, state="unknown"))

    async def _write(self, row: sa.Row[Any], **changes: object) -> None:
        async with self._db.write() as tx:
            await _change(tx, row, **changes)


def _forgotten(row: sa.Row[Any]) -> dict[str, PostBody]:
    """What changes of a post that is there: of a file nothing is kept but that it was one."""
    if FILE not in row.body:
        return {}  # somebody may have planned an edit meanwhile
    return {"body": {name: value for name, value in row.body.items() if name != FILE}}


async def _thread(tx: AsyncConnection, row: sa.Row[Any]) -> str | None:
    """Where it hangs: the thread of the post above it, if that is there; what is lost hangs nowhere."""
    thread: str | None
    if not row.under:
        thread = row.thread_ts
        return thread
    first = sa.func.coalesce(posts.c.thread_ts, posts.c.ts)  # a thread is named by its first message
    thread = await tx.scalar(sa.select(first).where(posts.c.key == row.under))
    return thread


async def _change(tx: AsyncConnection, row: sa.Row[Any], **changes: object) -> None:
    await tx.execute(sa.update(posts).where(posts.c.id == row.id).values(changes))


def _job(key: str, channel: str) -> Job:
    return Job(KIND, f"post:{key}", {"post": key}, lane=f"slack:{channel}")


def _post(row: sa.Row[Any] | None) -> Post | None:
    return None if row is None else _as_post(row, state=row.state)


def _as_post(row: sa.Row[Any], *, state: str) -> Post:
    return Post(
        row.id, row.key, row.channel, row.thread_ts, row.request_id, row.body, state, row.ts, row.refusal
    )
