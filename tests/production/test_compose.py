"""The container files are held by what can be read in them: no test starts a container engine."""

from __future__ import annotations

import re
import shutil
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import resolve

from beian.environment_names import VARIABLES
from beian.production.rules import NAMES
from tests.consistency.sources import ROOT
from tests.production.installation import environment_of, manage

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
PORTAL = sorted(name for name, service in SERVICES.items() if service["image"] == "beian-portal")
MANUALS = [(ROOT / "docs" / name).read_text() for name in ("operations.md", "operations.zh.md")]
ASKED_FOR = re.compile(r"\$\{([A-Z0-9_]+)(:[?-])?")


def words_of(service: dict[str, Any]) -> str:
    return " ".join(service.get("command", []))


def test_services_are_those_of_the_documentation() -> None:
    assert sorted(SERVICES) == [
        "beat", "keys", "migrate", "postgres", "redis", "store", "web", "worker",
    ]  # fmt: skip
    assert PORTAL == ["beat", "keys", "migrate", "web", "worker"]


@pytest.mark.parametrize("name", PORTAL)
def test_every_variable_is_one_that_the_settings_read(name: str) -> None:
    given = set(SERVICES[name]["environment"])

    assert {row.removeprefix("BEIAN_") for row in given} <= set(VARIABLES)
    assert {"BEIAN_DATABASE_URL", "BEIAN_BROKER_URL", "BEIAN_S3_BUCKET", "BEIAN_HTTPS"} <= given


@pytest.mark.parametrize("name", PORTAL)
def test_every_provider_can_be_chosen(name: str) -> None:
    wanted = {f"BEIAN_{row}" for row in VARIABLES if row.endswith("_PROVIDER")}

    assert wanted - set(SERVICES[name]["environment"]) == set()


def test_sample_names_every_simulated_provider() -> None:
    """An installation that is tried out as the sample says is not refused for another one."""
    (names,) = re.findall(r"(?m)^# ALLOW=(.+)$", (ROOT / ".env.example").read_text())

    assert set(names.split(",")) == {name for name in NAMES if name.startswith("simulated-")}


def test_variables_of_the_image_are_ones_that_the_settings_read() -> None:
    assert set(re.findall(r"BEIAN_([A-Z0-9_]+)=", DOCKERFILE)) <= set(VARIABLES)


def test_nothing_accepts_an_unfit_condition_by_itself() -> None:
    assert {SERVICES[name]["environment"]["BEIAN_ALLOW"] for name in PORTAL} == {"${ALLOW:-}"}
    assert all("BEIAN_DEMO" not in SERVICES[name]["environment"] for name in PORTAL)


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_nobody_is_root(name: str) -> None:
    user = str(SERVICES[name]["user"]).split(":")[0]

    assert user not in {"root", "0", ""}


def test_last_user_of_each_image_is_not_root() -> None:
    for target in re.split(r"(?m)^FROM ", DOCKERFILE)[2:]:
        users = re.findall(r"(?m)^USER (\S+)", target)
        assert users
        assert not users[-1].startswith(("0", "root"))


@pytest.mark.parametrize("name", PORTAL)
def test_portal_cannot_write_its_own_files_nor_the_keys(name: str) -> None:
    service = SERVICES[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    # `docker compose run -v` does not lift a :ro, so what makes keys is a service of its own.
    mode = "" if name == "keys" else ":ro"
    assert service["volumes"] == [f"${{KEYS_FOLDER:-./keys}}:/run/beian/keys{mode}"]


def test_what_writes_keys_is_started_by_hand_only() -> None:
    assert SERVICES["keys"]["profiles"] == ["by-hand"]
    assert SERVICES["keys"]["command"][1:] == ["manage.py", "make_keys"]
    assert "depends_on" not in SERVICES["keys"]
    for manual in MANUALS:
        assert "docker compose run --rm keys`" in manual
        assert "/run/beian/keys web" not in manual


def test_there_is_one_beat_and_it_is_not_scaled() -> None:
    beats = [name for name, service in SERVICES.items() if " beat " in f" {words_of(service)} "]

    assert beats == ["beat"]
    assert SERVICES["beat"]["deploy"] == {"replicas": 1}


def test_schema_is_migrated_once_before_anything_serves() -> None:
    assert "manage.py migrate --no-input" in words_of(SERVICES["migrate"])
    assert SERVICES["migrate"]["restart"] == "no"
    for name in ("web", "worker", "beat"):
        condition = SERVICES[name]["depends_on"]["migrate"]["condition"]
        assert condition == "service_completed_successfully"


def test_only_what_ends_by_itself_runs_as_the_owner_of_the_tables() -> None:
    urls = {name: SERVICES[name]["environment"]["BEIAN_DATABASE_URL"] for name in PORTAL}

    assert urls.pop("migrate").startswith("postgres://beian:")
    assert urls.pop("keys").startswith("postgres://beian:")
    assert {url.split(":")[1] for url in urls.values()} == {"//${DATABASE_ROLE"}


def test_every_lasting_service_but_the_store_tells_its_health() -> None:
    lasting = set(SERVICES) - {"keys", "migrate", "store"}

    assert {name for name in lasting if "healthcheck" not in SERVICES[name]} == set()


def test_health_checks_call_what_exists() -> None:
    *_words, module, path = SERVICES["web"]["healthcheck"]["test"]

    assert (ROOT / f"{module.replace('.', '/')}.py").is_file()
    assert resolve(path).view_name == "public:healthz"
    assert SERVICES["beat"]["healthcheck"]["test"][2:] == ["manage.py", "check_heartbeat", "beat"]


def test_database_is_well_only_when_it_can_be_called() -> None:
    """While a fresh volume is filled, the server answers on its socket, but not to `migrate`."""
    words = SERVICES["postgres"]["healthcheck"]["test"]

    assert words[words.index("--host") + 1] == "127.0.0.1"


def test_store_brings_its_folder_inside_the_parent_so_that_the_owner_comes_along() -> None:
    """Copied onto a folder that the base has already, only the content would change its owner."""
    ((owner, source, target),) = re.findall(
        r"(?m)^COPY --from=build --chown=(\S+) (\S+) (/\S*)$", DOCKERFILE
    )
    (volume,) = SERVICES["store"]["volumes"]

    assert owner == SERVICES["store"]["user"]
    assert target == "/"
    assert f"mkdir -p {source}{volume.removeprefix('pictures:')} " in DOCKERFILE


def test_proxy_of_this_machine_calls_from_a_known_address() -> None:
    """Docker would choose another range with every new network."""
    (chosen,) = COMPOSE["networks"]["default"]["ipam"]["config"]
    sample = (ROOT / ".env.example").read_text()
    network = ip_network(re.findall(r"(?m)^SUBNET=(.+)$", sample)[0])

    assert chosen["subnet"] == f"${{SUBNET:-{network}}}"
    for text in (sample, *MANUALS):
        assert str(network[1]) in text


def test_images_are_pinned() -> None:
    bases = re.findall(r"(?m)^FROM (\S+)", DOCKERFILE)
    foreign = [s["image"] for s in SERVICES.values() if "build" not in s and ":" in s["image"]]

    assert all(re.search(r":[\w.-]*\d", name) for name in [*bases, *foreign])
    assert len(foreign) == 2


def test_keys_and_passwords_made_beside_the_files_stay_out_of_the_repository() -> None:
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    (folder,) = re.findall(r"(?m)^KEYS_FOLDER=\./(.+)$", (ROOT / ".env.example").read_text())

    assert {".env", f"/{folder}/"} <= set(ignored)


def test_environment_sample_has_what_the_compose_file_asks_for() -> None:
    asked = {name for name, _mark in ASKED_FOR.findall((ROOT / "docker-compose.yml").read_text())}
    sample = (ROOT / ".env.example").read_text()
    told = dict(re.findall(r"(?m)^([A-Z0-9_]+)=(.*)$", sample))

    assert set(told) == asked
    # Whatever has to be filled in is empty, so nobody goes live with a sample.
    required = re.findall(r"\$\{([A-Z0-9_]+):\?\}", (ROOT / "docker-compose.yml").read_text())
    assert {told[name] for name in required} == {""}


def copied() -> list[str]:
    """Folders and files that the image gets from the repository."""
    return re.findall(r"(?m)^COPY (\S+) \./", DOCKERFILE)


def test_image_has_neither_tests_nor_the_outside_world() -> None:
    assert {"outside", "tests", "docs", "."} & set(copied()) == set()
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    assert {line[1:] for line in ignored if line.startswith("!")} == {
        *copied(), "requirements/s3.txt",
    }  # fmt: skip


def test_requirements_of_the_image_are_all_hashed() -> None:
    pinned = re.findall(r"(?m)^[a-z0-9][^\s]*==.*$", (ROOT / "requirements/s3.txt").read_text())

    assert "--require-hashes" in DOCKERFILE
    assert len(pinned) > 30
    assert all(line.endswith("\\") for line in pinned)


def test_what_the_image_holds_builds_and_checks(tmp_path: Path) -> None:
    app = tmp_path / "app"
    app.mkdir()
    for name in copied():
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, app / name, ignore=shutil.ignore_patterns("*.mo", "*.pyc"))
        else:
            shutil.copy(source, app / name)
    environment = environment_of(
        tmp_path, SECRET_KEY="only-for-building", STATIC_ROOT=str(tmp_path / "static")
    )

    manage(environment, "build_image", folder=app)

    assert (tmp_path / "static" / "staticfiles.json").is_file()
    assert (app / "locale/en/LC_MESSAGES/django.mo").is_file()
