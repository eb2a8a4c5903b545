"""Compile the catalogues to what Django reads."""

from __future__ import annotations

from pathlib import Path

import polib


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside each .po that is newer; returns the files written."""
    written = []
    for source in sorted(root.glob("locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.is_file() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        polib.pofile(str(source)).save_as_mofile(str(target))
        written.append(target)
    return written
