"""Every page at both widths, in both themes and both languages: accessible, translated, fitting.

Its markup is complete and it reads from the database as seldom as it should.

A round is one look at one page. The first rounds see every page once, the combinations taking
turns, one of each sort before the many states of the same sort; the other rounds see each page in
the seven combinations that it has not been seen in.
"""

from tests.browser.album import MOST_READS, Album, Snapshot, album
from tests.browser.looking import COMBINATIONS, Looker, looker
from tests.browser.markup import problems
from tests.browser.pages import Kind
from tests.measuring import progress
from tests.prove.frame import proof

# Room for the album to grow; rounds beyond its last page look at nothing.
ROOM = 960
# One of each address and some of its sorts: what the tests of every day look at.
SORTS = 95
OTHERS = len(COMBINATIONS) - 1


@proof(
    "axe",
    small=SORTS,
    full=ROOM * len(COMBINATIONS),
    batch=ROOM // 2,
    must_be_zero=(
        *("axe", "complaints", "too_wide", "small_targets", "untranslated"),
        *("markup", "reads", "left_out"),
    ),
    jobs=2,
)
def axe(start: int, count: int, seed: int) -> dict[str, int]:
    pages = album(everything=start + count > SORTS)
    with looker(pages) as seen:
        for number in range(start, start + count):
            _look(seen, pages, number)
    for line in seen.said:
        progress(line)
    return {"left_out": max(0, len(pages.pages) - ROOM), **seen.tally}


def _look(seen: Looker, pages: Album, number: int) -> None:
    place, combination = where(number)
    if place < len(pages.pages):
        seen.look(place, combination)
        if number < ROOM:
            _read(seen, pages.pages[place])


def _read(seen: Looker, shot: Snapshot) -> None:
    """What needs no browser, once a page."""
    wrong = [line for language, html in shot.html.items() for line in problems(html, language)]
    seen.note("markup", wrong, str(shot))
    has_too_many = shot.page.kind is Kind.READ and shot.reads > MOST_READS
    seen.note("reads", [f"{shot.reads} reads"] if has_too_many else [], str(shot))


def where(number: int) -> tuple[int, tuple[int, str, str]]:
    """Page and combination of a round. Rounds that share a page and a language are neighbours."""
    if number < ROOM:
        return number, COMBINATIONS[number % len(COMBINATIONS)]
    index, turn = divmod(number - ROOM, OTHERS)
    # Every other page first, so that two processes have the same number of real ones.
    place = index * 2 % ROOM + index * 2 // ROOM
    others = [one for one in COMBINATIONS if one != COMBINATIONS[place % len(COMBINATIONS)]]
    return place, others[turn]
