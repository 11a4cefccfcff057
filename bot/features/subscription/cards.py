"""What people read of subscriptions: what a channel follows, and what changed about that."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.command import EVERY, RoomRef
from bot.features.subscription.acts import FollowChange
from bot.features.subscription.book import Style, Subscription
from bot.reply import Button, Channel, Code, Invocation, Mention, Reply, Row, Term, Undo

EVERY_ROOM = Term("every room")
STYLES = {
    Style.QUIET: Term("the card alone"),
    Style.NORMAL: Term("the card and its thread"),
    Style.VERBOSE: Term("the card, its thread, and each who comes and goes"),
}
ROWS = 20


def called(room: RoomRef) -> RoomRef | Term:
    """A room as people speak of it, and of all of them."""
    return EVERY_ROOM if room == EVERY else room


def row(one: Subscription, here: Channel, *, acts: bool) -> Row:
    """One subscription among others; who ``acts`` can end it where it is one of the channel's own."""
    said = Reply("{channel} follows {room}", channel=Channel(one.channel), room=called(one.room))
    stops = Button("Stop", Invocation("subscription remove", room=one.room))
    return Row(sum(_facts(one), start=said), (stops,) if acts and one.channel == here.id else ())


def added(by: Mention, change: FollowChange) -> Reply:
    """Who let a channel follow what, or what they changed about that."""
    before, now = change.before, change.now
    if now is None or before is None or not before.features:
        return _begun(by, now) if now else Reply("")
    about: dict[str, Any] = {"by": by, "channel": Channel(now.channel), "room": called(now.room)}
    return Reply("{by} changed how {channel} follows {room}.", **about).with_facts(_changes(before, now))


def removed(by: Mention, change: FollowChange) -> Reply:
    """Who let a channel follow less of a room, or nothing."""
    before, now = change.before, change.now
    if before is None:
        return Reply("")
    undo = Undo(Reply("Follow it again"), "subscription add", **_asking(before, now))
    about: dict[str, Any] = {"by": by, "channel": Channel(before.channel), "room": called(before.room)}
    if now is None:
        return Reply("{by} let {channel} stop following {room}.", undo=undo, **about)
    gone = _coded(feature for feature in before.features if feature not in now.features)
    said = Reply(
        "{by} let {channel} hear no more of {features} in {room}.", features=gone, undo=undo, **about
    )
    return said.with_facts(_whole(now))


def removed_all(by: Mention, channel: Channel, gone: Sequence[Subscription]) -> Reply:
    """Who let a channel follow nothing any more."""
    rooms = tuple(called(one.room) for one in gone)
    if not rooms:
        return Reply("{by} let {channel} follow nothing.", by=by, channel=channel)
    return Reply("{by} let {channel} stop following {rooms}.", by=by, channel=channel, rooms=rooms)


def named(one: Subscription) -> Reply:
    """Who let the channel of a card follow what, in the small line below it."""
    return Reply(
        "{by} lets this channel follow {room}: {how}.",
        by=one.by,
        room=called(one.room),
        how=STYLES[one.style],
    )


def _begun(by: Mention, now: Subscription) -> Reply:
    undo = Undo(Reply("Stop following"), "subscription remove", room=now.room)
    return Reply(
        "{by} let {channel} follow {room}.",
        by=by,
        channel=Channel(now.channel),
        room=called(now.room),
        undo=undo,
    ).with_facts(_whole(now))


def _whole(now: Subscription) -> Iterator[Reply]:
    yield Reply("{features}", features=_coded(now.features))
    yield Reply("{style}: {how}", style=Code(now.style), how=STYLES[now.style])


def _changes(before: Subscription, now: Subscription) -> Iterator[Reply]:
    new = [feature for feature in now.features if feature not in before.features]
    if new:
        yield Reply("also {features} now", features=_coded(new))
    if now.style != before.style:
        yield Reply("{style} now, was {before}", style=Code(now.style), before=Code(before.style))


def _facts(one: Subscription) -> Iterator[Reply]:
    yield Reply("· {features}", features=_coded(one.features))
    yield Reply("· {style}", style=Code(one.style))
    yield Reply("· by {by}", by=one.by)


def _asking(before: Subscription, now: Subscription | None) -> dict[str, Any]:
    kept = now.features if now else ()
    gone = [feature for feature in before.features if feature not in kept]
    return {"room": before.room, "features": gone, "style": before.style}


def _coded(features: Any) -> tuple[Code, ...]:
    return tuple(Code(feature) for feature in features)
