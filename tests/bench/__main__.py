"""`python -m tests.bench [name …]`: a table for people, then one JSON line per measure."""

from __future__ import annotations

import sys

from tests import bench
from tests.bench.frame import BENCHES, Measure
from tests.measuring import chosen, load_modules, measuring_database, print_json, progress


def main(names: list[str]) -> int:
    with measuring_database():
        load_modules(bench)
        measures = [measure for run in chosen(BENCHES, names) for measure in run()]
    progress(table(measures))
    for measure in measures:
        print_json(measure.as_json())
    return 0 if all(measure.is_ok for measure in measures) else 1


def table(measures: list[Measure]) -> str:
    rows = [("bench", "ours", "other", "unit", "ratio", "goal", "")]
    for m in measures:
        verdict = "ok" if m.is_ok else "MISSED"
        rows.append(
            (m.name, f"{m.ours:.4g}", f"{m.other:.4g}", m.unit, f"{m.ratio:.3g}", m.goal, verdict)
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
