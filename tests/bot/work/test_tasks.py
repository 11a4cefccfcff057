"""A stop has so much time in all: what answers do not use is left for jobs."""

import asyncio

from bot.work.tasks import Tasks


async def test_what_answers_do_not_need_of_a_stop_is_left_for_jobs() -> None:
    assert await Tasks().drain(600) > 0


async def test_an_answer_that_does_not_end_leaves_jobs_no_time_beyond_what_was_given() -> None:
    tasks, never = Tasks(), asyncio.Event()
    answering = tasks.spawn(never.wait())

    assert await tasks.drain(0) == 0
    assert answering.cancelled()
