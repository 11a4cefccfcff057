"""What has changed so much since a card was shown that its yes must be asked for again: old and new."""

from collections.abc import Collection, Iterable, Iterator
from typing import TypeVar

from bot.reply.reply import Reply
from bot.reply.stakes import Stakes, what_runs
from bot.reply.values import Counted, Name, Term

MOST_NAMED = 5
NOT_SET = Term("not set")

Named = TypeVar("Named")


def changes(then: Stakes, now: Stakes) -> list[Reply]:
    """Say what material changed since the card was shown; empty when a yes still holds.

    A head-count alone counts only when it has more than doubled and grown by ten.
    """
    looks = (_session, _targets, _roles, _running, _hosts, _crowd, _held)
    return [change for look in looks for change in look(then, now)]


def _session(then: Stakes, now: Stakes) -> Iterator[Reply]:
    if then.session == now.session:
        return
    if not now.session:
        yield Reply("The session shown is over.")
    elif not then.session:
        yield Reply("A session has begun.")
    elif then.since and now.since:
        yield Reply(
            "Another session runs now, which began {now}; the one shown began {before}.",
            now=now.since,
            before=then.since,
        )
    else:
        yield Reply("Another session runs now than the one shown.")


def _targets(then: Stakes, now: Stakes) -> Iterator[Reply]:
    gone = [key for key in then.targets if key not in now.targets]
    come = [key for key in now.targets if key not in then.targets]
    if gone:
        yield Reply("No longer among them: {people}.", people=_named(then, gone))
    if come:
        yield Reply("New among them: {people}.", people=_named(now, come))


def _roles(then: Stakes, now: Stakes) -> Iterator[Reply]:
    other = [key for key, role in then.targets.items() if now.targets.get(key, role) != role]
    for key in other[:MOST_NAMED]:
        yield Reply(
            "{person} is now {role}, was {before}.",
            person=Name(now.called(key)),
            role=now.targets[key],
            before=then.targets[key],
        )
    if len(other) > MOST_NAMED:
        yield Reply(
            "The role of {people} changed too.",
            people=Counted(len(other) - MOST_NAMED, "other person", "other people"),
        )


def _running(then: Stakes, now: Stakes) -> Iterator[Reply]:
    if then.running.keys() == now.running.keys():
        return
    runs, before = what_runs(now.running.values()), what_runs(then.running.values())
    if runs == before or "" in then.running.values():
        yield Reply("A recording or stream ended or began. Running now: {now}.", now=runs or Term("nothing"))
    else:
        yield Reply(
            "Running now: {now}. Before: {before}.",
            now=runs or Term("nothing"),
            before=before or Term("nothing"),
        )


def _hosts(then: Stakes, now: Stakes) -> Iterator[Reply]:
    come = [key for key in sorted(now.hosts - then.hosts) if key not in then.targets]
    if come:
        yield Reply("Joined as a host: {people}.", people=_named(now, come))


def _crowd(then: Stakes, now: Stakes) -> Iterator[Reply]:
    if now.people > 2 * then.people and now.people - then.people >= 10:
        people = Counted(now.people, "person is there", "people are there")
        yield Reply("{people} now, not {before}.", people=people, before=then.people)


def _held(then: Stakes, now: Stakes) -> Iterator[Reply]:
    """What somebody has changed meanwhile; what was not there before is there now, or the other way round."""
    before, after = dict(then.held), dict(now.held)
    for what in dict.fromkeys([*before, *after]):
        was, is_now = before.get(what, NOT_SET), after.get(what, NOT_SET)
        if was != is_now and (then.held and now.held):
            yield Reply("{what} is {now} now, was {before}.", what=what, now=is_now, before=was)


def _named(stakes: Stakes, keys: Collection[str]) -> tuple[Name | Counted, ...]:
    return some(Name(stakes.called(key)) for key in keys)


def some(several: Iterable[Named]) -> tuple[Named | Counted, ...]:
    """The first few of many, and how many others there are."""
    every = tuple(several)
    if len(every) <= MOST_NAMED + 1:
        return every
    return (*every[:MOST_NAMED], Counted(len(every) - MOST_NAMED, "other", "others"))
