"""A command's form as a Slack view.

The block of an input is called as its field, so that Slack shows an error where it belongs.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.command.forms import Form, FormField, Sheet
from bot.command.kinds.base import Input
from bot.reply import Message, Reply, Term
from bot.request.request import Origin
from bot.slack.drawing import limits
from bot.slack.drawing.blocks import Element, context, plain_text
from bot.slack.drawing.limits import legible
from bot.slack.drawing.question_inputs import INPUT, QuestionInputs
from bot.slack.drawing.render import Renderer

NAME = "hms-bot"
FORM = "form"  # what our forms are called to Slack
ON = "on"
HOLDS = Term("This holds now. Left empty, it stays so.").words
OWN_WORDS = Term("Or in your own words").words
CHIP = "chip"  # what the choice beside a text is called within its block
MORE = "more"  # the button that shows every input
INSIDE = ("room", "template")  # in which other inputs search: Slack tells a search of no other input
CARRIED = 2500  # characters, of the 3000 that a view may remember
LAST = "last:"  # what a view is named with that takes away what lies beneath it when it is closed


@dataclass(frozen=True)
class FormViews:
    """Draws forms."""

    renderer: Renderer

    def waiting(self, title: str = NAME, *, name: str = "", last: bool = False) -> Element:
        """A view before what it will show is there: a trigger is good for three seconds only."""
        return self.page(Message(Reply("One moment…")), title=title, name=name, last=last)

    def page(
        self, message: Message, zone: str = "UTC", *, title: str = NAME, name: str = "", last: bool = False
    ) -> Element:
        """A view that says what a message would, its buttons too; ``name`` is how we find it.

        The ``last`` one takes away what lies beneath it when it is closed.
        """
        return {
            "type": "modal",
            **({"external_id": name} if name else {}),
            **({"clear_on_close": True} if last else {}),
            "title": plain_text(title, limits.FORM_TITLE),
            "close": plain_text(self.word("Close"), limits.FORM_TITLE),
            "blocks": self.renderer.read_in(zone).blocks(message)[: limits.VIEW_BLOCKS],
        }

    def view(self, form: Form, sheet: Sheet, problem: Reply | None, origin: Origin) -> Element:
        """A command's form with the inputs that the sheet shows; what else is known goes along unseen."""
        sheet = _carried(sheet)
        shown = [field for field in form.fields if field.name in sheet.shown]
        blocks = [
            *self._where(form, sheet),
            *(self.renderer.reply(problem, tables=False) if problem else ()),
            *(_steering(block, shown) for field in shown for block in self._blocks(field, sheet)),
            *(() if len(shown) == len(form.fields) else [self._more()]),
        ]
        return self._modal(form, sheet, origin, blocks, yes=self.word(form.button), no="Cancel")

    def preview(self, form: Form, sheet: Sheet, asked: Reply, origin: Origin, zone: str) -> Element | None:
        """What a filled form would do, laid over it: the yes is given here, and *Back* shows the form again.

        None where more was filled in than a view may remember.
        """
        sheet = replace(sheet, shown=())
        if _carried(sheet).shown:
            return None
        read_in = self.renderer.read_in(zone)
        blocks = read_in.blocks(Message(asked.below(), asked.first()))[: limits.VIEW_BLOCKS]
        yes = read_in.sentences.plain.within(limits.FORM_TITLE).sentence(asked, asked.button)
        return self._modal(form, sheet, origin, blocks, yes=yes, no="Back")

    def _modal(
        self, form: Form, sheet: Sheet, origin: Origin, blocks: Sequence[Element], *, yes: str, no: str
    ) -> Element:
        inside = {
            name: sheet.values[name] for name in INSIDE if name in sheet.shown and sheet.values.get(name)
        }
        known = {"values": dict(sheet.hidden), "labels": dict(sheet.labels)}
        known |= {"inside": inside} if inside else {}
        about = {"words": sheet.words, "channel": origin.channel, "thread": origin.thread, **known}
        return {
            "type": "modal",
            "callback_id": FORM,
            "private_metadata": json.dumps(about),
            "title": plain_text(self._title(form, sheet), limits.FORM_TITLE),
            "submit": plain_text(yes, limits.FORM_TITLE),
            "close": plain_text(self.word(no), limits.FORM_TITLE),
            "blocks": list(blocks),
        }

    def _title(self, form: Form, sheet: Sheet) -> str:
        """What it does, and to whom where that is known: a long name loses its end, and not its quotes."""
        whom = sheet.labels.get("person", "").partition(" · ")[0] if "person" in sheet.hidden else ""
        if not whom:
            return self.word(form.title)
        around = len(self.word(form.title)) + len(" “”")
        name = legible(whom, max(1, limits.FORM_TITLE - around))
        title = Reply("{what} “{whom}”", what=self.word(form.title), whom=name)
        return self.renderer.line(title)

    def _where(self, form: Form, sheet: Sheet) -> Iterator[Element]:
        """In which room it is, and to whom, or of which template, where no input says so."""
        about = {name: sheet.labels[name] for name in sheet.labels.keys() & sheet.hidden.keys()}
        asked = {field.name for field in form.fields} - sheet.hidden.keys() - set(sheet.shown)
        if "room" in about and "role" in sheet.hidden and "person" in asked:
            everybody = Reply(
                "In {room}, everybody with the role {role}.", room=about["room"], role=sheet.hidden["role"]
            )
            yield context(self.renderer.sentences.markup(everybody))
        elif "room" in about:
            yield context(self.renderer.sentences.markup(Reply("In {room}.", room=about["room"])))
        if "template" in about and "role" in sheet.hidden:
            of_role = Reply("{template}, role {role}.", template=about["template"], role=sheet.hidden["role"])
            yield context(self.renderer.sentences.markup(of_role))
        elif "template" in about:
            of = Reply("{template}.", template=about["template"])
            yield context(self.renderer.sentences.markup(of))

    def _more(self) -> Element:
        """The button that shows what else could be said."""
        label = plain_text(self.word("More…"), limits.BUTTON_TEXT)
        more = {"type": "button", "action_id": MORE, "text": label}
        return {"type": "actions", "block_id": MORE, "elements": [more]}

    def _blocks(self, field: FormField, sheet: Sheet) -> Iterator[Element]:
        """What asks for one field."""
        if field.input is Input.QUESTIONS:
            wrong = sheet.wrong.get(field.name)
            hint = self.word(field.hint) if not (field.required or field.name in sheet.holding) else ""
            said = self.renderer.line(wrong) if wrong else hint
            inputs = QuestionInputs(self.renderer, field.name, field.required)
            yield from inputs.blocks(sheet.values.get(field.name), said)
        else:
            yield from self._chips(field)
            yield self._input(field, sheet)

    def _chips(self, field: FormField) -> Iterator[Element]:
        """What is said most often, to be chosen in place of writing."""
        options = [self._option(self.word(chip.words)) for chip in field.chips]
        if options:
            radio = {"type": "radio_buttons", "action_id": CHIP, "options": options}
            text = plain_text(self.word(field.label), limits.LABEL)
            yield {"type": "section", "block_id": f"{CHIP}:{field.name}", "text": text, "accessory": radio}

    def _input(self, field: FormField, sheet: Sheet) -> Element:
        value, label = sheet.values.get(field.name), sheet.labels.get(field.name, "")
        block: Element = {
            "type": "input",
            "block_id": field.name,
            "label": plain_text(self.word(OWN_WORDS if field.chips else field.label), limits.LABEL),
            "optional": bool(field.chips) or (not field.required and field.name not in sheet.needed),
            "element": {"action_id": INPUT, **self._element(field, value, label)},
        }
        wrong = sheet.wrong.get(field.name)
        # What an empty input would mean is of no use beside a full one.
        hint = self.renderer.line(wrong) if wrong else self.word("" if label else self._beneath(field))
        if field.name in sheet.holding:
            hint = self._holds(field)
        return block | ({"hint": plain_text(hint, limits.LABEL)} if hint else {})

    def _beneath(self, field: FormField) -> str:
        """What a field is about, unless a tick in it says so."""
        return "" if field.input is Input.TICK and self._is_ticked_whole(field) else field.hint

    def _is_ticked_whole(self, field: FormField) -> bool:
        """Whether what a field is about stands beside its tick: Slack has little room there."""
        return 0 < len(self.word(field.hint)) <= limits.OPTION_TEXT

    def _holds(self, field: FormField) -> str:
        """What a filled field is about, and that this is so already."""
        about, holds = self._beneath(field), self.word(HOLDS)
        if not about:
            return holds
        return self.renderer.line(Reply("{what}. {holds}", what=self.word(about), holds=holds))

    def _element(self, field: FormField, value: Any, label: str = "") -> Element:
        match field.input:
            case Input.SEARCH | Input.SEVERAL:
                return self._searched(field, value, label)
            case Input.CHOICE:
                options = [self._choice(field, choice) for choice in field.choices[: limits.OPTIONS]]
                chosen = self._choice(field, value if value in field.choices else "")
                return _chosen({"type": "static_select", "options": options}, chosen)
            case Input.TICK:
                said = field.hint if self._is_ticked_whole(field) else field.label
                option = self._option(ON, self.word(said))
                ticked = {"initial_options": [option]} if value else {}
                return {"type": "checkboxes", "options": [option], **ticked}
            case Input.USER:
                chosen = {"initial_user": _user(value)} if value else {}
                return {"type": "users_select", **chosen}
            case Input.MOMENT if not value or _instant(value):
                picked = {"initial_date_time": _instant(value)} if value else {}
                return {"type": "datetimepicker", **picked}
        return _text(field, value)

    def _searched(self, field: FormField, value: Any, label: str) -> Element:
        """A menu that asks for its options while somebody types; a single one is called by its label."""
        if field.input is Input.SEARCH:
            return _chosen({"type": "external_select", "min_query_length": 0}, self._option(value, label))
        chosen = [self._option(one) for one in value or ()]
        options = {"initial_options": chosen} if chosen else {}
        return {"type": "multi_external_select", "min_query_length": 0, **options}

    def _choice(self, field: FormField, value: Any) -> Element | None:
        called = field.called.get(str(value))
        return self._option(value, self.renderer.sentences.said(called) if called else "")

    def _option(self, value: Any, label: str = "") -> Element | None:
        if not value:
            return None
        text = plain_text(label or str(value), limits.OPTION_TEXT)
        return {"text": text, "value": str(value)[: limits.OPTION_VALUE]}

    def word(self, text: str) -> str:
        """One of our own words, as it is said here."""
        return self.renderer.sentences.label(text)


def _steering(block: Element, shown: Sequence[FormField]) -> Element:
    """An input; one in which others search is told of as soon as something is chosen there."""
    searched = sum(field.input.is_searched for field in shown)
    steers = block.get("block_id") in INSIDE and searched > 1
    return block | ({"dispatch_action": True} if steers else {})


def _carried(sheet: Sheet) -> Sheet:
    """The same with an input for what is too long to go along unseen."""
    held = json.dumps([dict(sheet.hidden), dict(sheet.labels)])
    if len(held) <= CARRIED:
        return sheet
    return replace(sheet, shown=(*sheet.shown, *sheet.hidden), labels={})


def _chosen(element: Element, option: Element | None) -> Element:
    return element | ({"initial_option": option} if option else {})


def _text(field: FormField, value: Any) -> Element:
    lines = "\n".join(value) if isinstance(value, list | tuple) else str(value or "")
    written = {"initial_value": lines[: limits.INPUT_TEXT]} if lines else {}
    return {"type": "plain_text_input", "multiline": field.input in {Input.PARAGRAPH, Input.LINES}, **written}


def _user(mention: str) -> str:
    return mention.strip("<@>").partition("|")[0]


def _instant(value: Any) -> int | None:
    """The moment a value names by itself, in seconds; None for words such as ``tomorrow 09:00``."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return int(moment.timestamp()) if moment.tzinfo else None
