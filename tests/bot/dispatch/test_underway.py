"""What a step waits for is said as it is."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from bot.dispatch.awaited import Awaited, Step, Whom, at_work, waiting_for, waiting_for_hms
from bot.dispatch.underway import SILENT
from bot.dispatch.underway import _waits as waits
from bot.hms.connection import PUT_OFF, UNANSWERED
from bot.reply import Plain
from bot.request.request import Origin
from bot.work.journal import Journal
from tests.way import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def awaited(clock: Clock) -> Awaited:
    return Awaited(clock)


@pytest.fixture
def step(awaited: Awaited) -> Step:
    return awaited.look(Origin("slack", "a look"), "U0MO")


def said(step: Step) -> str:
    return Plain().text(waits(step))


def test_the_last_that_did_not_answer_is_named(step: Step, clock: Clock) -> None:
    with at_work(step), waiting_for(Whom.SLACK):
        clock.now += timedelta(seconds=14)
        assert "waiting for Slack (it has not answered for 14s)" in said(step)
        with waiting_for_hms(UNANSWERED), waiting_for_hms(PUT_OFF):
            clock.now += timedelta(seconds=6)
            assert "waiting for 100ms (it does not want to be asked yet, for 6s now)" in said(step)


def test_who_asks_nobody_waits_for_the_disk(step: Step) -> None:
    with at_work(step):
        assert "waiting for my database" in said(step)


def test_what_comes_back_when_the_database_does_says_so_meanwhile(step: Step) -> None:
    def locked() -> None:
        with at_work(step):
            raise OperationalError("INSERT", {}, Exception("database is locked"))

    with pytest.raises(OperationalError):
        locked()

    assert "waiting for my database" in said(step)


def test_what_nobody_has_begun_waits_for_its_turn(step: Step) -> None:
    assert "waiting for its turn" in said(step)


def test_a_clock_that_is_set_back_begins_the_twenty_seconds_anew(
    awaited: Awaited, step: Step, clock: Clock
) -> None:
    clock.now -= timedelta(hours=2)
    assert awaited.silent(SILENT) == []
    clock.now += timedelta(seconds=19)

    assert awaited.silent(SILENT) == [step]
    assert awaited.silent(SILENT) == []


async def test_of_what_a_dead_process_left_what_can_be_read_is_told_of(clock: Clock, tmp_path: Path) -> None:
    dead = Journal(tmp_path, "ours")
    killed = Awaited(clock, dead)
    dead.begin("of another release", {"who": "U0MO"})
    killed.look(Origin("slack", "yesterday's"), "U0MO", "who")
    clock.now += timedelta(minutes=31)
    killed.look(Origin("slack", "new"), "U0MO", "status")
    assert dead._file is not None
    os.close(dead._file)

    left = await Awaited(clock, Journal(tmp_path, "ours")).left()

    assert [(one.who, one.said, one.origin.key) for one in left] == [("U0MO", "status", "new")]
