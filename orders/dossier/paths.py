"""Addressing by path: `services[0].principal.mobile`, `materials.subject_doc_image`."""

import re
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel, ValidationError

from .model import Dossier

_STEP = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]")


class PathError(Exception):
    """The path leads nowhere, or the value does not fit there."""


def steps(path: str) -> list[str | int]:
    """`services[0].name` → ["services", 0, "name"]; raises PathError."""
    if not re.fullmatch(r"[A-Za-z_]\w*(?:\[\d+\])?(?:\.[A-Za-z_]\w*(?:\[\d+\])?)*", path):
        raise PathError(f"not a dossier path: {path!r}")
    return [name or int(index) for name, index in _STEP.findall(path)]


def _step_into(node: Any, step: str | int, path: str) -> Any:
    if isinstance(step, int):
        if isinstance(node, list) and step < len(node):
            return node[step]
    elif isinstance(node, dict):
        return node.get(step, [])
    elif isinstance(node, BaseModel) and step in type(node).model_fields:
        return getattr(node, step)
    raise PathError(f"{path!r} leads nowhere at {step!r}")


def get_value(dossier: Dossier, path: str) -> Any:
    """The value at `path`; raises PathError."""
    node: Any = dossier
    for step in steps(path):
        node = _step_into(node, step, path)
    return node


def set_value(dossier: Dossier, path: str, value: Any) -> None:
    """Put `value` at `path` in place; raises PathError if it does not fit the schema."""
    *parents, last = steps(path)
    node: Any = dossier
    for step in parents:
        node = _step_into(node, step, path)
    if isinstance(node, dict):
        node[last] = list(value)
        return
    _step_into(node, last, path)
    if isinstance(node, list):
        node[int(last)] = value
        return
    try:
        setattr(node, str(last), value)
    except ValidationError as error:
        raise PathError(f"{path}: {error.errors()[0]['msg']}") from error


def _leaves(node: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    if isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from _leaves(getattr(node, name), f"{prefix}.{name}" if prefix else name)
    elif isinstance(node, dict):
        for name in sorted(node):
            yield f"{prefix}.{name}", node[name]
    elif isinstance(node, list) and node and isinstance(node[0], BaseModel):
        for index, item in enumerate(node):
            yield from _leaves(item, f"{prefix}[{index}]")
    else:
        yield prefix, node


def flatten(dossier: Dossier) -> dict[str, Any]:
    """Every leaf by its path; lists of plain values are one leaf."""
    return {path: value for path, value in _leaves(dossier, "") if path != "schema_version"}


def is_within(path: str, area: str) -> bool:
    """Whether `path` is `area` or lies below it (`subject.principal` covers its fields)."""
    return path == area or path.startswith((f"{area}.", f"{area}["))
