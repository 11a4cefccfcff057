"""Files take three steps, and each is as strict as Slack says."""

import aiohttp
import pytest

CONTENT = b"BEGIN:VCALENDAR"


async def expected(served, length: int = len(CONTENT)) -> dict:
    answer = await served.client.files_getUploadURLExternal(filename="standup.ics", length=length)
    return dict(answer.data)


async def sent(served, wanted: dict, content: object = CONTENT) -> int:
    async with served.http.post(wanted["upload_url"], data=content) as answer:
        return answer.status


def finished(served, file_id: str, **where):
    files = [{"id": file_id, "title": "Windows"}]
    return served.client.files_completeUploadExternal(files=files, **where)


async def test_a_file_is_sent_and_shared(served) -> None:
    wanted = await expected(served)
    assert await sent(served, wanted) == 200
    answer = await finished(served, wanted["file_id"], channel_id="C0CLASSES")

    assert answer["files"] == [{"id": wanted["file_id"], "title": "Windows"}]
    [message] = served.workspace.sees("U0MO", "C0CLASSES")
    [file] = message.files
    assert (file.name, file.title, file.content) == ("standup.ics", "Windows", CONTENT)


async def test_it_may_come_in_a_form(served) -> None:
    wanted = await expected(served)
    form = aiohttp.FormData()
    form.add_field("filename", CONTENT, filename="standup.ics")
    assert await sent(served, wanted, form) == 200


async def test_without_a_channel_nobody_sees_it(served) -> None:
    wanted = await expected(served)
    await sent(served, wanted)
    await finished(served, wanted["file_id"])
    assert served.workspace.files("U0MO") == []


async def test_it_may_answer_in_a_thread(served) -> None:
    ts = (await served.client.chat_postMessage(channel="C0CLASSES", text="x"))["ts"]
    wanted = await expected(served)
    await sent(served, wanted)
    await finished(served, wanted["file_id"], channel_id="C0CLASSES", thread_ts=ts)
    assert [message.thread_ts for message in served.workspace.sees("U0MO", "C0CLASSES")] == [None, ts]


@pytest.mark.parametrize("content", [b"", CONTENT + b"!"])
async def test_another_length_than_was_said_is_not_taken(served, content) -> None:
    assert await sent(served, await expected(served), content) == 400


async def test_an_address_is_good_once(served) -> None:
    wanted = await expected(served)
    assert [await sent(served, wanted), await sent(served, wanted)] == [200, 410]


async def test_an_address_is_good_for_half_an_hour(served, clock, refused) -> None:
    late, sent_in_time = await expected(served), await expected(served)
    await sent(served, sent_in_time)
    clock.advance(minutes=31)

    assert await sent(served, late) == 410
    answer = await refused(finished(served, sent_in_time["file_id"], channel_id="C0CLASSES"))
    assert answer["error"] == "file_not_found"


async def test_an_address_of_nobody_is_not_there(served) -> None:
    assert await sent(served, {"upload_url": f"{served.address}/upload/v1/F09"}) == 404


async def test_what_was_not_sent_or_is_shared_already_cannot_be_shared(served, refused) -> None:
    wanted = await expected(served)
    first = await refused(finished(served, wanted["file_id"], channel_id="C0CLASSES"))
    await sent(served, wanted)
    await finished(served, wanted["file_id"], channel_id="C0CLASSES")
    second = await refused(finished(served, wanted["file_id"], channel_id="C0CLASSES"))

    assert (first["error"], second["error"]) == ("file_not_found", "file_not_found")
    assert len(served.workspace.sees("U0MO", "C0CLASSES")) == 1


@pytest.mark.parametrize(
    ("channel", "word"),
    [
        ("C0LOBBYTALK", "not_in_channel"),
        ("C0MODS", "channel_not_found"),
        ("C0NONE", "channel_not_found"),
        ("U0MO", "channel_not_found"),  # a person is no conversation
    ],
)
async def test_it_is_shared_only_where_the_bot_is(served, refused, channel, word) -> None:
    wanted = await expected(served)
    await sent(served, wanted)
    answer = await refused(finished(served, wanted["file_id"], channel_id=channel))
    assert answer["error"] == word


async def test_a_refused_place_leaves_the_file_to_be_shared_elsewhere(served, refused) -> None:
    wanted = await expected(served)
    await sent(served, wanted)
    await refused(finished(served, wanted["file_id"], channel_id="C0NONE"))
    await finished(served, wanted["file_id"], channel_id="C0CLASSES")
    assert len(served.workspace.files("U0MO")) == 1


async def test_a_file_of_nothing_is_refused(served, refused) -> None:
    answer = await refused(served.client.files_getUploadURLExternal(filename="a.ics", length=0))
    assert answer["error"] == "missing_argument"


async def test_both_methods_need_the_scope(serve, refused) -> None:
    served = await serve(scopes=frozenset({"chat:write"}))
    asked = await refused(served.client.files_getUploadURLExternal(filename="a.ics", length=1))
    shared = await refused(finished(served, "F01", channel_id="C0CLASSES"))
    assert [(each["error"], each["needed"]) for each in (asked, shared)] == [
        ("missing_scope", "files:write")
    ] * 2


async def test_the_bot_hears_of_a_file_in_its_direct_messages_as_slack_tells_it(
    workspace, listener, clock
) -> None:
    file = workspace.state.uploads.expect("a.csv", 1)
    workspace.state.uploads.receive(file.id, b"a")
    place = workspace.directory.direct("U0MO", "U0HMS")
    message = workspace.state.app.shares([{"id": file.id}], place.id)

    described = workspace.state.payloads.message(message)

    assert (described["subtype"], described["files"][0]["name"]) == ("file_share", "a.csv")
