"""What Slack tells the app when somebody does something, field for field."""

from dataclasses import dataclass
from typing import Any

from sandbox.slack.choices import Json
from sandbox.slack.conversations import Channel
from sandbox.slack.installation import Installation
from sandbox.slack.messages import Message
from sandbox.slack.organisation import Organisation
from sandbox.slack.people import Person
from sandbox.slack.views import View

DEPRECATED_TOKEN = "unused"  # noqa: S105 - apps check the signature instead; the field is still sent


@dataclass(frozen=True)
class Payloads:
    """Build payloads for one installation of the app."""

    app: Installation
    organisation: Organisation

    def slash_command(
        self, person: Person, channel: Channel, text: str, *, trigger_id: str, response_url: str
    ) -> dict[str, Any]:
        """Report a slash command; ``text`` is what followed it, escaped."""
        return {
            "token": DEPRECATED_TOKEN,
            "team_id": self.app.team,
            "team_domain": self.app.team_domain,
            **self.organisation.named,
            "channel_id": channel.id,
            "channel_name": channel.called,
            "user_id": person.id,
            "user_name": person.name,
            "command": self.app.command,
            "text": text,
            "api_app_id": self.app.app_id,
            "is_enterprise_install": "false",
            "response_url": response_url,
            "trigger_id": trigger_id,
        }

    def event(self, event: Json, event_id: str, at: int, *, shared: bool = False) -> dict[str, Any]:
        """Wrap an event as the Events API sends it; ``shared`` says that it is of a Slack Connect channel."""
        authorization = {
            "enterprise_id": self.organisation.id,
            "team_id": self.app.team,
            "user_id": self.app.bot_user,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": DEPRECATED_TOKEN,
            "team_id": self.app.team,
            "api_app_id": self.app.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": at,
            "authorizations": [authorization],
            "is_ext_shared_channel": shared,
        } | ({"enterprise_id": self.organisation.id} if self.organisation.there else {})

    def app_rate_limited(self, at: int) -> dict[str, Any]:
        """Tell that events are held back; it comes where other events do, without an event inside."""
        return {
            "token": DEPRECATED_TOKEN,
            "type": "app_rate_limited",
            "team_id": self.app.team,
            "minute_rate_limited": at - at % 60,
            "api_app_id": self.app.app_id,
        }

    def app_mention(self, message: Message, person: Person) -> dict[str, Any]:
        """Describe that somebody wrote to the app by name in a channel."""
        event = {
            "type": "app_mention",
            "user": person.id,
            "text": message.text,
            "ts": message.ts,
            "channel": message.channel,
            "team": self.organisation.team_of(person),
            "event_ts": message.ts,
        }
        return event if message.thread_ts is None else {**event, "thread_ts": message.thread_ts}

    def direct_message(self, message: Message, team: str) -> dict[str, Any]:
        """Describe that something was written in the direct messages with the app, by whoever it was."""
        event = {**self.message(message), "team": team, "channel": message.channel}
        return {**event, "event_ts": message.ts, "channel_type": "im"}

    def direct_change(self, before: Message, after: Message | None, ts: str) -> dict[str, Any]:
        """Describe that a direct message was edited, or with no ``after`` taken away."""
        event = {
            "type": "message",
            "subtype": "message_changed" if after else "message_deleted",
            "hidden": True,
            "channel": before.channel,
            "channel_type": "im",
            "previous_message": self.message(before),
            "ts": ts,
            "event_ts": ts,
        }
        return {**event, "message": self.message(after)} if after else {**event, "deleted_ts": before.ts}

    def home_opened(self, person: Person, channel: Channel, home: View | None, ts: str) -> dict[str, Any]:
        """Describe that somebody looks at the app's Home; ``view`` is there once it was published."""
        event = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": channel.id,
            "tab": "home",
            "event_ts": ts,
        }
        return event if home is None else {**event, "view": self.view(home)}

    def interaction(self, kind: str, person: Person) -> dict[str, Any]:
        """Begin a payload of a click, a form or a shortcut: the fields that all of them have."""
        return {
            "type": kind,
            "team": {"id": self.app.team, "domain": self.app.team_domain, **self.organisation.named},
            "user": {
                "id": person.id,
                "username": person.name,
                "name": person.name,
                "team_id": self.organisation.team_of(person),
            },
            "api_app_id": self.app.app_id,
            "token": DEPRECATED_TOKEN,
            "enterprise": self.organisation.whole,
            "is_enterprise_install": False,
        }

    def on_message(self, message: Message, channel: Channel) -> dict[str, Any]:
        """Say on which message something was done; an ephemeral one comes without its ``message``."""
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": message.only_for is not None,
        }
        if message.thread_ts is not None:
            container["thread_ts"] = message.thread_ts
        place: dict[str, Any] = {
            "container": container,
            "channel": {"id": channel.id, "name": channel.called},
        }
        return place if message.only_for else {**place, "message": self.message(message)}

    def on_view(self, view: View) -> dict[str, Any]:
        """Say in which form or Home something was done."""
        return {"container": {"type": "view", "view_id": view.id}, "view": self.view(view)}

    def view(self, view: View) -> dict[str, Any]:
        """Describe a view as the Web API and every payload do."""
        return view.described(self.app.team, self.app.app_id, self.app.bot_id)

    def message(self, message: Message) -> dict[str, Any]:
        """Describe a message as the Web API and every payload do."""
        described: dict[str, Any] = {
            "type": "message",
            "user": message.user,
            "ts": message.ts,
            "team": self.app.team,
            "text": message.text,
            "blocks": list(message.blocks),
        }
        if message.by_app:
            described |= {"bot_id": self.app.bot_id, "app_id": self.app.app_id}
        if message.files:
            files = [file.described(message.user) for file in message.files]
            described |= {"subtype": "file_share", "files": files, "upload": False}
        if message.thread_ts is not None:
            described["thread_ts"] = message.thread_ts
        if message.edited_ts is not None:
            described["edited"] = {"user": message.user, "ts": message.edited_ts}
        return described

    def action(self, block: Json, element: Json, report: Json, ts: str) -> dict[str, Any]:
        """Describe what was clicked or chosen in which element."""
        shown = ("text", "value", "style", "url", "placeholder", "confirm")
        kept = {name: element[name] for name in shown if name in element}
        ids = {"type": element["type"], "action_id": element["action_id"], "block_id": block["block_id"]}
        return {**ids, **kept, **report, "action_ts": ts}
