"""What a command is, and everything derived from its one declaration."""

from bot.command.arguments import Carried, Chips, Option, Or, Positional, Shorthand
from bot.command.base import Command, Context
from bot.command.drafts import DraftQuestion, Questions
from bot.command.errors import Ambiguous, Incomplete, Unreadable
from bot.command.forms import BadFields, Form, FormField, form, from_form, to_form
from bot.command.inner import InnerLine
from bot.command.kinds.cadence import Cadence
from bot.command.kinds.day import LocalDate
from bot.command.kinds.days import Days
from bot.command.kinds.hours import Hours
from bot.command.kinds.length import Duration
from bot.command.kinds.moment import OpeningTime, Time
from bot.command.kinds.named import NewTemplateRole, RoleName, TargetName, TemplateRole, TrunkName
from bot.command.kinds.room import EVERY, RoomOrEvery
from bot.command.kinds.telephone import TelephoneNumber
from bot.command.kinds.template import TemplateRef
from bot.command.kinds.text import Reason, Rest, Sentence
from bot.command.kinds.took_part import TookPart
from bot.command.kinds.user import UserRef
from bot.command.kinds.warnings import Warnings
from bot.command.kinds.zone import ZoneName
from bot.command.line.loosely import Pasted, at_first, besides, understood
from bot.command.line.reader import Line, read
from bot.command.line.suggesting import asked_back, suggested
from bot.command.line.writer import write
from bot.command.pages import document, help_page, usage
from bot.command.ports import Names
from bot.command.references import PersonRef, PollRef, RoomRef
from bot.command.registry import Registry
from bot.command.tokens import unescape
from bot.command.vault import Sealed, Vault
from bot.people import Level, Yes
from bot.work.links import without_keys

__all__ = [
    "EVERY",
    "Ambiguous",
    "BadFields",
    "Cadence",
    "Carried",
    "Chips",
    "Command",
    "Context",
    "Days",
    "DraftQuestion",
    "Duration",
    "Form",
    "FormField",
    "Hours",
    "Incomplete",
    "InnerLine",
    "Level",
    "Line",
    "LocalDate",
    "Names",
    "NewTemplateRole",
    "OpeningTime",
    "Option",
    "Or",
    "Pasted",
    "PersonRef",
    "PollRef",
    "Positional",
    "Questions",
    "Reason",
    "Registry",
    "Rest",
    "RoleName",
    "RoomOrEvery",
    "RoomRef",
    "Sealed",
    "Sentence",
    "Shorthand",
    "TargetName",
    "TelephoneNumber",
    "TemplateRef",
    "TemplateRole",
    "Time",
    "TookPart",
    "TrunkName",
    "Unreadable",
    "UserRef",
    "Vault",
    "Warnings",
    "Yes",
    "ZoneName",
    "asked_back",
    "at_first",
    "besides",
    "document",
    "form",
    "from_form",
    "help_page",
    "read",
    "suggested",
    "to_form",
    "understood",
    "unescape",
    "usage",
    "without_keys",
    "write",
]
