"""The Web API methods that are emulated, and nothing else: this table is the whole of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sandbox.slack import direct, lookups
from sandbox.slack.arguments import Arguments
from sandbox.slack.limits import Tier
from sandbox.slack.refusal import Refusal
from sandbox.slack.state import State
from sandbox.slack.views import View

Json = Mapping[str, Any]
Run = Callable[[State, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """How one method is called: by whose token, with any of which scopes and arguments, and how often."""

    run: Run
    scopes: frozenset[str]
    takes: frozenset[str]
    tier: Tier
    caller: Literal["bot", "app"] = "bot"


def method(
    run: Run, *takes: str, tier: Tier, scope: str = "", caller: Literal["bot", "app"] = "bot"
) -> Method:
    """Describe a method; ``scope`` names the scopes of which any is enough."""
    return Method(run, frozenset(scope.split()), frozenset(takes), tier, caller)


def auth_test(state: State, _: Arguments) -> Json:
    """Say whose token this is."""
    app = state.installation
    return {
        "url": f"https://{app.team_domain}.slack.com/",
        "team": app.team_name,
        "user": state.directory.person(app.bot_user).name,
        "team_id": app.team,
        "user_id": app.bot_user,
        "bot_id": app.bot_id,
        "is_enterprise_install": False,
    } | ({"enterprise_id": state.organisation.id} if state.organisation.there else {})


def bots_info(state: State, arguments: Arguments) -> Json:
    """Describe the bot of the app."""
    app = state.installation
    if arguments.text("bot") not in {"", app.bot_id}:
        raise Refusal("bot_not_found")
    name = state.directory.person(app.bot_user).name
    bot = {"id": app.bot_id, "deleted": False, "name": name, "app_id": app.app_id, "user_id": app.bot_user}
    return {"bot": bot}


def chat_post_message(state: State, arguments: Arguments) -> Json:
    """Post into a channel, a thread or a person's direct messages."""
    message = state.app.posts(
        arguments.needed("channel"),
        arguments.text("text"),
        arguments.blocks(),
        thread_ts=arguments.optional("thread_ts"),
    )
    direct.echo_post(state, message)
    described = state.payloads.message(message)
    return {"channel": message.channel, "ts": message.ts, "message": described}


def chat_post_ephemeral(state: State, arguments: Arguments) -> Json:
    """Post what one person sees."""
    message = state.app.whispers(
        arguments.needed("channel"),
        arguments.needed("user"),
        arguments.text("text"),
        arguments.blocks(),
        thread_ts=arguments.optional("thread_ts"),
    )
    return {"message_ts": message.ts}


def chat_update(state: State, arguments: Arguments) -> Json:
    """Change a message of the bot's."""
    channel, ts = arguments.needed("channel"), arguments.needed("ts")
    before = state.messages.look(channel, ts)
    message = state.app.edits(channel, ts, arguments.text("text"), arguments.blocks())
    direct.echo_change(state, before, message)
    described = state.payloads.message(message)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": described}


def chat_delete(state: State, arguments: Arguments) -> Json:
    """Take a message of the bot's away."""
    channel, ts = arguments.needed("channel"), arguments.needed("ts")
    before = state.messages.look(channel, ts)
    state.app.deletes(channel, ts)
    direct.echo_change(state, before, None)
    return {"channel": channel, "ts": ts}


def files_get_upload_url_external(state: State, arguments: Arguments) -> Json:
    """Give an address to which a file can be sent, once."""
    file = state.uploads.expect(arguments.text("filename"), arguments.number("length", 0))
    return {"upload_url": state.upload_at(file.id), "file_id": file.id}


def files_complete_upload_external(state: State, arguments: Arguments) -> Json:
    """Share files that were sent."""
    files = arguments.decoded("files", "invalid_arguments")
    if not (isinstance(files, list) and files and all(isinstance(each, dict) for each in files)):
        raise Refusal("invalid_arguments", messages=["[ERROR] missing required field: files"])
    message = state.app.shares(
        files, arguments.optional("channel_id"), thread_ts=arguments.optional("thread_ts")
    )
    if message:
        direct.echo_post(state, message)
    return {"files": [{"id": each["id"], "title": each.get("title", "")} for each in files]}


def views_open(state: State, arguments: Arguments) -> Json:
    """Show a form."""
    return _shown(state, state.app.opens(arguments.needed("trigger_id"), _view(arguments)))


def views_push(state: State, arguments: Arguments) -> Json:
    """Lay a form over another."""
    return _shown(state, state.app.pushes(arguments.needed("trigger_id"), _view(arguments)))


def views_update(state: State, arguments: Arguments) -> Json:
    """Change a form."""
    view = state.app.updates(
        _view(arguments),
        view_id=arguments.text("view_id"),
        external_id=arguments.text("external_id"),
        expected=arguments.optional("hash"),
    )
    return _shown(state, view)


def views_publish(state: State, arguments: Arguments) -> Json:
    """Show somebody their Home."""
    view = state.app.publishes(
        arguments.needed("user_id"), _view(arguments), expected=arguments.optional("hash")
    )
    return _shown(state, view)


def _view(arguments: Arguments) -> object:
    return arguments.decoded("view", "invalid_arguments")


def _shown(state: State, view: View) -> Json:
    return {"view": state.payloads.view(view)}


CONTENT = ("text", "blocks")
UNFURL = ("unfurl_links", "unfurl_media")
ANY_CHANNEL = "channels:read groups:read im:read mpim:read"

METHODS: Mapping[str, Method] = {
    "auth.test": method(auth_test, tier="hundreds"),
    "bots.info": method(bots_info, "bot", tier=3, scope="users:read"),
    "chat.delete": method(chat_delete, "channel", "ts", tier=3, scope="chat:write"),
    "chat.postEphemeral": method(
        chat_post_ephemeral, "channel", "user", "thread_ts", *CONTENT, *UNFURL, tier=4, scope="chat:write"
    ),
    "chat.postMessage": method(
        chat_post_message, "channel", "thread_ts", *CONTENT, *UNFURL, tier="channel", scope="chat:write"
    ),
    "chat.update": method(chat_update, "channel", "ts", *CONTENT, *UNFURL, tier=3, scope="chat:write"),
    "conversations.info": method(
        lookups.conversations_info,
        "channel",
        "include_num_members",
        "include_locale",
        tier=3,
        scope=ANY_CHANNEL,
    ),
    "conversations.list": method(
        lookups.conversations_list, "types", "exclude_archived", "limit", "cursor", tier=2, scope=ANY_CHANNEL
    ),
    "conversations.members": method(
        lookups.conversations_members, "channel", "limit", "cursor", tier=4, scope=ANY_CHANNEL
    ),
    "conversations.open": method(lookups.conversations_open, "users", "return_im", tier=3, scope="im:write"),
    "files.completeUploadExternal": method(
        files_complete_upload_external, "files", "channel_id", "thread_ts", tier=4, scope="files:write"
    ),
    "files.getUploadURLExternal": method(
        files_get_upload_url_external, "filename", "length", tier=4, scope="files:write"
    ),
    "usergroups.list": method(
        lookups.usergroups, "include_users", "include_disabled", tier=2, scope="usergroups:read"
    ),
    "usergroups.users.list": method(
        lookups.usergroups, "usergroup", "include_disabled", tier=2, scope="usergroups:read"
    ),
    "users.info": method(lookups.users_info, "user", "include_locale", tier=4, scope="users:read"),
    "users.list": method(lookups.users_list, "limit", "cursor", "include_locale", tier=2, scope="users:read"),
    "views.open": method(views_open, "trigger_id", "view", tier=4),
    "views.publish": method(views_publish, "user_id", "view", "hash", tier=4),
    "views.push": method(views_push, "trigger_id", "view", tier=4),
    "views.update": method(views_update, "view", "view_id", "external_id", "hash", tier=4),
}
