"""What happens when Slack tells us something: one listener for each kind of payload."""

import re
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import structlog

from bot.command.tokens import unescape
from bot.dispatch import intake
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.excuses import confess
from bot.features.room.book import RoomBook
from bot.features.subscription.book import Subscriptions
from bot.people import Level
from bot.reply import Message, Reply
from bot.slack import DOOR
from bot.slack.connect import Identity
from bot.slack.drawing.form_views import MORE
from bot.slack.drawing.question_inputs import INPUT, change_of
from bot.slack.inbound import payloads
from bot.slack.inbound.acks import Answer, Observe, OneAck
from bot.slack.inbound.form_door import FormDoor
from bot.slack.inbound.lateness import Lateness
from bot.slack.inbound.payloads import DELIVERED, MISFIT, SENT, Body, Payload, moment
from bot.slack.inbound.typed import named, signs
from bot.slack.outbound.homes import Homes
from bot.slack.outbound.lost_posts import AGAIN, LostPosts
from bot.slack.outbound.voice import SlackVoice
from bot.slack.remembered import Remembered
from bot.text import storable
from bot.work import Trouble, Troubles
from bot.work.tasks import Tasks

if TYPE_CHECKING:
    from slack_bolt.async_app import AsyncAck

log = structlog.get_logger()

REPEATED = timedelta(minutes=10)  # Slack repeats an event at once, after a minute and after five
MOST_HEARD = 10_000
Listener = Callable[[Payload, OneAck], Awaitable[None]]
# What an event has that is no line which somebody typed just now.
_NOT_TYPED = {"bot_id", "edited", "subtype"}
UNREADABLE = Reply("Slack told me this in a way that I cannot read, so nothing was done. Tell an admin.")
FOREIGN = "This hms-bot serves another workspace, so nothing was done here."


@dataclass(frozen=True)
class Listeners:
    """Reads a payload, refuses strangers and hands it over; what follows the ack runs as a task."""

    identity: Identity
    dispatcher: Dispatcher
    voice: SlackVoice
    forms: FormDoor
    homes: Homes
    lost: LostPosts
    tasks: Tasks
    observe: Observe
    lateness: Lateness
    troubles: Troubles
    heard: Remembered[bool]

    # One method for each kind of payload; Bolt fills the arguments in by name.

    async def command(self, ack: "AsyncAck", body: Body, context: Body) -> None:
        """A slash command."""
        await self._guarded("command", payloads.command, self._command, ack, body, context)

    async def action(self, ack: "AsyncAck", body: Body, context: Body) -> None:
        """A click."""
        await self._guarded("action", payloads.action, self._action, ack, body, context)

    async def suggestion(self, ack: "AsyncAck", body: Body, context: Body) -> None:
        """Somebody opens or types into a menu of ours."""
        await self._guarded("options", payloads.suggestion, self.forms.suggest, ack, body, context)

    async def submission(self, ack: "AsyncAck", body: Body, context: Body) -> None:
        """A form handed in."""
        await self._guarded("form", payloads.submission, self.forms.submit, ack, body, context)

    async def event(self, ack: "AsyncAck", body: Body, context: Body) -> None:
        """A mention, a direct message, or somebody who looks at Home."""
        await self._guarded("event", payloads.event, self._event, ack, body, context)

    async def _command(self, payload: Payload, ack: OneAck) -> None:
        line = await self._typed(payload.body.get("text", ""))
        late = partial(self.lateness.given_up, payload.sent)
        await intake.submit(self.dispatcher, line, payload.who, payload.origin, ack, late)

    async def _action(self, payload: Payload, ack: OneAck) -> None:
        pressed = payload.body["actions"][0]
        if self.forms.offers(pressed):
            await ack()
            self._goes_on(payload, self.forms.reopen(payload, pressed.get("value") or ""))
        elif change := change_of(pressed):
            await ack()
            self._goes_on(payload, self.forms.reshape(payload, change))
        elif pressed["action_id"] == MORE:
            await ack()
            self._goes_on(payload, self.forms.widen(payload))
        elif pressed["action_id"] == INPUT:
            await ack()
            self._goes_on(payload, self.forms.steer(payload))
        elif pressed["action_id"].startswith(f"{AGAIN}:"):
            await self.lost.again(pressed.get("value") or "")
            await ack()
        elif pressed["type"] in {"button", "overflow"}:
            late = partial(self.lateness.given_up, payload.sent)
            value = (pressed.get("selected_option") or pressed).get("value") or ""
            origin = self.forms.answering(payload.origin, value)
            await intake.click(self.dispatcher, value, payload.who, origin, ack, late)
        else:
            await ack()

    def _goes_on(self, payload: Payload, work: Coroutine[Any, Any, None]) -> None:
        """Let what follows an ack end in an answer too, whatever happens in it."""

        async def answered() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001 -- an answer always comes
                said = Message(confess(error, door=DOOR, kind="action"), failed=True)
                await self.voice.answer(payload.origin, payload.who, said)

        self.tasks.spawn(answered())

    async def _event(self, payload: Payload, ack: OneAck) -> None:
        if self.heard.get(payload.origin.key):
            await ack()  # a read answers as often as it is asked; Slack believes lost what it repeats
            return
        self.heard.put(payload.origin.key, value=True)
        happened = payload.body["event"]
        match happened["type"]:
            case "app_mention" | "message" if self._is_said_to_us(happened):
                line = await self._typed(self._without_mention(happened.get("text", "")))
                late = partial(self.lateness.is_old, payload.sent)
                await intake.submit(self.dispatcher, line, payload.who, payload.origin, ack, late)
            case "app_home_opened" if happened.get("tab") == "home":
                await ack()
                self.tasks.spawn(self.homes.opened(payload.who))
            case "tokens_revoked" | "app_uninstalled":
                self.troubles.noticed(Trouble.TOKEN, happened["type"])
                await ack()
            case "channel_id_changed":
                async with self.dispatcher.db.write() as tx:
                    old, new = happened["old_channel_id"], happened["new_channel_id"]
                    await self.dispatcher.books[RoomBook].renumber(tx, old, new)
                    await self.dispatcher.books[Subscriptions].renumber(tx, old, new)
                await ack()
            case _:
                await ack()

    def _is_said_to_us(self, happened: Body) -> bool:
        """Whether somebody typed this just now for the bot to read: its own posts and edits come too."""
        if not happened.get("user") or _NOT_TYPED & happened.keys():
            return False
        return happened["type"] == "app_mention" or self._is_direct(happened)

    def _is_direct(self, happened: Body) -> bool:
        """Whether it is a direct message; in a thread of ours people talk about it, unless they name us."""
        us, thread = self.identity.user, happened.get("thread_ts")
        aside = (
            thread and happened.get("parent_user_id", us) == us and f"<@{us}" not in happened.get("text", "")
        )
        return happened.get("channel_type") == "im" and happened["user"] != us and not aside

    async def _typed(self, text: str) -> str:
        """A line as it was typed, whatever Slack made of it."""
        return unescape(signs(await named(text, self.voice.actor)))

    def _without_mention(self, text: str) -> str:
        """What is said to us; what stands before our name is, where it begins with a command."""
        us = rf"<@{re.escape(self.identity.user)}(?:\|[^<>]*)?>"
        before, *behind = re.split(us, text, maxsplit=1)
        said = "".join(behind).strip()
        named = self.dispatcher.registry.find("".join(before.split()[:1]).strip(",.!"))
        is_greeting = named is None or named[1].level is Level.ANYBODY  # hey, hi: they mean help when alone
        return said if said and before.strip() and is_greeting else f"{before}{said}".strip()

    async def _guarded(
        self,
        kind: str,
        read: Callable[[Body], Payload],
        listener: Listener,
        bolt: "AsyncAck",
        body: Body,
        context: Body,
    ) -> None:
        """Run a listener so that it is acked once and answered whatever happens in it."""
        ack = OneAck(kind, bolt, self.observe, self._answer(kind, body), context[DELIVERED])
        payload: Payload | None = None
        if wrong := context[MISFIT]:
            log.warning("what Slack told is not as its pages say: nothing was done", kind=kind, where=wrong)
            await ack(UNREADABLE)
            return
        try:
            payload = read(storable(body))
            if payload.sent is None:  # a click says when it was made; for the rest it is when Slack called
                payload = replace(payload, sent=moment(context.get(SENT)))
            if payload.teams and self.identity.team not in payload.teams:
                await ack(Reply(FOREIGN))
            else:
                await listener(payload, ack)
        except Exception as error:  # noqa: BLE001 -- an exception that leaves a listener throws its ack away
            await ack(confess(error, door=DOOR, kind=kind))
        if ack.left and payload:
            self.tasks.spawn(self.voice.answer(payload.origin, payload.who, Message(ack.left)))

    def _answer(self, kind: str, body: Body) -> Answer | None:
        """How a sentence goes with the ack; a click and an event have no place for one."""
        if kind == "command":
            return lambda reply: {"response_type": "ephemeral", **self.voice.body(Message(reply))}
        if kind == "form":
            return partial(self.forms.keeping, body["view"])
        return None
