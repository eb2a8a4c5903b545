"""Which provider serves a port: named in settings, loaded on first use."""

from functools import lru_cache
from importlib import import_module
from typing import Any

from django.conf import settings

PROVIDERS = {
    ("sms", "simulated"): "beian.ports.simulated.SimulatedSms",
    ("mail", "simulated"): "beian.ports.simulated.SimulatedMail",
    ("real_name", "simulated"): "beian.ports.simulated.SimulatedRealName",
    ("face", "simulated"): "beian.ports.simulated.SimulatedFace",
    ("inventory", "simulated"): "beian.ports.simulated.SimulatedInventory",
}


def port_names() -> list[str]:
    return sorted({port_name for port_name, _provider in PROVIDERS})


def known_providers(name: str) -> list[str]:
    return sorted(provider for port_name, provider in PROVIDERS if port_name == name)


class UnknownProvider(Exception):
    """Settings name a provider that does not exist."""


@lru_cache
def port(name: str) -> Any:
    """The configured provider of `name` (sms, mail, real_name, face, inventory)."""
    path = PROVIDERS.get((name, settings.PORTS[name]))
    if path is None:
        raise UnknownProvider(f"no provider {settings.PORTS[name]!r} for {name}")
    module, _dot, attribute = path.rpartition(".")
    return getattr(import_module(module), attribute)()
