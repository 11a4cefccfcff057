"""The Slack door: listeners in; messages, forms and Home out."""

from bot.slack.connect import Connection, connect
from bot.slack.door import SlackDoor
from bot.slack.http import SignedHttp
from bot.slack.socket_mode import SocketMode

__all__ = ["Connection", "SignedHttp", "SlackDoor", "SocketMode", "connect"]
