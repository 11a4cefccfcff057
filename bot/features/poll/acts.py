"""What is done to polls: made, copied, changed, linked to a room."""

from asyncio import gather
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.command import Context, DraftQuestion, PollRef, RoomRef
from bot.errors import UserError
from bot.features.poll import drafting, finding
from bot.features.poll.book import PollBook
from bot.features.room import live, wanting
from bot.hms import Conflict, Forbidden, Invalid, Poll, PollOption, PollSession, Question, Room

Rewriting = Callable[[Poll], Poll]


@dataclass(frozen=True)
class Linked:
    """What became of a room's list of polls: ``already`` so before, and which others it has ``lost``."""

    already: bool = False
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class Launched:
    """How a poll starts in a room: it ``runs`` there, or the session, or a host in the app, starts it."""

    runs: bool
    live: bool
    linked: Linked


async def make(ctx: Context, room: RoomRef, poll: Poll) -> PollRef:
    """Make a poll, once, and keep it for a room: 100ms lists none, so what is not kept is lost."""

    async def call() -> str:
        return (await ctx.hms.polls.create(poll)).id

    made = PollRef(id=await ctx.once("create poll", room.id, call), title=finding.ref(poll).title)
    await _keep(ctx, room, made)
    return made


async def change(ctx: Context, room: RoomRef, poll: PollRef, edit: Rewriting) -> Poll:
    """Read a poll, change it, and write all of it back; what was not known of it stays.

    UserError where there is none, or where 100ms does not change one that runs.
    """

    async def look() -> dict[str, Any]:
        return written(await finding.find(ctx, room, poll))

    # What was cut off runs again from what was there first: it adds nothing twice.
    before = Poll.model_validate(await ctx.first_seen("see poll", poll.id or room.id, look))
    changed = edit(before)
    if changed == before:
        raise wanting.nothing()
    await changing(ctx, changed, lambda: ctx.hms.polls.update(changed.id, changed))
    await _keep(ctx, room, finding.ref(changed))
    return changed


async def rewrite_question(
    ctx: Context, room: RoomRef, poll: PollRef, index: int, draft: Callable[[DraftQuestion], DraftQuestion]
) -> Poll:
    """Change one question and nothing else of the poll. UserError where there is no such question."""
    found = await finding.find(ctx, room, poll)
    before = question_of(found, index)
    [drafted] = [one for one in drafting.drafted(found).asked if one.was == index]
    after = drafting.question(draft(drafted), before)
    await changing(ctx, found, lambda: ctx.hms.polls.update_question(found.id, index, after))
    return found


async def delete_question(ctx: Context, room: RoomRef, poll: PollRef, index: int) -> Poll:
    """Take one question out, once; those behind it move up. UserError where there is no such question."""
    found = await finding.find(ctx, room, poll)
    seen = await ctx.first_seen("see question", f"{found.id}:{index}", _known(found, index))

    async def is_gone() -> bool | None:
        return len((await ctx.hms.polls.get(found.id)).questions) < int(seen["questions"])

    async def call() -> None:
        await ctx.hms.polls.delete_question(found.id, index)

    await changing(
        ctx, found, lambda: ctx.once("delete question", f"{found.id}:{index}", call, read_back=is_gone)
    )
    return found


async def rewrite_option(
    ctx: Context, room: RoomRef, poll: PollRef, place: tuple[int, int], text: str
) -> Poll:
    """Write another text for one option, counted from 1 as its question. UserError where there is none."""
    found = await finding.find(ctx, room, poll)
    after = option_of(found, *place).model_copy(update={"text": text})
    await changing(ctx, found, lambda: ctx.hms.polls.update_option(found.id, *place, after))
    return found


async def delete_option(ctx: Context, room: RoomRef, poll: PollRef, place: tuple[int, int]) -> Poll:
    """Take one option out; those behind it move up. UserError where there is none.

    100ms does not say whether what is right moves along: such a question is written anew as a whole.
    """
    found = await finding.find(ctx, room, poll)
    question, index = place
    seen = await ctx.first_seen("see option", f"{found.id}:{place}", _known(found, question, index))
    if seen["judged"]:
        await rewrite_question(ctx, room, poll, question, lambda one: _without(one, seen["text"], index))
        return found

    async def is_gone() -> bool | None:
        now = question_of(await ctx.hms.polls.get(found.id), question)
        return len(now.options) < int(seen["options"])

    async def call() -> None:
        await ctx.hms.polls.delete_option(found.id, question, index)

    await changing(
        ctx, found, lambda: ctx.once("delete option", f"{found.id}:{place}", call, read_back=is_gone)
    )
    return found


async def link(ctx: Context, room: RoomRef, poll: Poll, *, off: bool = False) -> Linked:
    """Put a poll on a room's list, or take it ``off``: the list is read, written whole, and read back.

    UserError where somebody else wrote the list in between, so that ours is not on it.
    """
    was = await ctx.first_seen("see linked", poll.id, lambda: _is_linked(ctx, room, poll.id))
    if was != off:
        return Linked(already=True)
    before = (await _room(ctx, room)).polls
    others = [one for one in before if one != poll.id]
    await ctx.hms.polls.link_room(room.id, others if off else [*others, poll.id])
    after = (await _room(ctx, room)).polls
    if (poll.id in after) == off:
        raise _overwritten(room, poll)
    await _keep(ctx, room, finding.ref(poll))
    return Linked(lost=tuple(one for one in others if one not in after))


async def launch(ctx: Context, room: RoomRef, poll: Poll) -> Launched:
    """Do all that the API can do for a poll to start: link it, and find out who starts it."""
    linked = await link(ctx, room, poll)
    return replace(await stands(ctx, room, poll), linked=linked)


async def stands(ctx: Context, room: RoomRef, poll: Poll) -> Launched:
    """How a poll starts in a room as things are, where it is linked."""
    session = await live.session(ctx, room)
    runs = await finding.running(ctx, poll.id) if session else ()
    is_linked = await _is_linked(ctx, room, poll.id)
    return Launched(any(run.session_id == session for run in runs), bool(session), Linked(already=is_linked))


async def running_in(ctx: Context, room: RoomRef, several: Sequence[Poll]) -> frozenset[str]:
    """Which of these polls run in the session of a room, by their ids: a call each while one is live."""
    session = await live.session(ctx, room) if several else ""
    if not session:
        return frozenset()
    found = await gather(*(finding.running(ctx, poll.id) for poll in several))
    with_runs = zip(several, found, strict=True)
    return frozenset(poll.id for poll, runs in with_runs if any(run.session_id == session for run in runs))


async def changing(ctx: Context, poll: Poll, call: Callable[[], Awaitable[object]]) -> None:
    """Make a call that changes a poll; UserError where 100ms refuses it because the poll runs."""
    try:
        await call()
    except (Invalid, Conflict, Forbidden) as error:
        if not await finding.running(ctx, poll.id):
            raise
        raise UserError(
            "100ms does not change {poll} while it runs, so it is as it was. Change it when its session is "
            "over, or change a copy: `/hms poll copy`.",
            poll=finding.ref(poll),
        ) from error


async def named_before(ctx: Context, poll: Poll) -> tuple[PollSession, ...]:
    """The runs of an anonymous poll: who answered there was told that nobody would know."""
    return tuple([run async for run in ctx.hms.polls.each_session(poll.id)]) if poll.anonymous else ()


def question_of(poll: Poll, index: int) -> Question:
    """One question by its index; UserError where there is none."""
    for one in poll.questions:
        if one.index == index:
            return one
    raise UserError(
        "{poll} has no question {number}. See which it has: `/hms poll show`.",
        poll=finding.ref(poll),
        number=index,
    ).at("question")


def option_of(poll: Poll, question: int, index: int) -> PollOption:
    """One option by its index and that of its question; UserError where there is none."""
    for one in question_of(poll, question).options:
        if one.index == index:
            return one
    raise UserError(
        "Question {question} of {poll} has no option {number}. See which it has: `/hms poll show`.",
        question=question,
        poll=finding.ref(poll),
        number=index,
    ).at("option")


def written(poll: Poll) -> dict[str, Any]:
    """A poll as it is kept while it is changed, with what nobody here knows of it."""
    return poll.model_dump(mode="json", exclude_unset=True)


async def _keep(ctx: Context, room: RoomRef, poll: PollRef) -> None:
    async with ctx.transaction() as tx:
        await ctx[PollBook].put(tx, room, poll)


async def _room(ctx: Context, room: RoomRef) -> Room:
    return await ctx.hms.rooms.retrieve(room.id)


async def _is_linked(ctx: Context, room: RoomRef, poll: str) -> bool:
    return poll in (await _room(ctx, room)).polls


def _known(poll: Poll, index: int, option: int = 0) -> Callable[[], Awaitable[dict[str, Any]]]:
    """What was there before something was taken out, to see afterwards whether it was."""

    async def look() -> dict[str, Any]:
        question = question_of(poll, index)
        text = option_of(poll, index, option).text if option else question.text
        numbers = {"questions": len(poll.questions), "options": len(question.options)}
        return {"text": text, "judged": bool(drafting.right_of(question)), **numbers}

    return look


def _without(draft: DraftQuestion, text: str, index: int) -> DraftQuestion:
    """The same without an option that is there: one that is gone already took its text along."""
    kept = [one for one in draft.options if not (one.key == index and one.text == text)]
    return draft.model_copy(update={"options": tuple(kept)})


def _overwritten(room: RoomRef, poll: Poll) -> UserError:
    return UserError(
        "Somebody else wrote the list of polls of {room} at the same moment, so {poll} is not as you asked. "
        "Look who works on it too, and ask again: `/hms poll list`.",
        room=room,
        poll=finding.ref(poll),
    )
