"""What somebody is called after where they are at home."""

from django.utils.translation import pgettext_lazy

from beian.lazy_text import LazyText

# In the words of the rules, and in their order.
RESIDENTS: dict[str, LazyText] = {
    "mainland": pgettext_lazy("one person", "内地居民"),
    "hk": pgettext_lazy("one person", "香港居民"),
    "macau": pgettext_lazy("one person", "澳门居民"),
    "tw": pgettext_lazy("one person", "台湾居民"),
    "foreign": pgettext_lazy("one person", "外国人"),
}
