"""Every environment variable, typed, in one class.

Long because each says itself what may stand in it, and what is wrong with what does.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import UserError

_CIPHER = re.compile(r"[A-Za-z0-9+/_-]{43}=")  # 32 bytes, in either alphabet of base64
_SPAN = re.compile(r"(\d{1,9})([smhd])")
MOST_OFTEN, LEAST_OFTEN = timedelta(seconds=5), timedelta(hours=1)
USUALLY = timedelta(seconds=30)
LEAST_KEPT, MOST_KEPT = timedelta(days=30), timedelta(days=3650)  # of fourteen days 100ms may tell anew
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def is_loopback(url: str) -> bool:
    """Whether an address leads to this machine, so that nobody on the way can read along."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:  # a name
        return host == "localhost"


def proxy_for(url: str) -> str | None:
    """The proxy of the environment that an address is reached by; None for a direct way, as to this machine.

    Web sockets go as ``https`` does.
    """
    parts = urlsplit(url)
    if is_loopback(url) or proxy_bypass(parts.hostname or ""):
        return None
    scheme = {"ws": "http", "wss": "https"}.get(parts.scheme, parts.scheme)
    return getproxies().get(scheme)


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("must be an address that starts with https://")
    if parts.scheme == "http" and not is_loopback(value):
        raise ValueError("must start with https://, since plain http is taken for this machine only")
    return value.rstrip("/")


def _database(value: str) -> str:
    """Hosters write the older name of the scheme."""
    return re.sub("^postgres://", "postgresql://", value)


def _slack_address(value: str) -> str:
    return _address(value) + "/"


def _starting(prefix: str) -> Callable[[SecretStr | None], SecretStr | None]:
    def check(value: SecretStr | None) -> SecretStr | None:
        if value is not None and not value.get_secret_value().startswith(prefix):
            raise ValueError(f"must start with {prefix}")
        return value

    return check


def _users(value: object) -> object:
    if not isinstance(value, str):
        return value
    users = tuple(part.strip() for part in value.split(",") if part.strip())
    if not all(re.fullmatch(r"[UW][A-Z0-9]+", user) for user in users):
        raise ValueError("must be Slack user ids with commas between them, such as U012AB3CD,U045EF6GH")
    return users


def _zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder of zones is an OSError
        raise ValueError("must be a time zone, such as Europe/Berlin") from error
    return value


def _command(value: str) -> str:
    if not re.fullmatch(r"/[a-z0-9_-]{1,31}", value):
        raise ValueError("must be a slash and up to 31 small letters, digits, - or _")
    return value


def _span(value: str, shortest: timedelta, longest: timedelta, wanted: str) -> timedelta:
    found = _SPAN.fullmatch(value)
    span = timedelta(**{_UNITS[found[2]]: int(found[1])}) if found else None
    if span is None or not shortest <= span <= longest:
        raise ValueError(f"must be {wanted}")
    return span


def _keep(value: str) -> timedelta:
    return _span(value, LEAST_KEPT, MOST_KEPT, "a length of time from 30d to 3650d")


def _keys(value: SecretStr | None) -> SecretStr | None:
    if value is not None and value.get_secret_value().count(",") > 1:
        raise ValueError("must be one key, or two with a comma between them while changing: new,old")
    return value


def _ciphers(value: SecretStr | None) -> SecretStr | None:
    keys = [] if value is None else value.get_secret_value().split(",")
    if len(keys) > 2 or not all(map(_CIPHER.fullmatch, map(str.strip, keys))):
        raise ValueError("must be as `openssl rand -base64 32` writes one, or two while changing: new,old")
    return value


def _webhook_secrets(value: SecretStr | None) -> SecretStr | None:
    parts = [] if value is None else [part.strip() for part in value.get_secret_value().split(",")]
    if len(parts) > 2 or not all(parts):  # an empty one would let in whoever sends nothing
        raise ValueError("must be one secret, or two with a comma between them while changing: new,old")
    return value


def _header(value: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}", value):
        raise ValueError("must be the name of an HTTP header, such as X-HMS-Webhook-Secret")
    return value


def _poll(value: str) -> timedelta:
    if value == "off":
        return timedelta()
    return _span(value, MOST_OFTEN, LEAST_OFTEN, "off, or a length of time from 5s to 1h")


def _log_format(value: str) -> str:
    if value not in {"console", "json"}:
        raise ValueError("must be console or json")
    return value


Address = Annotated[str, AfterValidator(_address)]


class Settings(BaseModel):
    """What the process is told by its environment; names and defaults are those of the contract."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    slack_bot_token: Annotated[SecretStr, AfterValidator(_starting("xoxb-"))]
    slack_app_token: Annotated[SecretStr | None, AfterValidator(_starting("xapp-"))] = None
    slack_signing_secret: SecretStr | None = None
    slack_api_url: Annotated[str, AfterValidator(_slack_address)] = "https://slack.com/api/"
    hms_access_key: Annotated[str, Field(repr=False)]
    hms_secret: SecretStr
    hms_api_url: Address = "https://api.100ms.live/v2"
    hms_auth_url: Address = "https://auth.100ms.live/v2"
    hms_legacy_url: Address = "https://prod-in2.100ms.live"
    hms_webhook_secret: Annotated[SecretStr | None, AfterValidator(_webhook_secrets)] = None
    hms_webhook_header: Annotated[str, AfterValidator(_header)] = "X-HMS-Webhook-Secret"
    database_url: Annotated[str, AfterValidator(_database), Field(repr=False)] = "sqlite:///hms-bot.db"
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    hms_bot_admins: Annotated[tuple[str, ...], BeforeValidator(_users)] = ()
    hms_bot_command: Annotated[str, AfterValidator(_command)] = "/hms"
    hms_bot_timezone: Annotated[str, AfterValidator(_zone)] = "UTC"
    audit_key: Annotated[SecretStr | None, AfterValidator(_keys)] = None
    secret_key: Annotated[SecretStr | None, AfterValidator(_ciphers)] = None
    hms_bot_poll: Annotated[timedelta | None, BeforeValidator(_poll)] = None
    hms_bot_keep: Annotated[timedelta, BeforeValidator(_keep)] = timedelta(days=400)
    log_format: Annotated[str, AfterValidator(_log_format)] | None = None

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode; otherwise it comes over signed HTTP."""
        return self.slack_app_token is not None

    @property
    def polls_every(self) -> timedelta:
        """How often rooms in use are looked at; nothing where 100ms reports by itself, unless asked for."""
        if self.hms_bot_poll is not None:
            return self.hms_bot_poll
        return timedelta() if self.hms_webhook_secret else USUALLY

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Read and check everything; raises UserError with one sentence that names the variable."""
        for problem in cls.problems(environment):
            raise problem.error()
        return cls.model_validate(_given(environment))

    @classmethod
    def command(cls, environment: Mapping[str, str]) -> str:
        """What people type, for an app that is still to be made: of all else nothing is known yet."""
        for problem in cls.problems(environment):
            if problem.variable.startswith("HMS_BOT_COMMAND"):
                raise problem.error()
        usual: str = cls.model_fields["hms_bot_command"].default
        return _given(environment).get("hms_bot_command", usual)

    def refuse_demo_secrets(self) -> None:
        """Raise UserError where a secret that everybody can read in the sandbox would meet the real world."""
        held = {name: value for name, value in self if isinstance(value, SecretStr)}
        demo = [name for name, value in held.items() if "sandbox" in value.get_secret_value()]
        local = all(map(is_loopback, (self.slack_api_url, self.hms_api_url)))
        if demo and not local:
            raise UserError(
                "{variable} is the demo's, which everybody can read. Use one of your own.",
                variable=demo[0].upper(),
            )

    @classmethod
    def problems(cls, environment: Mapping[str, str]) -> list["Problem"]:
        """Everything that is wrong with an environment; empty when ``read`` would accept it."""
        return list(_problems(cls, environment))


@dataclass(frozen=True)
class Problem:
    """One variable that is wrong, and how to mend it."""

    variable: str
    wrong: str
    mend: str

    def error(self) -> UserError:
        """The same as a sentence."""
        return UserError("{variable} {wrong}. {mend}", **vars(self))


MENDING = {
    "SLACK_BOT_TOKEN": "It stands at api.slack.com/apps under OAuth & Permissions after installing the app.",
    "SLACK_APP_TOKEN": (
        "Make one at api.slack.com/apps under Basic Information, App-Level Tokens, with connections:write."
    ),
    "SLACK_SIGNING_SECRET": (
        "It stands at api.slack.com/apps under Basic Information. Or set SLACK_APP_TOKEN for Socket Mode."
    ),
    "HMS_ACCESS_KEY": "It stands in the 100ms dashboard under Developer.",
    "HMS_SECRET": "It stands in the 100ms dashboard under Developer, beside the access key.",
}
EXAMPLES = "See the table of variables in the README."


def _problems(cls: type[Settings], environment: Mapping[str, str]) -> Iterator[Problem]:
    try:
        given = _given(environment)
    except UserError as error:
        yield Problem(str(error.values["variable"]), str(error.values["wrong"]), EXAMPLES)
        return
    wrong_text = {name: said for name, value in given.items() if (said := _unreadable(value))}
    for name, said in wrong_text.items():
        yield _problem(name, said)
    try:
        settings = cls.model_validate({name: given[name] for name in given if name not in wrong_text})
    except ValidationError as error:
        for wrong in error.errors(include_input=False, include_url=False):
            name = str(wrong["loc"][0])
            if name not in wrong_text:
                yield _problem(name, _wording(wrong))
        return
    if not settings.socket_mode and settings.slack_signing_secret is None:
        yield _problem("slack_signing_secret", "is not set")


def _unreadable(value: str) -> str:
    """What is wrong with a value whatever it is for: nothing else is looked at then."""
    if not value:
        return "is empty"
    odd = any(unicodedata.category(sign) in {"Cc", "Cf", "Cs"} for sign in value)
    return "holds a control character" if odd else ""


def _problem(name: str, wrong: str) -> Problem:
    variable = name.upper()
    return Problem(variable, wrong, MENDING.get(variable, EXAMPLES))


def _wording(wrong: Any) -> str:
    if wrong["type"] == "missing":
        return "is not set"
    if wrong["type"] == "value_error":
        return str(wrong["ctx"]["error"])
    return "must be a whole number from 0 to 65535"


def _given(environment: Mapping[str, str]) -> dict[str, str]:
    """The variables that are set, by field; ``X_FILE`` names a file that holds X.

    Blanks and line ends around a value come with how it got there: an editor, a pipe, a secret in base64.
    """
    given = {name: environment[name.upper()] for name in Settings.model_fields if name.upper() in environment}
    for name in Settings.model_fields:
        path = environment.get(f"{name.upper()}_FILE")
        if path is not None:
            given[name] = _held(f"{name.upper()}_FILE", path.strip())
    return {name: value.strip() for name, value in given.items()}


def _held(variable: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:  # not there, no text, or a path with a NUL
        raise UserError(
            "{variable} {wrong}.", variable=variable, wrong="names a file that cannot be read"
        ) from error
