"""How long files and functions are: `python -m tests.consistency.shape` prints the figures."""

from __future__ import annotations

import ast
from statistics import median

from tests.consistency.sources import ROOMS, place, python_files, text, tree


def file_lengths() -> dict[str, int]:
    """Non-blank lines of every module that has any."""
    lengths = {
        place(path): sum(1 for line in text(path).splitlines() if line.strip())
        for path in python_files(*ROOMS)
    }
    return {name: length for name, length in lengths.items() if length}


def function_lengths() -> dict[str, int]:
    return {
        f"{place(path)}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for path in python_files(*ROOMS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and node.end_lineno
    }


def report() -> str:
    lines = []
    for title, lengths in (("files", file_lengths()), ("functions", function_lengths())):
        if not lengths:
            continue
        lines.append(
            f"{title}: {len(lengths)}, median {median(lengths.values()):g} lines, longest:"
        )
        longest = sorted(lengths.items(), key=lambda item: -item[1])[:5]
        lines += [f"  {length:>4}  {name}" for name, length in longest]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
