"""The Slack app as Slack must know it: what it is called, what it hears and what it may do."""

import json

SCOPES = (
    "app_mentions:read",
    "channels:read",
    "chat:write",
    "commands",
    "files:write",
    "groups:read",
    "im:history",
    "im:write",
    "users:read",
)
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "channel_id_changed",
    "message.im",
    "tokens_revoked",
)

TEMPLATE = """\
display_information:
  name: hms-bot
  description: Keeps live video sessions on 100ms in order
features:
  app_home:
    home_tab_enabled: true
    messages_tab_enabled: true
    messages_tab_read_only_enabled: false
  bot_user:
    display_name: hms
    always_online: true
  slash_commands:
    - command: {command}
{command_url}\
      description: Keep the live sessions on 100ms in order
      usage_hint: "who | say … | remove NAME why | lock | end-room"
      should_escape: true
oauth_config:
  scopes:
    bot:
{scopes}\
settings:
  event_subscriptions:
{request_url}\
    bot_events:
{events}\
  interactivity:
    is_enabled: true
{interactivity_urls}\
  org_deploy_enabled: false
  socket_mode_enabled: {socket_mode}
  token_rotation_enabled: false
"""


def manifest(url: str | None = None, command: str = "/hms") -> str:
    """Write the manifest: for Socket Mode, or for the HTTP address at which Slack finds the bot."""
    route = None if url is None else f"{url.rstrip('/')}/slack/events"
    return TEMPLATE.format(
        command=command,
        command_url=_line(6, "url", route),
        scopes=_items(6, SCOPES),
        request_url=_line(4, "request_url", route),
        events=_items(6, EVENTS),
        interactivity_urls=_line(4, "request_url", route) + _line(4, "message_menu_options_url", route),
        socket_mode="true" if route is None else "false",
    )


def _line(indent: int, name: str, value: str | None) -> str:
    return "" if value is None else f"{' ' * indent}{name}: {json.dumps(value)}\n"  # JSON strings are YAML


def _items(indent: int, values: tuple[str, ...]) -> str:
    return "".join(f"{' ' * indent}- {value}\n" for value in values)
