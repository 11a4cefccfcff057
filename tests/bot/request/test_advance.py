"""``advance`` as a state machine: whatever comes, no act without its yes, never two, none by who asked.

Long because it is the machine whole: every state, with whatever may come in it.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.people import Actor, Level, Yes
from bot.reply import Invocation, Plain, Reply
from bot.request.advance import advance, decided
from bot.request.facts import (
    Agreed,
    Decider,
    Denied,
    Disallowed,
    Expired,
    Failed,
    Faster,
    Finished,
    Lost,
    Moot,
    NeedsYes,
    Reasoned,
    Refused,
    Release,
    Repeated,
    Revised,
    Run,
    Show,
    Tell,
    Unacked,
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
EVE = Decider("U0EVE", "Eve", Level.ADMIN, LONG_AGO)
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


def held(yes: Yes = Yes.SECOND, needed: int = 1) -> NeedsYes:
    until = NOON + timedelta(minutes=10)
    return NeedsYes("Mo", "spam", INVOCATION, "room", Reply("Removes Gus."), yes, until, ("C1",), needed)


def waiting(yes: Yes = Yes.SECOND, needed: int = 1) -> Request:
    return advance(asked(), held(yes, needed), NOON)[0]


def told(effects: tuple[object, ...]) -> str:
    [tell] = effects
    assert isinstance(tell, Tell)
    return tell.why.template


def test_a_second_moderator_lets_it_run() -> None:
    after, effects = advance(waiting(), Agreed(MAX, 1, Yes.SECOND), NOON)

    assert after.state is State.RUNNING
    assert after.deciders == (MAX,)
    assert effects == (Run(), Show())


def test_holding_shows_a_card_and_sets_its_end() -> None:
    after, effects = advance(asked(), held(), NOON)

    assert after.state is State.WAITING
    assert effects == (Show(), Wait(NOON + timedelta(minutes=10)))


@pytest.mark.parametrize(
    ("by", "yes", "says"),
    [
        (MO, Yes.SECOND, "You asked for this"),
        (VI, Yes.SECOND, "Only {whom} can do this."),
        (MAX, Yes.ADMIN, "Only {whom} can do this."),
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
    assert "Only {whom} can do this." in told(effects)


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


def test_of_two_yeses_the_first_waits_for_the_second() -> None:
    once, effects = advance(waiting(needed=2), Agreed(MAX, 1, Yes.SECOND), NOON)
    assert once.state is State.WAITING
    assert once.revision == 1  # the buttons of the card still count
    assert effects == (Show(),)

    twice, effects = advance(once, Agreed(ADA, 1, Yes.SECOND), NOON)

    assert twice.state is State.RUNNING
    assert twice.deciders == (MAX, ADA)
    assert effects == (Run(), Show())


def test_nobody_counts_twice_and_they_read_how_many_are_still_needed() -> None:
    once = advance(waiting(needed=3), Agreed(MAX, 1, Yes.SECOND), NOON)[0]

    after, effects = advance(once, Agreed(MAX, 1, Yes.SECOND), NOON)

    assert after == once
    [tell] = effects
    said = "You said yes to this already. It waits for 2 more yeses, by somebody else."
    assert isinstance(tell, Tell)
    assert Plain().text(tell.why) == said


def test_a_no_ends_what_somebody_has_said_yes_to() -> None:
    once = advance(waiting(needed=2), Agreed(MAX, 1, Yes.SECOND), NOON)[0]

    after, effects = advance(once, Denied(ADA), NOON)

    assert after.state is State.DENIED
    assert after.ended_by == ADA
    assert effects == (Show(), Release())


def test_a_changed_card_drops_the_yeses_that_were_given_to_the_old_one() -> None:
    once = advance(waiting(needed=2), Agreed(MAX, 1, Yes.SECOND), NOON)[0]
    revised = advance(once, Revised(Reply("Removes Gus and Ivy."), Yes.SECOND, ("C1",)), NOON)[0]
    assert (revised.deciders, revised.lapsed) == ((), (MAX,))

    ada = advance(revised, Agreed(ADA, 2, Yes.SECOND), NOON)[0]
    assert ada.state is State.WAITING
    both = advance(ada, Agreed(MAX, 2, Yes.SECOND), NOON)[0]

    assert both.state is State.RUNNING
    assert (both.deciders, both.lapsed) == ((ADA, MAX), ())


def test_a_policy_that_became_stricter_counts_for_those_who_said_yes_before() -> None:
    once = advance(waiting(needed=2), Agreed(MAX, 1, Yes.SECOND), NOON)[0]

    after = advance(once, Agreed(ADA, 1, Yes.ADMIN), NOON)[0]

    assert after.state is State.WAITING
    assert (after.deciders, after.lapsed) == ((ADA,), (MAX,))


def test_too_few_yeses_in_time_are_said_so() -> None:
    once = advance(waiting(needed=2), Agreed(MAX, 1, Yes.SECOND), NOON)[0]

    over = advance(once, Expired(), NOON + timedelta(minutes=10))[0]

    assert over.state is State.EXPIRED
    assert "Only 1 of 2 said yes in time" in Plain().text(decided(over))


def test_a_confirm_of_ones_own_is_one() -> None:
    assert advance(waiting(Yes.ACTOR, needed=2), Agreed(MO, 1, Yes.ACTOR), NOON)[0].state is State.RUNNING


MAX_DID = Faster(Reply("{by} ended standup 3s ago (#13).", by=MAX.mention))


@pytest.mark.parametrize(
    ("why", "says"),
    [
        (Reply("Gus is gone."), "Gus is gone. Nothing was done."),
        (MAX_DID, "Max ended standup 3s ago (#13). Nothing more was done."),
    ],
)
def test_what_is_moot_says_why_or_who_was_faster(why: Reply | Faster, says: str) -> None:
    after, effects = advance(waiting(), Moot(why), NOON)

    assert after.state is State.MOOT
    assert effects == (Show(), Release())
    assert Plain().text(decided(after)) == says


def test_what_who_asked_may_no_longer_ask_for_is_refused_and_says_why() -> None:
    after, effects = advance(waiting(), Disallowed(Reply("Mo is no moderator any more.")), NOON)

    assert after.state is State.REFUSED
    assert effects == (Show(), Release())
    said = "This was refused. Mo is no moderator any more. Nothing was done."
    assert Plain().text(decided(after)) == said


def test_what_waits_already_is_not_asked_again() -> None:
    after, effects = advance(asked(), Repeated(Reply("Max has that before them.")), NOON)

    assert after.state is State.MOOT
    assert effects == (Show(),)
    assert Plain().text(decided(after)) == "Max has that before them."
    assert advance(waiting(), Repeated(Reply("Again.")), NOON) == (waiting(), ())


def test_who_asked_says_more_and_yeses_still_count() -> None:
    once = advance(waiting(needed=2), Agreed(MAX, 1, Yes.SECOND), NOON)[0]

    after, effects = advance(once, Reasoned(MO, "he shouts too"), NOON)

    assert (after.reason, after.revision, after.deciders) == ("spam; he shouts too", 1, (MAX,))
    assert effects == (Show(),)
    assert "Only {asker} can say why." in told(advance(once, Reasoned(ADA, "I saw it"), NOON)[1])


def test_who_denied_says_why_afterwards_and_nobody_else() -> None:
    denied = advance(waiting(), Denied(MAX), NOON)[0]

    after, effects = advance(denied, Reasoned(MAX, "he has apologised"), NOON)

    assert after.answer
    assert (after.state, Plain().text(after.answer)) == (State.DENIED, "Reason: he has apologised.")
    assert effects == (Show(),)
    for by in (MO, ADA):
        assert told(advance(denied, Reasoned(by, "no"), NOON)[1]) == "Already denied by {by}."


def test_what_was_never_acked_was_taken_back_by_nobody() -> None:
    after, _ = advance(asked(), Unacked(Reply("hms-bot was stopped.")), NOON)

    assert after.state is State.WITHDRAWN
    assert Plain().text(decided(after)) == "hms-bot was stopped."
    assert advance(waiting(), Unacked(Reply("Too late.")), NOON)[0] == waiting()


def test_who_took_it_back_is_named_and_nobody_else() -> None:
    after = advance(waiting(), Withdrawn(ADA), NOON)[0]

    assert Plain().text(decided(after)) == "Ada took this back."


people = st.sampled_from([MO, MAX, ADA, EVE, VI, NEW])
kinds = st.sampled_from(list(Yes))


class AnyHistory(RuleBasedStateMachine):
    """Random facts from several people in any order; the machine watches what is let run."""

    def __init__(self) -> None:
        super().__init__()
        self.request = asked()
        self.now = NOON
        self.needed = 1
        self.yeses: list[tuple[Decider, int]] = []
        self.runs: list[Agreed | None] = []
        self.finals: set[State] = set()

    def bring(self, fact: object) -> None:
        before = self.request
        self.request, effects = advance(before, fact, self.now)
        self.runs += [fact if isinstance(fact, Agreed) else None for effect in effects if effect == Run()]
        assert self.request.version - before.version == (self.request != before)
        if self.request.state.final:
            self.finals.add(self.request.state)

    @rule(yes=kinds.filter(bool), needed=st.integers(1, 3))
    def hold(self, yes: Yes, needed: int) -> None:
        if self.request.state is State.ASKED:
            self.needed = 1 if yes is Yes.ACTOR else needed
        self.bring(replace(held(yes, needed), until=self.now + timedelta(minutes=10)))

    @rule()
    def clear(self) -> None:
        self.bring(Unopposed("Mo", "spam", INVOCATION, "", ()))

    @rule(by=people, back=st.integers(0, 2), policy=kinds)
    def agree(self, by: Decider, back: int, policy: Yes) -> None:
        fact = Agreed(by, self.request.revision - back, policy)
        before = self.request
        self.bring(fact)
        if self.request == before:
            return
        yes = max(before.yes, policy)
        assert before.state is State.WAITING
        assert back == 0
        assert (by, before.revision) not in self.yeses or yes > before.yes
        assert (by.id == "U0MO") == (yes is Yes.ACTOR)
        assert self.enough(by, yes)
        assert self.now < before.expires_at
        self.yeses.append((by, before.revision))
        given = {
            one.id for one, revision in self.yeses if revision == before.revision and self.enough(one, yes)
        }
        assert (self.request.state is State.RUNNING) == (len(given) >= self.needed)

    def enough(self, by: Decider, yes: Yes) -> bool:
        return yes is Yes.ACTOR or (by.level >= yes.level and by.since <= self.request.asked_at)

    @rule(by=people)
    def deny(self, by: Decider) -> None:
        self.bring(Denied(by))

    @rule(by=people)
    def withdraw(self, by: Decider) -> None:
        self.bring(Withdrawn(by))

    @rule(by=people)
    def say_why(self, by: Decider) -> None:
        """Words move nothing: neither its state, nor what a yes is given to, nor who gave one."""
        before = self.request
        self.bring(Reasoned(by, "more"))
        kept = replace(self.request, reason=before.reason, answer=before.answer, version=before.version)
        assert kept == before
        if self.request != before:
            asks = before.state is State.WAITING and by == MO
            assert asks or (before.state is State.DENIED and before.ended_by == by)

    @rule()
    def repeat(self) -> None:
        """What waits already is asked for once: it ends what was only asked, and nothing that waits."""
        before = self.request
        self.bring(Repeated(Reply("Somebody has that before them.")))
        assert (self.request != before) == (before.state is State.ASKED)

    @rule(why=st.sampled_from([Reply("It is over already."), MAX_DID]))
    def overtake(self, why: Reply | Faster) -> None:
        self.call_off(Moot(why))

    @rule()
    def disallow(self) -> None:
        self.call_off(Disallowed(Reply("Mo is no moderator any more.")))

    def call_off(self, fact: Moot | Disallowed) -> None:
        """Only what waits is called off: what runs is not undone by being overtaken."""
        before = self.request
        self.bring(fact)
        assert (self.request != before) == (before.state is State.WAITING)

    @rule()
    def never_acked(self) -> None:
        self.bring(Unacked(Reply("hms-bot was stopped.")))

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
    def each_counts_once_and_only_to_what_is_asked(self) -> None:
        deciders = {one.id for one in self.request.deciders}
        assert len(deciders) == len(self.request.deciders)
        assert not deciders & {one.id for one in self.request.lapsed}
        if self.request.state is State.WAITING:
            assert len(deciders) < self.request.needed

    @invariant()
    def nobody_is_blamed_for_what_nobody_did(self) -> None:
        request = self.request
        assert request.ended_by is None or request.state in {State.DENIED, State.WITHDRAWN}
        if request.state.final and request.ended_by is None and not request.deciders:
            said = [one for sentence in decided(request).sentences() for one in sentence.values.values()]
            assert MO.mention not in said

    @invariant()
    def it_ends_once(self) -> None:
        assert len(self.finals) <= 1


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
