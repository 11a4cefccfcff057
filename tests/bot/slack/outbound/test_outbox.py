"""Posts to Slack: in order, each once, the newest words, and nothing silently dropped."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.slack.outbound.outbox import KIND, Post, PostBody, PostLane, PostLost, PostRefused, Posts
from bot.store import Database
from bot.work import Later, Work


class Killed(BaseException):
    """The process ends here."""


class Channel:
    """What Slack shows, and a list of what it does to the next calls instead of answering."""

    def __init__(self) -> None:
        self.shown: dict[str, str] = {}
        self.calls: list[str] = []
        self.threads: dict[str, str | None] = {}
        self.trouble: list[BaseException] = []
        self.reached = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def post(self, channel: str, body: PostBody, thread_ts: str | None) -> str:
        await self._answer(f"post {body['text']}")
        ts = f"{len(self.shown)}.0"
        self.shown[ts] = body["text"]
        self.threads[ts] = thread_ts
        return ts

    async def update(self, channel: str, ts: str, body: PostBody) -> None:
        await self._answer(f"update {body['text']}")
        self.shown[ts] = body["text"]

    async def _answer(self, call: str) -> None:
        self.calls.append(call)
        self.reached.set()
        await self.gate.wait()
        if self.trouble:
            raise self.trouble.pop(0)


class Desk:
    """Posts and their lane, with somebody who is told of what is unknown."""

    def __init__(self, database: Database, work: Work, clock) -> None:
        self.database = database
        self.work = work
        self.posts = Posts(database, work, clock)
        self.channel = Channel()
        self.told: list[Post] = []
        self.lane = PostLane(database, self.channel, self._on_unknown, self._on_refused)

    async def run(self) -> None:
        await self.work.run({KIND: self.lane.carry})

    async def plan(self, key: str, text: str, **more) -> None:
        async with self.database.write() as tx:
            self.posts.show(tx, key, "C0CLASSES", {"text": text, "blocks": []}, **more)

    async def edit(self, key: str, text: str) -> None:
        async with self.database.write() as tx:
            self.posts.show(tx, key, "C0CLASSES", {"text": text, "blocks": []})

    async def find(self, key: str) -> Post:
        async with self.database.read() as tx:
            post = await self.posts.find(tx, key)
        assert post
        return post

    async def _on_unknown(self, tx: AsyncConnection, post: Post) -> None:
        self.told.append(post)

    async def _on_refused(self, tx: AsyncConnection, post: Post) -> None:
        self.told.append(post)


@pytest.fixture
def desk(database: Database, work: Work, clock) -> Desk:
    return Desk(database, work, clock)


async def test_posts_of_a_channel_arrive_in_order_and_can_be_found(desk: Desk) -> None:
    await desk.run()
    for number in range(5):
        await desk.plan(f"card {number}", f"words {number}", thread_ts="7.0", request_id=12)
    await desk.work.idle()
    assert list(desk.channel.shown.values()) == [f"words {number}" for number in range(5)]
    assert desk.channel.threads["3.0"] == "7.0"
    post = await desk.find("card 3")
    assert (post.state, post.ts, post.request_id, post.body["text"]) == ("done", "3.0", 12, "words 3")
    async with desk.database.read() as tx:
        assert await desk.posts.at(tx, "C0CLASSES", "3.0") == post
        assert await desk.posts.at(tx, "C0CLASSES", "9.9") is None
        assert await desk.posts.find(tx, "card 9") is None


async def test_the_same_post_is_planned_once(desk: Desk) -> None:
    await desk.run()
    await desk.plan("card", "words")
    await desk.plan("card", "words")
    await desk.work.idle()
    await desk.plan("card", "words")
    await desk.work.idle()
    assert desk.channel.calls == ["post words"]


async def test_an_edit_changes_the_message_and_edits_that_wait_are_one(desk: Desk) -> None:
    await desk.run()
    await desk.plan("card", "waiting")
    await desk.work.idle()
    desk.channel.gate.clear()
    desk.channel.reached.clear()
    await desk.edit("card", "approved")
    await desk.channel.reached.wait()
    for words in ("running", "nearly", "done"):
        await desk.edit("card", words)
    desk.channel.gate.set()
    await desk.work.idle()
    assert desk.channel.calls == ["post waiting", "update approved", "update done"]
    assert list(desk.channel.shown.values()) == ["done"]


async def test_an_edit_before_the_post_is_sent_is_what_is_posted(desk: Desk) -> None:
    await desk.plan("card", "waiting")
    await desk.edit("card", "done")
    await desk.run()
    await desk.work.idle()
    assert desk.channel.calls == ["post done"]


async def test_an_edit_while_the_post_is_under_way_follows_it(desk: Desk) -> None:
    desk.channel.gate.clear()
    await desk.run()
    await desk.plan("card", "waiting")
    await desk.channel.reached.wait()
    await desk.edit("card", "done")
    desk.channel.gate.set()
    await desk.work.idle()
    assert desk.channel.calls == ["post waiting", "update done"]


async def test_an_edit_that_changes_nothing_is_not_sent(desk: Desk) -> None:
    await desk.run()
    await desk.plan("card", "words")
    await desk.work.idle()
    await desk.edit("card", "words")
    await desk.work.idle()
    assert desk.channel.calls == ["post words"]


async def test_told_to_wait_it_waits_and_keeps_the_order(desk: Desk) -> None:
    desk.channel.trouble = [Later(0.01), Later(0.01)]
    await desk.plan("first", "one")
    await desk.plan("second", "two")
    await desk.run()
    await desk.work.idle()
    assert list(desk.channel.shown.values()) == ["one", "two"]
    assert desk.channel.calls == ["post one", "post one", "post one", "post two"]


async def test_a_refusal_is_final_and_written_down(desk: Desk) -> None:
    desk.channel.trouble = [PostRefused("not_in_channel")]
    await desk.run()
    await desk.plan("card", "words")
    await desk.work.idle()
    await desk.edit("card", "other words")
    await desk.work.idle()
    post = await desk.find("card")
    assert (post.state, post.refusal) == ("refused", "not_in_channel")
    assert desk.channel.calls == ["post words"]


async def test_a_refused_edit_is_written_down_and_not_tried_for_ever(desk: Desk) -> None:
    await desk.run()
    await desk.plan("card", "words")
    await desk.work.idle()
    desk.channel.trouble = [PostRefused("message_not_found")]
    await desk.edit("card", "other words")
    await desk.work.idle()
    post = await desk.find("card")
    assert (post.state, post.refusal) == ("done", "message_not_found")


async def test_a_lost_answer_is_unknown_and_somebody_is_told_once(desk: Desk) -> None:
    desk.channel.trouble = [PostLost()]
    await desk.run()
    await desk.plan("card", "words")
    await desk.work.idle()
    await desk.edit("card", "newer words")
    await desk.work.idle()
    assert [(post.key, post.state) for post in desk.told] == [("card", "unknown")]
    assert desk.channel.calls == ["post words"]


async def test_what_is_unknown_is_posted_again_when_somebody_asks_and_once(desk: Desk) -> None:
    desk.channel.trouble = [PostLost()]
    await desk.run()
    await desk.plan("card", "words")
    await desk.work.idle()
    async with desk.database.write() as tx:
        cut_off = await desk.posts.find(tx, "card")
        assert await desk.posts.again(tx, cut_off.id)
        assert not await desk.posts.again(tx, cut_off.id)  # a double click
    await desk.work.idle()
    assert desk.channel.calls == ["post words", "post words"]
    assert (await desk.find("card")).state == "done"


async def test_a_lost_answer_to_an_edit_is_simply_asked_again(desk: Desk) -> None:
    await desk.run()
    await desk.plan("card", "words")
    await desk.work.idle()
    desk.channel.trouble = [PostLost()]
    await desk.edit("card", "newer words")
    await desk.work.idle()
    assert desk.channel.calls == ["post words", "update newer words", "update newer words"]
    assert desk.told == []


async def test_a_post_cut_off_in_the_middle_is_unknown_and_somebody_is_told(desk: Desk) -> None:
    desk.channel.gate.clear()
    await desk.run()
    await desk.plan("card", "words")
    await desk.channel.reached.wait()
    await desk.work.drain(0)
    desk.channel.gate.set()
    await desk.run()
    await desk.work.idle()
    assert [post.key for post in desk.told] == ["card"]
    assert (await desk.find("card")).state == "unknown"
    assert desk.channel.calls == ["post words"]


async def test_old_posts_are_forgotten(desk: Desk, clock) -> None:
    await desk.run()
    await desk.plan("old", "words")
    await desk.work.idle()
    clock.passes(days=2)
    await desk.plan("young", "words")
    await desk.work.idle()
    async with desk.database.write() as tx:
        await desk.posts.prune(tx, clock() - timedelta(days=1))
        assert await desk.posts.find(tx, "old") is None
        assert await desk.posts.find(tx, "young")


async def test_a_file_is_forgotten_once_it_is_there_and_planned_again_it_is_not_sent_again(
    desk: Desk,
) -> None:
    listed = {"text": "a.csv", "blocks": [], "file": {"content": "Gus"}}
    await desk.run()
    for _ in range(2):
        async with desk.database.write() as tx:
            desk.posts.show(tx, "list", "C0CLASSES", listed)
        await desk.work.idle()

        assert desk.channel.calls == ["post a.csv"]
        assert (await desk.find("list")).body == {"text": "a.csv", "blocks": []}
