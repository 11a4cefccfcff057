"""Whatever is wrong with the environment: one sentence that names the variable and says how to mend it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.features.event import history
from bot.features.schedule import backstop
from bot.settings import Settings, proxy_for

GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "HMS_ACCESS_KEY": "key",
    "HMS_SECRET": "a-secret-that-nobody-may-read",
}


def test_what_is_not_set_has_the_default_of_the_contract() -> None:
    settings = Settings.read(GOOD)

    assert settings.hms_api_url == "https://api.100ms.live/v2"
    assert settings.slack_api_url == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///hms-bot.db"
    assert (settings.host, settings.port) == ("127.0.0.1", 3000)
    assert settings.hms_bot_keep == timedelta(days=400)
    assert settings.socket_mode


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("SLACK_BOT_TOKEN", None, "SLACK_BOT_TOKEN is not set."),
        ("SLACK_BOT_TOKEN", "", "SLACK_BOT_TOKEN is empty."),
        ("SLACK_BOT_TOKEN", "xoxp-1", "SLACK_BOT_TOKEN must start with xoxb-."),
        ("SLACK_APP_TOKEN", "xoxb-1", "SLACK_APP_TOKEN must start with xapp-."),
        ("SLACK_APP_TOKEN", None, "SLACK_SIGNING_SECRET is not set."),
        ("HMS_ACCESS_KEY", "  ", "HMS_ACCESS_KEY is empty."),
        ("HMS_SECRET", None, "HMS_SECRET is not set."),
        ("HMS_API_URL", "api.100ms.live", "HMS_API_URL must be an address that starts with https://."),
        ("SLACK_API_URL", "ftp://x", "SLACK_API_URL must be an address that starts with https://."),
        ("PORT", "eighty", "PORT must be a whole number from 0 to 65535."),
        ("PORT", "70000", "PORT must be a whole number from 0 to 65535."),
        ("HMS_BOT_ADMINS", "Ada", "HMS_BOT_ADMINS must be Slack user ids"),
        ("HMS_BOT_TIMEZONE", "Berlin", "HMS_BOT_TIMEZONE must be a time zone"),
        ("HMS_BOT_TIMEZONE", "Europe", "HMS_BOT_TIMEZONE must be a time zone"),
        ("HMS_BOT_COMMAND", "hms", "HMS_BOT_COMMAND must be a slash"),
        ("HMS_BOT_KEEP", "a year", "HMS_BOT_KEEP must be a length of time from 30d to 3650d."),
        ("HMS_BOT_KEEP", "0d", "HMS_BOT_KEEP must be a length of time from 30d to 3650d."),
        ("HMS_BOT_KEEP", "1h", "HMS_BOT_KEEP must be a length of time from 30d to 3650d."),
        ("HMS_BOT_KEEP", "719h", "HMS_BOT_KEEP must be a length of time from 30d to 3650d."),
        ("HMS_BOT_KEEP", "3651d", "HMS_BOT_KEEP must be a length of time from 30d to 3650d."),
        ("HMS_BOT_KEEP", "999999999d", "HMS_BOT_KEEP must be a length of time from 30d to 3650d."),
        ("HMS_BOT_KEEP", "99999999999999d", "HMS_BOT_KEEP must be a length of time from 30d to 3650d."),
        ("HMS_WEBHOOK_SECRET", "new,", "HMS_WEBHOOK_SECRET must be one secret, or two"),
        ("HMS_WEBHOOK_SECRET", "a,b,c", "HMS_WEBHOOK_SECRET must be one secret, or two"),
        ("HMS_WEBHOOK_HEADER", "X Secret", "HMS_WEBHOOK_HEADER must be the name of an HTTP header"),
        ("HMS_BOT_POLL", "often", "HMS_BOT_POLL must be off, or a length of time from 5s to 1h"),
        ("HMS_BOT_POLL", "99999999999999d", "HMS_BOT_POLL must be off, or a length of time from 5s to 1h"),
        ("HMS_BOT_POLL", "1s", "HMS_BOT_POLL must be off, or a length of time from 5s to 1h"),
        ("HMS_BOT_POLL", "2h", "HMS_BOT_POLL must be off, or a length of time from 5s to 1h"),
        ("AUDIT_KEY", "a,b,c", "AUDIT_KEY must be one key, or two with a comma between them"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be console or json."),
        ("HMS_SECRET_FILE", "/no/such/file", "HMS_SECRET_FILE names a file that cannot be read."),
    ],
)
def test_a_wrong_value_is_one_sentence_that_names_it(variable: str, value: str | None, says: str) -> None:
    given = {name: held for name, held in GOOD.items() if name != variable}
    environment = given if value is None else given | {variable: value}

    with pytest.raises(UserError) as refused:
        Settings.read(environment)

    assert str(refused.value).startswith(says)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("kept", ["30d", "720h", "3650d"])
def test_what_is_kept_outlasts_every_session_and_what_100ms_may_tell_anew(kept: str) -> None:
    keep = Settings.read(GOOD | {"HMS_BOT_KEEP": kept}).hms_bot_keep

    assert keep > backstop.LONGEST
    assert keep > history.LONGEST
    assert datetime(2026, 3, 2, tzinfo=UTC) - keep > datetime(2016, 1, 1, tzinfo=UTC)


def test_every_problem_is_found_at_once_for_the_doctor() -> None:
    found = [problem.variable for problem in Settings.problems({"PORT": "x"})]

    assert found == ["SLACK_BOT_TOKEN", "HMS_ACCESS_KEY", "HMS_SECRET", "PORT"]


def test_a_value_may_stand_in_a_file(tmp_path: Path) -> None:
    held = tmp_path / "secret"
    held.write_text("from-a-file\n")
    given = {name: value for name, value in GOOD.items() if name != "HMS_SECRET"}

    settings = Settings.read(given | {"HMS_SECRET_FILE": str(held)})

    assert settings.hms_secret.get_secret_value() == "from-a-file"


def test_a_secret_never_shows() -> None:
    assert "nobody-may-read" not in repr(Settings.read(GOOD))
    with pytest.raises(UserError) as refused:
        Settings.read(GOOD | {"SLACK_BOT_TOKEN": "pasted-secret"})
    assert "pasted-secret" not in str(refused.value)


@pytest.mark.parametrize("url", ["https://api.100ms.live/v2", "https://192.168.0.4/v2"])
def test_the_demo_secrets_are_refused_where_the_world_could_read_them(url: str) -> None:
    demo = GOOD | {
        "HMS_SECRET": "sandbox-secret",
        "HMS_API_URL": url,
        "SLACK_API_URL": "http://127.0.0.1:1/api",
    }

    with pytest.raises(UserError, match="HMS_SECRET is the demo's"):
        Settings.read(demo).refuse_demo_secrets()


def test_the_demo_secrets_are_good_enough_for_this_machine() -> None:
    local = {"HMS_API_URL": "http://localhost:1/v2", "SLACK_API_URL": "http://127.0.0.1:1/api"}

    Settings.read(GOOD | {"HMS_SECRET": "sandbox-secret"} | local).refuse_demo_secrets()


@pytest.mark.parametrize("around", ["{}\n", "  {}", "\t{}\r\n", "\u00a0{}"])
def test_blanks_and_line_ends_around_a_value_are_no_part_of_it(around: str, tmp_path: Path) -> None:
    held = tmp_path / "secret"
    held.write_text(around.format("signed"))
    given = {name: around.format(value) for name, value in GOOD.items()}
    settings = Settings.read(given | {"PORT": around.format("81"), "SLACK_SIGNING_SECRET_FILE": f"{held}\n"})

    assert settings.slack_bot_token.get_secret_value() == "xoxb-1"
    assert settings.hms_secret.get_secret_value() == GOOD["HMS_SECRET"]
    assert settings.slack_signing_secret
    assert settings.slack_signing_secret.get_secret_value() == "signed"
    assert (settings.hms_access_key, settings.port) == ("key", 81)


@pytest.mark.parametrize(
    "inside", ["sig\nned", "sig\x00ned", "sig\x1b[Aned", "sig\u200bned", "\ufeffsigned", "\udcff"]
)
@pytest.mark.parametrize("variable", ["SLACK_SIGNING_SECRET", "HMS_SECRET", "HMS_API_URL", "PORT"])
def test_a_control_character_in_a_value_is_refused_and_not_shown(variable: str, inside: str) -> None:
    with pytest.raises(UserError) as refused:
        Settings.read(GOOD | {variable: inside})

    assert str(refused.value).startswith(f"{variable} holds a control character. ")
    assert inside not in str(refused.value)


@pytest.mark.parametrize(("written", "meant"), [("postgres", "postgresql"), ("postgresql", "postgresql")])
def test_the_scheme_that_hosters_write_is_understood(written: str, meant: str) -> None:
    settings = Settings.read(GOOD | {"DATABASE_URL": f"{written}://user:word@host/postgres://name"})

    assert settings.database_url == f"{meant}://user:word@host/postgres://name"


@pytest.mark.parametrize("variable", ["SLACK_API_URL", "HMS_API_URL", "HMS_AUTH_URL", "HMS_LEGACY_URL"])
def test_plain_http_is_for_this_machine_only(variable: str) -> None:
    for host in ("127.0.0.1:8401", "127.8.8.8", "localhost", "[::1]:80"):
        Settings.read(GOOD | {variable: f"http://{host}/v2"})
    for host in ("api.100ms.live", "192.168.0.4", "127.0.0.1.example.org", "localhost.example.org"):
        with pytest.raises(UserError, match=f"{variable} must start with https://"):
            Settings.read(GOOD | {variable: f"http://{host}/v2"})


def test_neither_the_access_key_nor_the_databases_password_shows() -> None:
    given = {"HMS_ACCESS_KEY": "an-access-key", "DATABASE_URL": "postgres://user:a-password@host/name"}

    shown = repr(Settings.read(GOOD | given))

    assert "an-access-key" not in shown
    assert "a-password" not in shown


@pytest.mark.parametrize(
    ("url", "proxy"),
    [
        ("https://slack.com/api/", "http://proxy:3128"),
        ("wss://wss.slack.com/link", "http://proxy:3128"),
        ("https://api.internal/v2", None),
        ("http://127.0.0.1:8401/v2", None),
        ("https://localhost/v2", None),
    ],
)
def test_an_address_is_reached_by_the_proxy_of_the_environment(
    url: str, proxy: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "http_proxy", "HTTP_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy:3128")
    monkeypatch.setenv("NO_PROXY", ".internal")

    assert proxy_for(url) == proxy


@pytest.mark.parametrize(
    ("given", "seconds"),
    [
        ({}, 30),
        ({"HMS_WEBHOOK_SECRET": "new,old"}, 0),
        ({"HMS_BOT_POLL": "off"}, 0),
        ({"HMS_BOT_POLL": "1m", "HMS_WEBHOOK_SECRET": "new"}, 60),
    ],
)
def test_rooms_are_looked_at_where_nobody_reports_or_when_asked_for(
    given: dict[str, str], seconds: int
) -> None:
    assert Settings.read(GOOD | given).polls_every == timedelta(seconds=seconds)
