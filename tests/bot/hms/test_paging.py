import httpx

ROOM = {"id": "r", "name": "standup"}


async def test_each_walks_all_pages(office) -> None:
    def pages(request: httpx.Request) -> httpx.Response:
        start = int(request.url.params.get("start", "250"))
        found = [{"id": str(number)} for number in range(start - 1, max(start - 101, -1), -1)]
        return httpx.Response(
            200, json={"limit": 100, "data": found or None, "last": found[-1]["id"] if found else ""}
        )

    hms = office.calls(pages)
    assert [room.id async for room in hms.rooms.each()] == [str(number) for number in range(249, -1, -1)]


async def test_each_stops_where_a_page_leads_to_itself(office) -> None:
    def circle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"limit": 1, "data": [ROOM], "last": "r"})

    assert len([room async for room in office.calls(circle).rooms.each()]) == 2


async def test_each_asks_for_no_page_that_nobody_reads(office, script) -> None:
    answers = script(httpx.Response(200, json={"limit": 1, "data": [ROOM], "last": "r"}))
    rooms = office.calls(answers).rooms.each(enabled=True)
    assert (await anext(rooms)).id == "r"
    assert [dict(request.url.params) for request in answers.requests] == [{"enabled": "true", "limit": "100"}]
