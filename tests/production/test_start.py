"""Nothing starts for real people while something in the installation is not fit for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from beian.production.checks import TAG
from beian.production.rules import NAMES
from beian.production.start import NotFitForProduction, refuse_unfit_start
from tests.production.installation import environment_of, manage, start

WEB = ("-m", "gunicorn", "beian.wsgi:application", "--bind", "127.0.0.1:0", "--no-control-socket")
WORKER = ("-m", "celery", "--quiet", "-A", "beian", "worker", "--pool", "solo")
BEAT = ("-m", "celery", "--quiet", "-A", "beian", "beat", "--pidfile", "")


# Whatever is set, this release plays the ministry.
ALWAYS = "simulated-ministry"
OWN = "or the path of a class of your own (package.module.Class)"
PORTS = ("sms", "mail", "real_name", "face", "inventory", "bureau")


@pytest.fixture
def fit(settings: Any, tmp_path: Path) -> Any:
    """Settings in which nothing is wrong."""
    settings.DEBUG = settings.DEMO = settings.EMBEDDED_DATABASE = settings.EMBEDDED_BROKER = False
    settings.ALLOWED_HOSTS = ["beian.shili-yun.example"]
    settings.HTTPS, settings.TRUSTED_PROXIES = True, ["10.0.0.0/8"]
    settings.KEYS_DIR = tmp_path
    settings.SECRET_KEY = "an-imagined-key-0123456789-abcdefghijklmnopqrstuvwxyz"
    for name in ("master.json", "digest.key"):
        (tmp_path / name).write_text("{}")
    settings.PORTS = dict.fromkeys(PORTS, "real")
    settings.ALLOWED_IN_PRODUCTION = [ALWAYS]
    return settings


def problems(_settings: Any) -> set[str]:
    found = run_checks(tags=[TAG], include_deployment_checks=True)
    # The imagined provider of `fit` is in no registry.
    return {p.id.removeprefix("production.") for p in found} - {"unknown-provider"}


def test_nothing_is_found_when_everything_is_set(fit: Any) -> None:
    assert problems(fit) == set()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("DEMO", True, "demo"),
        ("DEBUG", True, "debug"),
        ("ALLOWED_HOSTS", ["*"], "wildcard-hosts"),
        ("ALLOWED_HOSTS", ["beian.example", ".example"], "wildcard-hosts"),
        ("ALLOWED_HOSTS", ["localhost", "127.0.0.1"], "loopback-hosts"),
        ("HTTPS", False, "plain-http"),
        ("TRUSTED_PROXIES", [], "no-proxy"),
        ("CIPHER_SUITE", "rot13", "unknown-suite"),
        ("EMBEDDED_DATABASE", True, "embedded-database"),
        ("EMBEDDED_BROKER", True, "embedded-broker"),
        ("SECRET_KEY", "short", "weak-secret"),
        ("SECRET_KEY", "django-insecure-0123456789abcdefghijklmnopqrstuvwxyz", "weak-secret"),
        ("SECRET_KEY", "a" * 60, "weak-secret"),
        ("KEYS_DIR", Path("nowhere"), "missing-keys"),
        *(("PORTS", port, f"simulated-{port.replace('_', '-')}") for port in PORTS),
    ],
)
def test_each_condition_is_refused_and_can_be_accepted_by_name(
    fit: Any, name: str, value: Any, expected: str
) -> None:
    setattr(fit, name, {**fit.PORTS, value: "simulated"} if name == "PORTS" else value)
    assert problems(fit) == {expected}

    fit.ALLOWED_IN_PRODUCTION = [expected, ALWAYS]
    assert problems(fit) == set()


def test_keys_of_a_demo_are_refused(fit: Any, tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{}")

    assert problems(fit) == {"demo-keys"}


def test_an_unknown_allowance_is_no_allowance(fit: Any) -> None:
    fit.DEBUG, fit.ALLOWED_IN_PRODUCTION = True, ["debugging", ALWAYS]

    assert problems(fit) == {"debug", "unknown-allowance"}


def test_misspelt_variable_is_named_with_the_one_meant(fit: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("BEIAN_ALOWED_HOSTS", "x")
    found = run_checks(tags=[TAG], include_deployment_checks=True)

    hints = [problem.hint for problem in found if problem.id == "production.unknown-variable"]
    assert "did you mean BEIAN_ALLOWED_HOSTS?" in hints


def test_unknown_provider_is_named_with_the_known_ones(fit: Any) -> None:
    fit.PORTS = {**dict.fromkeys(fit.PORTS, "simulated"), "sms": "carrier", "bureau": "pigeon"}
    found = run_checks(tags=[TAG], include_deployment_checks=True)

    hints = [problem.hint for problem in found if problem.id == "production.unknown-provider"]
    assert sorted(hints) == [
        f"set BEIAN_BUREAU_PROVIDER to one of: simulated, {OWN}",
        f"set BEIAN_SMS_PROVIDER to one of: simulated, {OWN}",
    ]


class Carrier:
    """What an installation may write for its own carrier."""

    def send(self, *, message_id: str, recipient: str, sender: str, text: str) -> None:
        raise NotImplementedError


class Halfway:
    """Serves no port."""


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        (f"{__name__}.Carrier", ""),
        (f"{__name__}.Halfway", "lacks send of SmsSender"),
        (f"{__name__}.Nobody", "has no attribute 'Nobody'"),
        (f"{__name__}.OWN", "is no class"),
        ("no_such_package.Sms", "No module named 'no_such_package'"),
    ],
)
def test_provider_of_the_installation_is_taken_if_it_serves_its_port(
    fit: Any, path: str, problem: str
) -> None:
    fit.PORTS = {**dict.fromkeys(fit.PORTS, "simulated"), "sms": path}
    found = run_checks(tags=[TAG], include_deployment_checks=True)

    texts = [each.msg for each in found if each.id == "production.unknown-provider"]
    assert len(texts) == bool(problem)
    assert all(problem in text for text in texts)


def test_mail_server_has_to_be_complete(fit: Any) -> None:
    fit.PORTS = {**fit.PORTS, "mail": "smtp"}
    fit.EMAIL_HOST, fit.MAIL_FROM, fit.SMTP_SECURITY = "mail.shili.example", "", "ssl"
    assert problems(fit) == {"no-mail-server", "unknown-security"}
    fit.MAIL_FROM, fit.SMTP_SECURITY = "Filing <filing@shili.example>", "tls"
    assert problems(fit) == set()


def test_demo_starts_with_anything(fit: Any) -> None:
    fit.DEMO, fit.DEBUG = True, True

    refuse_unfit_start()


def test_all_problems_are_told_at_once_with_variable_and_remedy(fit: Any) -> None:
    fit.DEBUG, fit.HTTPS, fit.EMBEDDED_BROKER = True, False, True

    with pytest.raises(NotFitForProduction) as refusal:
        refuse_unfit_start()

    text = str(refusal.value)
    for words in ("unset BEIAN_DEBUG", "set BEIAN_HTTPS=1", "set BEIAN_BROKER_URL to a Redis"):
        assert words in text
    assert "BEIAN_ALLOW=debug" in text


@pytest.mark.parametrize("program", [WEB, WORKER, BEAT], ids=["web", "worker", "beat"])
def test_process_of_an_unfit_installation_ends_with_the_reasons(
    program: tuple[str, ...], tmp_path: Path
) -> None:
    environment = environment_of(tmp_path, HTTPS="0", ALLOW="")

    result = start(environment, *program)

    assert result.returncode != 0
    told = result.stdout + result.stderr
    for name in ("plain-http", "missing-keys", "simulated-sms", "simulated-bureau"):
        assert f"production.{name}" in told


def test_configured_installation_passes_the_deployment_check(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    manage(environment, "make_keys")

    result = start(environment, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout


def test_deployment_check_of_a_bare_installation_fails(tmp_path: Path) -> None:
    environment = environment_of(tmp_path, DATABASE_URL="", BROKER_URL="", ALLOW="")

    result = start(environment, "manage.py", "check", "--deploy")

    assert result.returncode == 1
    assert "production.embedded-database" in result.stderr


def test_keys_are_made_once(tmp_path: Path) -> None:
    environment = environment_of(tmp_path)
    manage(environment, "make_keys")
    made = (tmp_path / "keys" / "master.json").read_bytes()

    again = start(environment, "manage.py", "make_keys")

    assert again.returncode == 1
    assert "master.json" in again.stderr
    assert (tmp_path / "keys" / "master.json").read_bytes() == made


def test_missing_keys_are_not_replaced_by_new_ones(settings: Any, tmp_path: Path) -> None:
    from beian.crypto import keys

    settings.KEYS_DIR, settings.MAKES_OWN_KEYS = tmp_path, False

    with pytest.raises(keys.KeysMissing, match="make_keys"):
        keys.master_keys()
    assert list(tmp_path.iterdir()) == []


def test_names_are_words_for_a_comma_separated_list() -> None:
    assert all(name.replace("-", "").isalpha() for name in NAMES)
