"""Why such a filing cannot be made at all, or not here: the first thing somebody reads."""

from typing import NamedTuple

from django.utils.translation import gettext as _t

from beian.data_language import in_language
from orders.apply.start_options import kind_refusals, nature_refusals
from orders.prepare.frame import FIRST, Choice
from orders.prepare.items import Item
from rules.enumerations import nature as find_nature
from rules.kinds.combinations import OrderCombination
from rules.rule import Rule


class Refusals(NamedTuple):
    """`ends_list`: nothing has to be prepared for what cannot be filed."""

    items: tuple[Item, ...]
    ends_list: bool


def refusals_of(choice: Choice, rules: list[Rule]) -> Refusals:
    """What stands in the way, the gravest first."""
    final = [*_nature(choice.nature), *(_order(rule, choice) for rule in rules if refuses(rule))]
    items = (item._replace(is_ticked=False) for item in (*final, *_kind(choice)))
    return Refusals(tuple(items), ends_list=bool(final))


def refuses(rule: Rule) -> bool:
    """Whether the rule refuses every order of its types."""
    kind = rule.kind
    return (
        rule.row.outcome == "block"
        and isinstance(kind, OrderCombination)
        and "order_type" in kind.forbids
        and not kind.unless
    )


def _nature(nature: str) -> list[Item]:
    refusal = nature_refusals().get(nature, "")
    entry = find_nature(nature)
    if not refusal or entry is None:
        return []
    source = entry.more["refused"]
    return [Item(refusal, (), source["source"], source["retrieved"])]


def _order(rule: Rule, choice: Choice) -> Item:
    message, remedy = rule.words_of("order_type", choice.nature)
    source = rule.row.source
    return Item(
        in_language(message),
        (in_language(remedy),),
        source.title,
        source.retrieved.isoformat(),
        is_provincial=rule.province is not None,
    )


def _kind(choice: Choice) -> list[Item]:
    """Of an order the portal takes only for some kinds of service."""
    refusal = kind_refusals().get(choice.kind) if choice.order == FIRST else None
    return [Item(str(refusal), (), _t("本平台办理范围"))] if refusal else []
