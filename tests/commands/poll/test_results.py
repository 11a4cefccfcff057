"""``poll results``, ``responses``, ``sessions``: charts with their words, files, and nobody by name."""

import re

import pytest
import sqlalchemy as sa

from bot.store import metadata
from sandbox.hms.state.peer import Peer
from sandbox.hms.state.poll.poll_run import Response, Vote
from sandbox.hms.state.room.room import Room
from tests.chat import Chat, Said
from tests.commands.poll.building import only_poll

QUIZ = '"France?" Lyon = Paris / "North?" + = Oslo Rome = Riga / "Why?" --title Capitals'
NAMES = re.compile(r"\b(gus|ivy)\b", re.IGNORECASE)


def votes(chat: Chat, room: Room, peer: Peer, question: int, *options: int, text: str = "") -> Response:
    given = Vote(options=[*options], text=text)
    return chat.world.polls.vote(room, only_poll(chat), peer, question, given)


@pytest.fixture
async def answered(chat: Chat, standup: Room) -> Room:
    """Gus was right twice, Ivy once; Gus said why."""
    await chat.says("mo", f"/hms poll create {QUIZ} --launch")
    everybody(chat, standup)
    return standup


@pytest.fixture
async def anonymous(chat: Chat, standup: Room) -> Room:
    """The same, and nobody is to be known."""
    await chat.says("mo", f"/hms poll create {QUIZ} --launch --anon")
    everybody(chat, standup)
    return standup


def everybody(chat: Chat, room: Room) -> None:
    gus, ivy = (next(peer for peer in room.peers if peer.name == name) for name in ("Gus", "Ivy"))
    votes(chat, room, gus, 1, 2)
    votes(chat, room, ivy, 1, 1)
    for peer in (gus, ivy):
        votes(chat, room, peer, 2, 1, 3)
    votes(chat, room, gus, 3, text="=1+1")


def files(chat: Chat, who: str = "vi") -> list[str]:
    """The contents of the files that somebody got directly."""
    held = chat.reads(who, "dm").messages
    return [file.content.decode("utf-8-sig") for message in held for file in message.files]


def chart(said: Said) -> list[dict[str, object]]:
    return [block for one in said.messages for block in one.blocks if block["type"] == "data_visualization"]


async def test_a_chart_a_question_and_the_same_in_words(chat: Chat, answered: Room) -> None:
    said = await chat.says("vi", "/hms poll results Capitals")

    assert "“Capitals” runs now: 2 people answered so far." in said.text
    assert "1. “France?” (2 people)\nLyon: 1 vote\nParis: 1 vote · right" in said.text
    assert "Oslo: 2 votes · right\nRome: 0 votes\nRiga: 2 votes · right" in said.text
    assert "=1+1 · 1" in said.text
    assert "Points, of 2.\nGus: 2\nIvy: 1" in said.text
    assert len(chart(said)) == 2
    assert said.buttons == ("Refresh", "As a file (CSV)", "Single answers")


async def test_refresh_shows_what_came_since(chat: Chat, answered: Room) -> None:
    said = await chat.says("vi", "/hms poll results Capitals --question 1")
    votes(chat, answered, answered.join("Hanna"), 1, 2)

    fresh = await chat.clicks("vi", "Refresh", said)

    assert "Paris: 2 votes · right" in fresh.text
    assert "North?" not in fresh.text


@pytest.mark.parametrize("line", ["poll results Capitals", "poll results Capitals --here", "poll responses"])
async def test_refresh_edits_what_it_stands_on(chat: Chat, answered: Room, line: str) -> None:
    said = await chat.says("vi", f"/hms {line}")
    before = chat.reads("vi").messages
    votes(chat, answered, answered.join("Hanna"), 1, 2)

    fresh = await chat.clicks("vi", "Refresh", said)
    again = await chat.clicks("vi", "Refresh", fresh)

    now = chat.reads("vi").messages
    assert [message.ts for message in now] == [message.ts for message in before]
    assert "Hanna" in again.text or "Paris: 2 votes · right" in now[-1].text
    assert (len(chart(again)), "Refresh" in again.buttons) == (len(chart(said)), True)


async def test_the_counts_are_a_file_in_which_nothing_runs(chat: Chat, answered: Room) -> None:
    said = await chat.says("vi", "/hms poll results Capitals")
    await chat.clicks("vi", "As a file (CSV)", said)

    [content] = files(chat)
    assert content.splitlines() == [
        "question,answer,votes,right",
        "1,Lyon,1,",
        "1,Paris,1,yes",
        "2,Oslo,2,yes",
        "2,Rome,0,",
        "2,Riga,2,yes",
        "3,'=1+1,1,",
    ]


async def test_single_answers_say_who_and_when(chat: Chat, answered: Room) -> None:
    said = await chat.says("vi", "/hms poll responses Capitals --csv")

    assert "5 answers to “Capitals”." in said.text
    assert "2 · Oslo and Riga · Ivy" in said.text
    [content] = files(chat)
    assert "1,Paris,Gus,user-gus,2026-03-02T09:00:00+00:00" in content.splitlines()
    assert "3,'=1+1,Gus,user-gus,2026-03-02T09:00:00+00:00" in content.splitlines()


async def test_one_answer_and_its_worth_are_found_by_their_ids(chat: Chat, answered: Room) -> None:
    [run] = chat.world.polls.runs(only_poll(chat))
    given, worth = run.responses[0], run.results[0]

    for session in ("", f" --session {run.session_id}"):
        one = await chat.says("vi", f"/hms poll responses Capitals --response {given.id}{session}")
        assert "1 · Paris · Gus" in one.text
        score = await chat.says("vi", f"/hms poll results Capitals --result {worth.id}{session}")
        assert "One answer to “Capitals”." in score.text
        assert "Gus · 1" in score.text
    unknown = await chat.says("vi", f"/hms poll responses Capitals --response {'0' * 24}")
    assert "was answered to “Capitals”." in unknown.text


# Anonymous stays anonymous.


@pytest.mark.parametrize(
    "line", ["results", "results --csv", "responses", "responses --csv", "responses --all", "results --all"]
)
async def test_nobody_is_named_anywhere(chat: Chat, anonymous: Room, line: str) -> None:
    said = await chat.says("vi", f"/hms poll {line} --room standup")

    everything = said.text + "".join(files(chat))
    assert "Paris" in everything
    assert not NAMES.search(everything)
    assert "2026-03-02" not in "".join(files(chat))


async def test_nobody_is_named_even_where_100ms_names_them(chat: Chat, anonymous: Room) -> None:
    [run] = chat.world.polls.runs(only_poll(chat))
    for each in run.responses:  # as if it had kept what it promises not to keep
        vars(each)["voter"] = type(each.voter)(key=each.voter.key, peer_id="p-gus", user_id="user-gus")

    for line in ("results --csv", "responses --csv", f"responses --response {run.responses[0].id}"):
        said = await chat.says("vi", f"/hms poll {line} --room standup")
        assert not NAMES.search(said.text)
    assert not NAMES.search("".join(files(chat)))
    assert "Points on average: 1.5 of 2." in (await chat.says("vi", "/hms poll results")).text


async def test_their_order_tells_nothing(chat: Chat, anonymous: Room) -> None:
    said = await chat.says("vi", "/hms poll responses --question 1")

    assert said.text.index("1 · Lyon") < said.text.index("1 · Paris")  # Gus was first, and said Paris


async def test_no_answer_is_kept_or_logged(
    chat: Chat, anonymous: Room, capsys: pytest.CaptureFixture[str]
) -> None:
    for line in ("results --csv", "responses --csv", "sessions", "show"):
        await chat.says("vi", f"/hms poll {line} --room standup")

    async with chat.bot.db.read() as tx:
        held = [(await tx.execute(sa.select(table))).all() for table in metadata.sorted_tables]
    logged = capsys.readouterr()
    for kept in (repr(held), logged.out, logged.err, repr(await chat.bot.audit.tail(100))):
        assert "=1+1" not in kept
        assert not re.search(r"user-(gus|ivy)", kept)


# Sessions.


async def test_each_session_has_results_of_its_own(chat: Chat, answered: Room) -> None:
    first = answered.session
    assert first
    await chat.passes("5m")
    answered.end()
    gus = answered.join("Gus")
    votes(chat, answered, gus, 1, 1)

    said = await chat.says("vi", "/hms poll sessions Capitals")
    assert "“Capitals” ran 2 times." in said.text
    assert "runs now · 1 person · 1 answer" in said.text
    assert "5 minutes · 2 people · 5 answers" in said.text
    one = await chat.says("vi", f"/hms poll sessions Capitals --session {first.id}")
    assert "“Capitals” ran 1 time." in one.text

    assert "Lyon: 1 vote\nParis: 0 votes" in (await chat.says("vi", "/hms poll results Capitals")).text
    old = await chat.says("vi", f"/hms poll results Capitals --session {first.id}")
    assert "and is over: 2 people answered." in old.text
    assert "Paris: 1 vote" in old.text
    both = await chat.says("vi", "/hms poll results Capitals --all")
    assert "Lyon: 2 votes\nParis: 1 vote" in both.text


async def test_a_poll_that_has_not_run_says_how_it_would(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No')

    for line in ("results", "sessions"):
        assert "“Ready?” has not run yet" in (await chat.says("vi", f"/hms poll {line} Ready?")).text
    assert "Nobody has answered “Ready?” yet." in (await chat.says("vi", "/hms poll responses Ready?")).text


async def test_a_poll_that_is_linked_says_what_it_waits_for(chat: Chat, standup: Room) -> None:
    await chat.says("mo", '/hms poll create "Ready?" Yes No')
    launched = await chat.says("mo", "/hms poll launch Ready?")

    pressed = await chat.clicks("mo", "Results", launched)
    typed = [await chat.says("vi", f"/hms poll {line}") for line in ("results", "sessions")]

    waits = "“Ready?” is linked to standup, and starts with the next session, or by a host in the app now."
    assert {said.text for said in (pressed, *typed)} == {waits}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("results nosuch", "standup has no poll “nosuch”."),
        ("responses nosuch", "standup has no poll “nosuch”."),
        ("sessions nosuch", "standup has no poll “nosuch”."),
        ("results Capitals --question 9", "“Capitals” has no question 9."),
        ("responses Capitals --session " + "0" * 24, "“Capitals” did not run in a session"),
        ("sessions Capitals --session " + "0" * 24, "“Capitals” did not run in a session"),
        ("results Capitals --question one", "“one” is no whole number."),
    ],
)
async def test_what_does_not_exist_is_said(chat: Chat, answered: Room, line: str, said: str) -> None:
    assert said in (await chat.says("vi", f"/hms poll {line}")).text


async def test_nobody_without_a_level_reads_answers(chat: Chat, answered: Room) -> None:
    await chat.says("ada", "/hms access revoke @vi --yes")

    for verb in ("list", "show", "results", "responses", "sessions"):
        assert (await chat.says("vi", f"/hms poll {verb}")).text.startswith("Only ")
