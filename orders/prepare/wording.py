"""Words of the rules as they fit one reader: who heads such a unit, and both persons at once."""

from beian.data_language import data_language
from orders.apply.certificate_words import LEGAL_REPRESENTATIVE, head_of_nature
from orders.prepare.items import Item

# What rules call the head of every unit, and what the certificates of some natures call them.
IN_RULES = {"zh": "法定代表人", "en": "legal representative"}
CALLED = {
    "person_in_charge": {"zh": "证件上的负责人", "en": "person in charge"},
    "operator": {"zh": "经营者", "en": "operator"},
}
# One demand of each of the two responsible persons, told once: what stands for which.
SERVICE_PERSON = {
    "zh": (("互联网信息服务负责人", "主体负责人"),),
    "en": (
        ("The service's responsible person", "The subject's responsible person"),
        ("the service's responsible person", "the subject's responsible person"),
    ),
}
BOTH_PERSONS = {
    "zh": (("主体负责人", "每位负责人"),),
    "en": (
        ("The subject's responsible person", "Each responsible person"),
        ("the subject's responsible person", "each responsible person"),
    ),
}


def with_head(text: str, nature: str) -> str:
    """The sentence with the word that the certificates of this nature have for their head."""
    head = head_of_nature(nature)
    if head == LEGAL_REPRESENTATIVE:
        return text
    language = data_language()
    return text.replace(IN_RULES[language], CALLED[head][language])


def merged(items: list[Item]) -> list[Item]:
    """The items with each text once, and what is demanded of either person told of both."""
    found: dict[str, Item] = {}
    for item in items:
        of_subject = _replaced(item.text, SERVICE_PERSON)
        other = found.get(of_subject)
        if of_subject != item.text and other is not None and other.papers == item.papers:
            found[of_subject] = other._replace(text=_replaced(of_subject, BOTH_PERSONS))
        else:
            found.setdefault(item.text, item)
    return list({item.text: item for item in found.values()}.values())


def _replaced(text: str, pairs: dict[str, tuple[tuple[str, str], ...]]) -> str:
    for old, new in pairs[data_language()]:
        text = text.replace(old, new)
    return text
