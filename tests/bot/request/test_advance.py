"""``advance`` as a state machine: whatever comes, no act without its yes, never two, none by who asked."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.people import Actor, Level, Yes
from bot.reply import Invocation, Reply
from bot.request.advance import advance
from bot.request.facts import (
    Agreed,
    Decider,
    Denied,
    Expired,
    Failed,
    Finished,
    Lost,
    NeedsYes,
    Refused,
    Release,
    Revised,
    Run,
    Show,
    Tell,
    Unopposed,
    Wait,
    Withdrawn,
)
from bot.request.request import Origin, Request, State

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG_AGO = NOON - timedelta(days=30)
INVOCATION = Invocation("remove", person="Gus")
MO = Decider("U0MO", "Mo", Level.MODERATOR, LONG_AGO)
MAX = Decider("U0MAX", "Max", Level.MODERATOR, LONG_AGO)
ADA = Decider("U0ADA", "Ada", Level.ADMIN, LONG_AGO)
VI = Decider("U0VI", "Vi", Level.VIEWER, LONG_AGO)
NEW = Decider("U0NEW", "Nia", Level.MODERATOR, NOON + timedelta(seconds=1))


def asked(**changes: object) -> Request:
    """A request as it is right after Mo asked."""
    fresh = Request(
        id=12,
        token="t",
        invocation=INVOCATION,
        sentence="remove Gus",
        actor=Actor("U0MO", "Mo"),
        origin=Origin("slack", "k"),
        state=State.ASKED,
        asked_at=NOON,
    )
    return replace(fresh, **changes)


def held(yes: Yes = Yes.SECOND) -> NeedsYes:
    return NeedsYes(
        "Mo", "spam", INVOCATION, "room", Reply("Removes Gus."), yes, NOON + timedelta(minutes=10), ("C1",)
    )


def waiting(yes: Yes = Yes.SECOND) -> Request:
    return advance(asked(), held(yes), NOON)[0]


def told(effects: tuple[object, ...]) -> str:
    [tell] = effects
    assert isinstance(tell, Tell)
    return tell.why.template


def test_a_second_moderator_lets_it_run() -> None:
    after, effects = advance(waiting(), Agreed(MAX, 1, Yes.SECOND), NOON)

    assert after.state is State.RUNNING
    assert after.decider == MAX
    assert effects == (Run(), Show())


def test_holding_shows_a_card_and_sets_its_end() -> None:
    after, effects = advance(asked(), held(), NOON)

    assert after.state is State.WAITING
    assert effects == (Show(), Wait(NOON + timedelta(minutes=10)))


@pytest.mark.parametrize(
    ("by", "yes", "says"),
    [
        (MO, Yes.SECOND, "You asked for this"),
        (VI, Yes.SECOND, "you are not one here"),
        (MAX, Yes.ADMIN, "you are not one here"),
        (NEW, Yes.SECOND, "after this was asked"),
        (MAX, Yes.ACTOR, "Only {asker} can confirm"),
    ],
)
def test_who_may_not_decide_is_told_and_nothing_moves(by: Decider, yes: Yes, says: str) -> None:
    before = waiting(yes)

    after, effects = advance(before, Agreed(by, 1, yes), NOON)

    assert after == before
    assert says in told(effects)


def test_a_policy_that_became_stricter_counts() -> None:
    before = waiting(Yes.SECOND)

    after, effects = advance(before, Agreed(MAX, 1, Yes.ADMIN), NOON)

    assert after == before
    assert "not one here" in told(effects)


def test_a_yes_to_an_older_card_does_not_count() -> None:
    revised = advance(waiting(), Revised(Reply("Removes Gus and Ivy."), Yes.SECOND, ("C1",)), NOON)[0]

    after, effects = advance(revised, Agreed(MAX, 1, Yes.SECOND), NOON)

    assert after == revised
    assert "changed since" in told(effects)


def test_a_yes_after_its_time_is_no_yes_even_before_the_timer_woke() -> None:
    before = waiting()

    after, effects = advance(before, Agreed(MAX, 1, Yes.SECOND), NOON + timedelta(minutes=10))

    assert after == before
    assert "in time" in told(effects)


def test_the_second_click_reads_who_was_first() -> None:
    running = advance(waiting(), Agreed(MAX, 1, Yes.SECOND), NOON)[0]

    after, effects = advance(running, Agreed(ADA, 1, Yes.SECOND), NOON)

    assert after == running
    assert told(effects) == "Already decided by {by}."


def test_an_expiry_that_comes_early_does_nothing() -> None:
    before = waiting()

    assert advance(before, Expired(), NOON + timedelta(minutes=9)) == (before, ())


def test_a_denial_undoes_what_kept_harm_away() -> None:
    after, effects = advance(waiting(), Denied(MAX, "he is new here"), NOON)

    assert after.state is State.DENIED
    assert effects == (Show(), Release())


def test_who_asked_denies_their_own_confirm_by_cancelling() -> None:
    after, _ = advance(waiting(Yes.ACTOR), Denied(MO), NOON)

    assert after.state is State.WITHDRAWN


def test_only_who_asked_or_an_admin_takes_a_request_back() -> None:
    before = waiting()

    assert "Only {asker}" in told(advance(before, Withdrawn(MAX), NOON)[1])
    assert advance(before, Withdrawn(MO), NOON)[0].state is State.WITHDRAWN
    assert advance(before, Withdrawn(ADA), NOON)[0].state is State.WITHDRAWN


def test_what_is_over_stays_as_it_is() -> None:
    done = advance(
        advance(asked(), Unopposed("Mo", "spam", INVOCATION, "", ()), NOON)[0], Finished(Reply("Done.")), NOON
    )[0]

    for fact in (held(), Refused(Reply("No.")), Failed(Reply("No.")), Lost(Reply("?")), Expired()):
        assert advance(done, fact, NOON) == (done, ())


people = st.sampled_from([MO, MAX, ADA, VI, NEW])
kinds = st.sampled_from(list(Yes))


class AnyHistory(RuleBasedStateMachine):
    """Random facts from several people in any order; the machine watches what is let run."""

    def __init__(self) -> None:
        super().__init__()
        self.request = asked()
        self.now = NOON
        self.strictest = Yes.NONE
        self.runs: list[Agreed | None] = []
        self.finals: set[State] = set()

    def bring(self, fact: object) -> None:
        before = self.request
        self.request, effects = advance(before, fact, self.now)
        self.runs += [fact if isinstance(fact, Agreed) else None for effect in effects if effect == Run()]
        assert self.request.version - before.version == (self.request != before)
        if self.request.state.final:
            self.finals.add(self.request.state)

    @rule(yes=kinds.filter(bool))
    def hold(self, yes: Yes) -> None:
        if self.request.state is State.ASKED:
            self.strictest = yes
        self.bring(replace(held(yes), until=self.now + timedelta(minutes=10)))

    @rule()
    def clear(self) -> None:
        self.bring(Unopposed("Mo", "spam", INVOCATION, "", ()))

    @rule(by=people, back=st.integers(0, 2), policy=kinds)
    def agree(self, by: Decider, back: int, policy: Yes) -> None:
        self.strictest = (
            max(self.strictest, policy) if self.request.state is State.WAITING else self.strictest
        )
        fact = Agreed(by, self.request.revision - back, policy)
        before = self.request
        self.bring(fact)
        if self.request.state is State.RUNNING and before.state is State.WAITING:
            needed = max(before.yes, policy)
            assert back == 0
            assert (by.id == "U0MO") == (needed is Yes.ACTOR)
            assert needed is Yes.ACTOR or (by.level >= needed.level and by.since <= before.asked_at)
            assert self.now < before.expires_at

    @rule(by=people)
    def deny(self, by: Decider) -> None:
        self.bring(Denied(by))

    @rule(by=people)
    def withdraw(self, by: Decider) -> None:
        self.bring(Withdrawn(by))

    @rule(yes=kinds.filter(bool))
    def revise(self, yes: Yes) -> None:
        self.bring(Revised(Reply("Something else."), yes, ("C1",)))

    @rule(minutes=st.integers(1, 12))
    def wait(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.bring(Expired())

    @rule(fact=st.sampled_from([Finished(Reply("Done.")), Failed(Reply("No.")), Lost(Reply("?"))]))
    def end(self, fact: object) -> None:
        self.bring(fact)

    @rule()
    def restart(self) -> None:
        """After a restart the job looks again: what was considered is considered once more, nothing else."""
        self.bring(held(Yes.SECOND) if self.request.state is not State.ASKED else Refused(Reply("No.")))

    @invariant()
    def it_runs_at_most_once(self) -> None:
        assert len(self.runs) <= 1

    @invariant()
    def a_gated_act_ran_by_a_yes_only(self) -> None:
        if self.request.revision and self.runs:
            assert self.runs[0] is not None

    @invariant()
    def it_ends_once(self) -> None:
        assert len(self.finals) <= 1


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=300, stateful_step_count=25, deadline=None)
