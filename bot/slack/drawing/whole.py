"""What a message has no room for goes with it as a file: tables for a spreadsheet, other words as text."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.reply import Day, File, Message, Name, Reply, Table, Term, TimeOfDay, flow, plain, spreadsheet
from bot.slack.drawing.render import Drawn, Renderer
from bot.slack.drawing.sentences import Sentences
from bot.slack.drawing.tables import Tables

ALL = "All of it"


def whole(message: Message, renderer: Renderer) -> tuple[Message, Drawn]:
    """An answer with all of what it shows the beginning of alone, where the command brought no file itself.

    And how it is drawn, once where it is short. What lets somebody in is in no file: a command that says such
    things turns pages.
    """
    body, fits = renderer.drawn(message)
    if message.fleeting or message.reply.files():
        return message, body
    tabled = _with_sheets(message, renderer.sentences)
    if fits and tabled is message:
        return message, body
    full = tabled if renderer.drawn(tabled)[1] else _with_text(tabled, renderer)
    return full, renderer.body(full)


def _with_sheets(message: Message, sentences: Sentences) -> Message:
    """The same with each table that is longer than what is shown of it as a file."""
    first, *others = said = [_with_sheet(one, sentences) for one in message.reply.sentences()]
    return replace(message, reply=sum(others, start=first)) if any(one.file for one in said) else message


def _with_sheet(sentence: Reply, sentences: Sentences) -> Reply:
    """A sentence whose table is longer than what is shown of it, with the table as a file."""
    if sentence.table is None or Tables(sentences).fits(sentence.table):
        return sentence
    return sentence.with_file(_sheet(sentence, sentence.table, sentences))


def _sheet(sentence: Reply, table: Table, sentences: Sentences) -> File:
    name = sentences.plain.sentence(sentence, table.caption or ALL)
    headings, *rows = ([_cell(cell, sentences) for cell in line] for line in table.lines)
    return spreadsheet(_file_name(name), table.caption or ALL, map(str, headings), rows)


def _cell(cell: Any, sentences: Sentences) -> object:
    """One cell: moments in UTC, in a form that sorts; figures as they are."""
    match cell:
        case datetime():
            return cell.astimezone(UTC).isoformat()
        case Day() | TimeOfDay():
            return cell.at.astimezone(UTC).isoformat()
        case int():
            return cell
    own = cell.words if isinstance(cell, Name) and not isinstance(cell, Term) else plain(cell)
    return sentences.catalogue.said(own, sentences.plain.say)


def _with_text(message: Message, renderer: Renderer) -> Message:
    """The same where Slack takes fewer words or lines in a message, with all of them as a file."""
    content = flow(_words(message, renderer.sentences)).strip("\n") + "\n"
    file = File("all.txt", content, ALL)
    more = Reply(
        "All of it is in {name}: a message has no room for more than this.", name=file.name, file=file
    )
    return replace(message, reply=more + Reply("\n") + message.reply)


def _words(message: Message, sentences: Sentences) -> Iterator[str]:
    for sentence in message.reply.sentences():
        yield sentences.plain.sentence(sentence)
        yield from map(sentences.plain.sentence, sentence.charted())
        if sentence.table and not sentence.file:
            yield from map(sentences.plain.sentence, Tables(sentences).lines(sentence.table).sentences())
    for row in message.rows:
        yield "\n" + sentences.plain.text(row.said).strip("\n")


def _file_name(words: str) -> str:
    """Words as the name of a file, which some machines want without signs."""
    return "-".join("".join(sign if sign.isalnum() else " " for sign in words).split()).lower()
