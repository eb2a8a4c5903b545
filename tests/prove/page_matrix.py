"""Every page at both widths, in both themes and both languages: accessible, translated, fitting.

A round is one look at one page. In the first turn every page is seen once, the combinations taking
turns, one of each sort before the many states of the same sort; after eight turns every page has
been seen in every combination.
"""

from tests.browser.album import Album, album
from tests.browser.looking import COMBINATIONS, Looker, looker
from tests.measuring import progress
from tests.prove.frame import proof

# Room for the album to grow; rounds of a turn beyond its last page look at nothing.
LOOKS_PER_TURN = 400
SORTS = 120


@proof(
    "page-matrix",
    small=SORTS,
    full=LOOKS_PER_TURN * len(COMBINATIONS),
    batch=LOOKS_PER_TURN // 4,
    must_be_zero=("axe", "complaints", "too_wide", "small_targets", "untranslated", "left_out"),
)
def page_matrix(start: int, count: int, seed: int) -> dict[str, int]:
    pages = album()
    with looker(pages) as seen:
        for number in range(start, start + count):
            _look(seen, pages, *divmod(number, LOOKS_PER_TURN))
    for line in seen.said:
        progress(line)
    return {"left_out": max(0, len(pages.pages) - LOOKS_PER_TURN), **seen.tally}


def _look(seen: Looker, pages: Album, turn: int, place: int) -> None:
    if place < len(pages.pages):
        seen.look(place, COMBINATIONS[(place + turn) % len(COMBINATIONS)])
