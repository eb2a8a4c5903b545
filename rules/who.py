"""Whom and which orders a rule concerns: the letters of the rule tables, resolved once."""

from rules.vocabulary import NATURES

PERSONAL = frozenset({"personal"})
EVERYBODY = frozenset(NATURES)

# P natural persons, U units, E enterprises, S sole proprietors (who file as enterprises), G party
# and government bodies, I public institutions. A nature's own key names just that one.
WHO: dict[str, frozenset[str]] = {
    "*": EVERYBODY,
    "P": PERSONAL,
    "U": EVERYBODY - PERSONAL,
    "E": frozenset({"enterprise", "sole_proprietor"}),
    "S": frozenset({"sole_proprietor"}),
    "G": frozenset({"government"}),
    "I": frozenset({"public_institution"}),
    **{nature: frozenset({nature}) for nature in NATURES},
}

ADD = frozenset({"add_with_subject", "add_without_subject"})
CHANGE = frozenset({"change_subject", "change_service", "change_filing"})
ORDER_TYPES = frozenset({"first", "access", "migrate"}) | ADD | CHANGE

ORDERS: dict[str, frozenset[str]] = {
    "all": ORDER_TYPES,
    "add": ADD,
    "change": CHANGE,
    "new": ADD | {"first"},
    "post": frozenset(),  # after filing, no order
    **{order_type: frozenset({order_type}) for order_type in ORDER_TYPES},
}


def natures_of(who: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(WHO[letter] for letter in who))


def order_types_of(orders: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(ORDERS[word] for word in orders))
