"""What the installed app may do in the workspace."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sandbox.slack.blocks import checked_message, checked_view, refuse_unknown
from sandbox.slack.conversations import Channel, Directory
from sandbox.slack.files import File
from sandbox.slack.installation import Installation
from sandbox.slack.messages import Message, Messages
from sandbox.slack.refusal import Refusal
from sandbox.slack.switches import Switches
from sandbox.slack.tickets import ResponseUrl, ResponseUrls, Triggers
from sandbox.slack.uploads import Uploads
from sandbox.slack.views import View, Views

Json = Mapping[str, Any]
TEXT = 40_000
EDITED_TEXT = 4_000
ANSWER = frozenset(
    {
        "text",
        "blocks",
        "response_type",
        "replace_original",
        "delete_original",
        "thread_ts",
        "unfurl_links",
        "unfurl_media",
    }
)


@dataclass(frozen=True)
class App:
    """The verbs of the app; each refuses as Slack's Web API does."""

    installation: Installation
    directory: Directory
    messages: Messages
    views: Views
    triggers: Triggers
    response_urls: ResponseUrls
    uploads: Uploads
    switches: Switches

    def posts(
        self, channel: str, text: str = "", blocks: Sequence[Json] = (), *, thread_ts: str | None = None
    ) -> Message:
        """Post into a channel the bot is in, or to a person (``U…``) as direct message."""
        place = self.place(channel)
        if thread_ts is not None:
            self.messages.find(place.id, thread_ts)
        return self._say(place, text, blocks, thread_ts=thread_ts)

    def whispers(
        self,
        channel: str,
        person: str,
        text: str = "",
        blocks: Sequence[Json] = (),
        *,
        thread_ts: str | None = None,
    ) -> Message:
        """Post what only one member of a channel sees."""
        place = self.place(channel)
        if self.directory.person(person).id not in place.members:
            raise Refusal("user_not_in_channel")
        return self._say(place, text, blocks, thread_ts=thread_ts, only_for=person)

    def edits(self, channel: str, ts: str, text: str = "", blocks: Sequence[Json] = ()) -> Message:
        """Change one of the bot's own messages; an ephemeral one cannot be found this way."""
        message = self._own(channel, ts, "cant_update_message")
        return self.messages.edit(message, text, self._content(text, blocks, limit=EDITED_TEXT))

    def deletes(self, channel: str, ts: str) -> None:
        """Take one of the bot's own messages away."""
        self.messages.remove(self._own(channel, ts, "cant_delete_message"))

    def opens(self, trigger_id: str, view: object) -> View:
        """Show a form to whoever has just done something."""
        body = checked_view(view, expected="modal")
        return self.views.open(self.triggers.spend(trigger_id).person, body)

    def pushes(self, trigger_id: str, view: object) -> View:
        """Lay a form over the one in which somebody has just done something."""
        body = checked_view(view, expected="modal")
        trigger = self.triggers.spend(trigger_id)
        if trigger.view_id is None:
            raise Refusal("invalid_trigger_id")
        return self.views.push(trigger.person, body)

    def updates(
        self, view: object, *, view_id: str = "", external_id: str = "", expected: str | None = None
    ) -> View:
        """Change what an open form shows."""
        shown = self.views.find(view_id, external_id=external_id)
        body = self._view(view, expected=shown.body["type"])
        return self.views.update(shown, body, expected=expected)

    def publishes(self, person: str, view: object, *, expected: str | None = None) -> View:
        """Show somebody the app's Home."""
        body = self._view(view, expected="home")
        return self.views.publish(self.directory.person(person).id, body, expected=expected)

    def shares(
        self, files: Sequence[Json], channel: str | None = None, *, thread_ts: str | None = None
    ) -> Message | None:
        """Finish uploads, and post them in one message; without a channel nobody else sees them."""
        waiting = [
            (self.uploads.waiting(str(each.get("id", ""))), str(each.get("title", ""))) for each in files
        ]
        if channel is None:
            self._finished(waiting)
            return None
        place = self.conversation(channel)
        if thread_ts is not None:
            self.messages.find(place.id, thread_ts)
        shared, user = self._finished(waiting), self.installation.bot_user
        posted = Message(place.id, user, "", thread_ts=thread_ts, by_app=True, files=shared)
        return self.messages.add(posted)

    def responds(self, token: str, body: Json) -> None:
        """Answer through a ``response_url``: post, or replace or delete what was clicked."""
        self.answers(self.response_urls.use(token), body)

    def answers(self, url: ResponseUrl, body: Json) -> None:
        """Do what a body sent to a ``response_url``, or with the ack of a command, asks for."""
        unknown = sorted(set(body) - ANSWER)
        if unknown:
            raise Refusal("invalid_arguments", messages=[f"[ERROR] not emulated: {name}" for name in unknown])
        if url.message is not None and body.get("delete_original"):
            self.messages.remove(url.message)
            return
        text, blocks = str(body.get("text", "")), body.get("blocks", ())
        if url.message is not None and body.get("replace_original"):
            shown = self.messages.find(url.message.channel, url.message.ts)
            self.messages.edit(shown, text, self._content(text, blocks))
            return
        only_for = None if body.get("response_type") == "in_channel" else url.person
        thread_ts = body.get("thread_ts", url.thread_ts)
        place = _living(self.directory.channel(url.channel), "channel_is_archived")
        self._say(place, text, blocks, thread_ts=thread_ts, only_for=only_for)

    def place(self, channel: str) -> Channel:
        """Find where the bot may post: a channel it is in, or the direct messages with a person."""
        if channel in {person.id for person in self.directory.people()}:
            return self.directory.direct(channel, self.installation.bot_user)
        return self.conversation(channel)

    def conversation(self, channel: str) -> Channel:
        """Find where the bot may post, by the id of the conversation and no person's."""
        return _living(self.directory.joined(channel, self.installation.bot_user), "is_archived")

    def _finished(self, waiting: Sequence[tuple[File, str]]) -> tuple[File, ...]:
        return tuple(self.uploads.share(file, title) for file, title in waiting)

    def _say(
        self,
        place: Channel,
        text: str,
        blocks: Sequence[Json],
        *,
        thread_ts: str | None = None,
        only_for: str | None = None,
    ) -> Message:
        checked = self._content(text, blocks)
        return self.messages.add(
            Message(
                place.id,
                self.installation.bot_user,
                text,
                blocks=checked,
                thread_ts=thread_ts,
                only_for=only_for,
                by_app=True,
            )
        )

    def _own(self, channel: str, ts: str, otherwise: str) -> Message:
        place = _living(self.directory.channel(channel), "is_inactive")
        message = self.messages.find(place.id, ts)
        if message.only_for is not None:
            raise Refusal("message_not_found")
        if not message.by_app:
            raise Refusal(otherwise)
        return message

    def _view(self, view: object, *, expected: str) -> Json:
        body = checked_view(view, expected=expected)
        refuse_unknown(body["blocks"], self.switches.unknown_blocks, "/view/blocks", "invalid_arguments")
        return body

    def _content(self, text: str, blocks: object, *, limit: int = TEXT) -> tuple[Json, ...]:
        if not text.strip() and not blocks:
            raise Refusal("no_text")
        if len(text) > limit:
            raise Refusal("msg_too_long")
        checked = checked_message(blocks)
        refuse_unknown(checked, self.switches.unknown_blocks, "/blocks", "invalid_blocks")
        return checked


def _living(channel: Channel, otherwise: str) -> Channel:
    if channel.is_archived:
        raise Refusal(otherwise)
    return channel
