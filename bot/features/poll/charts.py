"""What was answered as people read it: a chart a question with its words, a table of scores, a file."""

from collections.abc import Iterator, Sequence
from typing import Any

from bot.command import PersonRef
from bot.features.poll import finding
from bot.features.poll.answers import Answered, GivenAnswer, Tally, totals
from bot.hms import Poll, Question
from bot.reply import Chart, Counted, DataSeries, File, Name, Reply, Table, Term, spreadsheet

WORDS = 20  # answers in own words that are shown of one question; the file has all
SCORED = 20  # people in the table of a quiz


def head(answered: Answered) -> Reply:
    """Of which poll it is, how it stands, and how many took part."""
    about: dict[str, Any] = {"poll": finding.ref(answered.poll), "people": _people(answered.people)}
    run = answered.run
    if run is None:
        return Reply("{poll}, in all its sessions: {people} answered.", **about)
    if run.stopped_at is None:
        return Reply("{poll} runs now: {people} answered so far.", **about)
    if run.started_at is None:
        return Reply("{poll} is over: {people} answered.", **about)
    return Reply("{poll} began {began} and is over: {people} answered.", began=run.started_at, **about)


def question(tally: Tally, *, quiz: bool) -> Reply:
    """One question with what was answered to it, as a picture where it was chosen."""
    about: dict[str, Any] = {
        "number": tally.number,
        "question": Name(tally.question.text),
        "people": _people(tally.people),
    }
    if tally.question.options:
        return Reply("\n{number}. {question} ({people})", chart=_chart(tally, quiz=quiz), **about)
    return Reply("\n{number}. {question} ({people})", table=_words(tally), **about)


def scores(answered: Answered) -> Reply:
    """Who got how much in a quiz; of an anonymous one only what they got together."""
    got = sum(one.points for one in answered.scores)
    most = sum(_worth(one) for one in answered.poll.questions)
    if answered.poll.anonymous:
        average = got / answered.people if answered.people else 0
        return Reply("\nPoints on average: {points} of {most}.", points=_figure(average), most=_figure(most))
    several = totals(answered.scores)
    rows = tuple((person, _figure(points)) for person, points in several[:SCORED])
    table = Table(("Person", "Points"), rows) if rows else None
    if len(several) > SCORED:
        return Reply(
            "\nPoints of the {number} best, of {most}.", number=SCORED, most=_figure(most), table=table
        )
    return Reply("\nPoints, of {most}.", most=_figure(most), table=table)


def answers(poll: Poll, given: Sequence[GivenAnswer]) -> Table:
    """Single answers; of an anonymous poll without whoever gave them, and without when."""
    if poll.anonymous:
        return Table(("Question", "Answer"), tuple((one.question, _answer(poll, one)) for one in given))
    rows = tuple((one.question, _answer(poll, one), *_by(one)) for one in given)
    return Table(("Question", "Answer", "Who", "When"), rows)


def tallied(answered: Answered, several: Sequence[Tally]) -> File:
    """The counts as a file."""
    rows = [row for tally in several for row in _counts(tally)]
    return spreadsheet(
        _file(answered.poll), "Results of {poll}", ("question", "answer", "votes", "right"), rows
    )


def listed(answered: Answered) -> File:
    """The single answers as a file, with no more of whoever gave them than the poll allows."""
    poll = answered.poll
    headings = ("question", "answer") if poll.anonymous else ("question", "answer", "name", "user_id", "at")
    rows = [_line(poll, one) for one in answered.given]
    return spreadsheet(_file(poll), "Answers to {poll}", headings, rows)


def _chart(tally: Tally, *, quiz: bool) -> Chart:
    options = tally.question.options
    categories = tuple(one.text or str(number) for number, one in enumerate(options, start=1))
    figures = tuple(map(float, tally.votes))
    words = tuple(_said(tally, place, quiz=quiz) for place in range(len(options)))
    series = (DataSeries(Term("Votes"), figures),)
    return Chart("{number}. {question}", "bar", categories, series, words, unit="Votes")


def _said(tally: Tally, place: int, *, quiz: bool) -> tuple[Any, ...]:
    """The twin of one bar: the option, its votes, and in a quiz whether it is right."""
    option, votes = tally.question.options[place], tally.votes[place]
    right = quiz and (option.index or place + 1) in tally.right
    said = (option.text or str(place + 1), Counted(votes, "vote", "votes"))
    return (*said, Term("right")) if right else said


def _words(tally: Tally) -> Table | None:
    rows = tuple((text, times) for text, times in list(tally.words.items())[:WORDS])
    return Table(("Answer", "Times"), rows) if rows else None


def _counts(tally: Tally) -> Iterator[tuple[object, ...]]:
    for number, option in enumerate(tally.question.options, start=1):
        right = "yes" if (option.index or number) in tally.right else ""
        yield tally.number, option.text, tally.votes[number - 1], right
    yield from ((tally.number, text, times, "") for text, times in tally.words.items())


def _line(poll: Poll, one: GivenAnswer) -> tuple[object, ...]:
    said = " | ".join(map(str, _answered(poll, one)))
    if poll.anonymous:
        return one.question, said
    who = one.who or PersonRef()
    return one.question, said, who.name, who.user_id or who.peer_id, one.at.isoformat() if one.at else ""


def _answer(poll: Poll, one: GivenAnswer) -> Any:
    if one.skipped:
        return Term("skipped")
    return tuple(_answered(poll, one))


def _answered(poll: Poll, one: GivenAnswer) -> list[str]:
    """What was chosen, as it is written; an option that is there no more by its number."""
    if one.text or one.skipped:
        return [one.text]
    asked = next((each for each in poll.questions if each.index == one.question), Question())
    known = {each.index: each.text for each in asked.options}
    return [known.get(index, str(index)) for index in one.chosen]


def _by(one: GivenAnswer) -> tuple[Any, Any]:
    return one.who or Term("not said"), one.at or ""


def _worth(question: Question) -> float:
    if question.answer is None:
        return 0
    return 1 if question.weight is None else question.weight


def _people(number: int) -> Counted:
    return Counted(number, "person", "people")


def _figure(value: float) -> str:
    return f"{value:.3g}"


def _file(poll: Poll) -> str:
    """A file's name that every system takes."""
    title = finding.ref(poll).shown
    kept = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in title)
    return f"poll-{kept.strip('-')[:40] or poll.id}"
