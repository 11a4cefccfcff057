"""100ms has four ways to tell where the next page starts; all are walked alike."""

import asyncio
from contextlib import aclosing

import httpx
import pytest

from bot.hms import Unavailable
from tests.patience import PATIENCE

ROOM = {"id": "r", "name": "standup"}
COUNT, SIZE = 250, 100


def numbers_from(start: int) -> list[int]:
    return [*range(start, min(start + SIZE, COUNT))]


def by_last(member: str):
    """Standard pages, and those of polls, whose list is not called data."""

    def answer(request: httpx.Request) -> httpx.Response:
        found = numbers_from(int(request.url.params.get("start", "-1")) + 1)
        last = str(found[-1]) if found else ""
        listed = [{"id": str(number)} for number in found] or None
        return httpx.Response(200, json={"limit": SIZE, member: listed, "last": last})

    return answer


def by_next(request: httpx.Request) -> httpx.Response:
    """Analytics events: limit says how many there are, next is opaque."""
    start = int(request.url.params.get("start", "cursor-0").removeprefix("cursor-"))
    found = numbers_from(start)
    events = [{"id": str(number)} for number in found]
    more = f"cursor-{start + SIZE}" if start + SIZE < COUNT else ""
    return httpx.Response(200, json={"limit": len(found), "total": COUNT, "next": more, "events": events})


def by_number(request: httpx.Request) -> httpx.Response:
    """Webhook history: pages are numbered from 1."""
    page = int(request.url.params.get("page", "1"))
    found = numbers_from((page - 1) * SIZE)
    pagination = {"current_page": page, "page_size": SIZE, "has_next": page * SIZE < COUNT}
    events = [{"id": str(number), "event_id": str(number)} for number in found]
    return httpx.Response(200, json={"events": events, "pagination": pagination})


WAYS = {
    "rooms": (by_last("data"), lambda hms: hms.rooms.each()),
    "answers of a poll": (by_last("responses"), lambda hms: hms.polls.each_response("p")),
    "results of a poll": (by_last("results"), lambda hms: hms.polls.each_result("p")),
    "answers in a session": (by_last("responses"), lambda hms: hms.polls.each_session_response("p", "s")),
    "results of a session": (by_last("results"), lambda hms: hms.polls.each_session_result("p", "s")),
    "events": (by_next, lambda hms: hms.analytics.each_event("r")),
    "deliveries": (by_number, lambda hms: hms.analytics.each_webhook_event()),
}


@pytest.mark.parametrize(("pages", "walk"), WAYS.values(), ids=WAYS.keys())
async def test_each_walks_all_pages(office, pages, walk) -> None:
    found = [getattr(each, "id", "") or each.event_id async for each in walk(office.calls(pages))]
    assert found == [str(number) for number in range(COUNT)]


async def test_each_stops_where_a_page_leads_to_itself(office) -> None:
    def circle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"limit": 1, "data": [ROOM], "last": "r"})

    assert len([room async for room in office.calls(circle).rooms.each()]) == 2


async def test_the_next_page_comes_while_the_caller_works_on_this_one(office) -> None:
    asked = asyncio.Queue[str]()

    def pages(request: httpx.Request) -> httpx.Response:
        asked.put_nowait(request.url.params.get("start", ""))
        return by_last("data")(request)

    async with aclosing(office.calls(pages).rooms.each()) as rooms:
        assert (await anext(rooms)).id == "0"
        assert [await asked.get(), await asked.get()] == ["", "99"]


async def test_who_has_seen_enough_leaves_nothing_behind(office) -> None:
    asked = asyncio.Event()

    async def pages(request: httpx.Request) -> httpx.Response:
        if "start" in request.url.params:
            asked.set()
            await asyncio.Event().wait()
        return by_last("data")(request)

    before = asyncio.all_tasks()
    async with asyncio.timeout(PATIENCE), aclosing(office.calls(pages).rooms.each()) as rooms:
        await anext(rooms)
        await asked.wait()
    assert asyncio.all_tasks() == before


async def test_what_was_found_comes_before_what_went_wrong(office) -> None:
    def pages(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503) if "start" in request.url.params else by_last("data")(request)

    found = []

    async def look() -> None:
        async for room in office.calls(pages).rooms.each():
            found.append(room.id)  # noqa: PERF401  # a comprehension would lose what it has

    with pytest.raises(Unavailable):
        await look()
    assert found == [str(number) for number in range(SIZE)]


async def test_filters_go_along_with_every_page(office) -> None:
    asked = []

    def pages(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.params.get("enabled"))
        return by_last("data")(request)

    assert len([room async for room in office.calls(pages).rooms.each(enabled=True)]) == COUNT
    assert asked == ["true"] * 3
