"""Which class serves a port: one of ours by its short name, or one of the installation's own."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from django.conf import settings


class UnknownProvider(Exception):
    """Settings name a provider that does not exist, or one that lacks a method of its port."""


def chosen_class(port: str, known: Mapping[str, str], protocol: type) -> type[Any]:
    """The class for `port`; `known` gives the paths of our own. Raises UnknownProvider."""
    chosen = settings.PORTS[port]
    path = known.get(chosen, chosen if "." in chosen else "")
    if not path:
        raise UnknownProvider(f"{chosen}: there is no such provider")
    found = _loaded(path)
    lacking = [name for name in _methods(protocol) if not callable(getattr(found, name, None))]
    if lacking:
        raise UnknownProvider(f"{path} lacks {', '.join(lacking)} of {protocol.__qualname__}")
    return found


def _loaded(path: str) -> type[Any]:
    module, _dot, name = path.rpartition(".")
    try:
        found = getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise UnknownProvider(f"{path} cannot be loaded: {error}") from error
    if not isinstance(found, type):
        raise UnknownProvider(f"{path} is no class")
    return found


def _methods(protocol: type) -> list[str]:
    return [name for name in vars(protocol) if not name.startswith("_")]
