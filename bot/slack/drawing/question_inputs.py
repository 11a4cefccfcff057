"""Questions as inputs of a form: one for each text, and what adds, moves and takes out below each question.

A block is called by the keys of its question and its option and not by its place: Slack keeps what is typed
with the name of a block, wherever it stands when the form is drawn anew.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from bot.command.drafts import OPTIONS, DraftOption, DraftQuestion, Questions, Way, begun
from bot.reply import Reply, Term
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import Element, context, plain_text
from bot.slack.drawing.render import Renderer

INPUT = "value"  # what every input is called within its block
PRESS = "question"  # what begins the name of a button, or a menu, that changes the questions
DRAW = "draw"  # a change of nothing but what is shown
_PLACE = re.compile(r"[^/]+/(?P<keys>\d{1,9}\.\d{1,9})/(?P<part>text|way|word|right.*|o\d{1,9})")
_NUMBER = re.compile(r"\d{1,9}")
WAYS: dict[Way, str] = {
    "one": Term("One option is chosen").words,
    "several": Term("Several may be chosen").words,
    "words": Term("Answered in own words").words,
}


@dataclass(frozen=True)
class QuestionInputs:
    """Draws the questions of one field of a form."""

    renderer: Renderer
    field: str
    needed: bool = False  # so that the first question cannot stay empty

    def blocks(self, held: Sequence[Mapping[str, Any]] | None, said: str = "") -> Iterator[Element]:
        """A form's questions; where there are none so far, an empty one. ``said`` stands above them."""
        asked = held_as(held).asked or begun().asked
        if said:
            yield context(self.renderer.sentences.markup(Reply("{said}", said=said)))
        for number, one in enumerate(asked, start=1):
            if number > 1:
                yield {"type": "divider", "block_id": f"{self.field}/{one.key}/above"}
            yield from self._question(number, one, asked)
        yield self._row(f"{self.field}//add", [self._button("Add a question", "add")])

    def _question(self, number: int, one: DraftQuestion, asked: Sequence[DraftQuestion]) -> Iterator[Element]:
        at = f"{self.field}/{one.key}.{one.was}"
        text = self._text(f"{at}/text", Reply("Question {number}", number=number), one.text)
        yield text | {"optional": number > 1 or not self.needed}
        yield self._way(f"{at}/way", one)
        for place, option in enumerate(one.offered, start=1):
            label = Reply("Question {number}, option {place}", number=number, place=place)
            yield self._text(f"{at}/o{option.key}", label, option.text)
        if one.way == "words":
            yield self._text(f"{at}/word", Reply("What is right, in a quiz"), one.word)
        elif one.options:
            yield self._right(at, one)
        yield self._row(f"{at}/acts{_mark(asked)}", [*self._adding(one), *self._changing(number, one, asked)])

    def _text(self, name: str, label: Reply, text: str) -> Element:
        written = {"initial_value": text[: limits.INPUT_TEXT]} if text else {}
        return self._input(name, label, {"type": "plain_text_input", **written})

    def _way(self, name: str, one: DraftQuestion) -> Element:
        options = {
            way: self._option(self.renderer.sentences.label(label), way) for way, label in WAYS.items()
        }
        chosen = {"options": list(options.values()), "initial_option": options[one.way]}
        asked = self._input(name, Reply("How it is answered"), {"type": "static_select", **chosen})
        return asked | {"optional": False, "dispatch_action": True}

    def _right(self, at: str, one: DraftQuestion) -> Element:
        """What is right, by what the options say so far: with other words it is another input to Slack."""
        labels = [self._label(place, option) for place, option in enumerate(one.options[:OPTIONS], start=1)]
        options = [self._option(label, str(key.key)) for label, key in zip(labels, one.options, strict=False)]
        ticked = [each for each, option in zip(options, one.options, strict=False) if option.right]
        boxes = {"type": "checkboxes", "options": options} | ({"initial_options": ticked} if ticked else {})
        return self._input(f"{at}/right{_mark(one.options)}", Reply("What is right, in a quiz"), boxes)

    def _label(self, place: int, option: DraftOption) -> str:
        if option.text.strip():
            return self.renderer.line(Reply("{place}. {text}", place=place, text=option.text))
        return self.renderer.line(Reply("Option {place}", place=place))

    def _adding(self, one: DraftQuestion) -> Iterator[Element]:
        if one.way != "words" and len(one.options) < OPTIONS:
            yield self._button("Add an option", f"more {one.key}")

    def _changing(self, number: int, one: DraftQuestion, asked: Sequence[DraftQuestion]) -> Iterator[Element]:
        """A menu of what else can be done to a question and its options."""
        options = [self._option(self.renderer.line(said), change) for said, change in _changes(one, asked)]
        if options:
            hint = Reply("Change question {number}…", number=number)
            placeholder = plain_text(self.renderer.line(hint), limits.OPTION_TEXT)
            about = {"options": options[: limits.OPTIONS], "placeholder": placeholder}
            yield {"type": "static_select", "action_id": f"{PRESS}:change", **about}

    def _input(self, name: str, label: Reply, element: Element) -> Element:
        shown = plain_text(self.renderer.line(label), limits.LABEL)
        element = {"action_id": INPUT, **element}
        return {"type": "input", "block_id": name, "label": shown, "optional": True, "element": element}

    def _button(self, label: str, change: str) -> Element:
        text = plain_text(self.renderer.sentences.label(label), limits.BUTTON_TEXT)
        verb = change.partition(" ")[0]
        return {"type": "button", "action_id": f"{PRESS}:{verb}", "text": text, "value": change}

    def _row(self, name: str, elements: Sequence[Element]) -> Element:
        return {"type": "actions", "block_id": name, "elements": list(elements)}

    def _option(self, label: str, value: str) -> Element:
        return {"text": plain_text(label, limits.OPTION_TEXT), "value": value}


def field_of(block_id: str) -> str:
    """The field of a form that a block belongs to."""
    return block_id.partition("/")[0]


def change_of(pressed: Mapping[str, Any]) -> str:
    """How what was pressed in a form changes its questions; empty where it is nothing of theirs."""
    if str(pressed["action_id"]).startswith(f"{PRESS}:"):
        return str((pressed.get("selected_option") or pressed).get("value") or DRAW)
    return DRAW if str(pressed.get("block_id", "")).endswith("/way") else ""


def read(field: str, view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The questions of an open form in the order in which they stand there, with all that is empty yet.

    What is no answer that we offered is none.
    """
    state, found = view["state"]["values"], dict[str, dict[str, Any]]()
    for block in view["blocks"]:
        name = block["block_id"]
        place = _PLACE.fullmatch(name) if block["type"] == "input" and field_of(name) == field else None
        if place:
            question = found.setdefault(place["keys"], _begun(place["keys"]))
            _put(question, place["part"], state.get(name, {}).get(INPUT, {}))
    return [DraftQuestion.model_validate(_ticked(one)).model_dump(mode="json") for one in found.values()]


def held_as(held: Sequence[Mapping[str, Any]] | None) -> Questions:
    """Questions of what a form holds."""
    return Questions(asked=tuple(DraftQuestion.model_validate(one) for one in held or ()))


def _begun(keys: str) -> dict[str, Any]:
    key, _, was = keys.partition(".")
    return {"key": int(key), "was": int(was), "options": [], "right": []}


def _put(question: dict[str, Any], part: str, report: Mapping[str, Any]) -> None:
    """One input of a question, as Slack reports it."""
    if part == "way":
        way = (report.get("selected_option") or {}).get("value")
        question["way"] = way if way in WAYS else "one"
    elif part.startswith("right"):
        ticked = [one["value"] for one in report.get("selected_options") or ()]
        question["right"] = [int(number) for number in ticked if _NUMBER.fullmatch(number)]
    elif part in {"text", "word"}:
        question[part] = report.get("value") or ""
    else:
        question["options"].append({"key": int(part.removeprefix("o")), "text": report.get("value") or ""})


def _ticked(question: dict[str, Any]) -> dict[str, Any]:
    right = question.pop("right")
    options = [option | {"right": option["key"] in right} for option in question["options"]]
    return question | {"options": options}


def _changes(one: DraftQuestion, asked: Sequence[DraftQuestion]) -> Iterator[tuple[Reply, str]]:
    """What can be done to a question beside adding to it, and how that is asked for."""
    for place, option in enumerate(one.offered, start=1):
        if place > 1:
            yield Reply("Move option {place} up", place=place), f"up {one.key} {option.key}"
        yield Reply("Take option {place} out", place=place), f"drop {one.key} {option.key}"
    if one.key != asked[0].key:
        yield Reply("Move the question up"), f"up {one.key}"
    if len(asked) > 1:
        yield Reply("Take the question out"), f"drop {one.key}"


def _mark(several: Iterable[DraftQuestion] | Iterable[DraftOption]) -> str:
    """What is another as soon as these stand otherwise, or say something else."""
    said = repr([(one.key, one.text, getattr(one, "options", ())) for one in several])
    return f".{crc32(said.encode()):08x}"
