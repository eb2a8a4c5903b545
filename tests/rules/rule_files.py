"""Writes small rule files for tests of loading and resolution."""

from __future__ import annotations

from pathlib import Path

TEXT = """
[rule.text.default]
zh = "不符合要求。"
en = "Not met."
remedy_zh = "请修改。"
remedy_en = "Change it."
"""


def rule(
    rule_id: str,
    *,
    kind: str,
    outcome: str = "block",
    who: str = '["*"]',
    orders: str = '["all"]',
    confidence: str = "high",
    params: str = "{}",
    text: str = TEXT,
    source: str = '{ title = "示例来源", retrieved = "2026-11-16" }',
    slot: str | None = None,
    valid_from: str | None = None,
    valid_to: str | None = None,
    enabled: str = "true",
    more: str = "",
) -> str:
    lines = [
        "[[rule]]",
        f'id = "{rule_id}"',
        'title = { zh = "示例要求。", en = "A sample demand." }',
        f"who = {who}",
        f"orders = {orders}",
        f'kind = "{kind}"',
        f'outcome = "{outcome}"',
        f'confidence = "{confidence}"',
        f"source = {source}",
        f"params = {params}",
        f"enabled = {enabled}",
        more,
    ]
    if slot:
        lines.append(f'slot = "{slot}"')
    lines += [f"{name} = {day}" for name, day in dates(valid_from, valid_to)]
    return "\n".join(lines) + text


def dates(valid_from: str | None, valid_to: str | None) -> list[tuple[str, str]]:
    given = [("valid_from", valid_from), ("valid_to", valid_to)]
    return [(name, day) for name, day in given if day is not None]


def write_rules(folder: Path, national: str, provinces: dict[str, list[str]]) -> Path:
    """Write a folder of rule files and return it."""
    (folder / "provinces").mkdir(exist_ok=True)
    (folder / "national.toml").write_text(national, encoding="utf-8")
    for name, rows in provinces.items():
        (folder / "provinces" / f"{name}.toml").write_text("\n".join(rows), encoding="utf-8")
    return folder
