"""Shape of a domain as it is typed: cleaned, in both spellings, at the level that is filed.

Websites are filed at the registrable domain; sub-domains of government bodies under .gov.cn file
for themselves.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache

import idna
import tldextract

from rules.certificates.problem import Problem
from rules.suffixes import approved_suffixes

GOVERNMENT = "gov.cn"
MAX_LENGTH = 253

NOT_A_DOMAIN = Problem(
    "domain_shape",
    "请填写完整的域名，例如 example.com，不要包含 http://、路径、端口或空格。",
    "Enter a whole domain such as example.com, without http://, path, port or spaces.",
)
IS_ADDRESS = Problem(
    "domain_is_address",
    "此处应填写域名，不能填写 IP 地址。请填写您注册的域名。",
    "This field takes a domain, not an IP address. Enter the domain you registered.",
)
STARTS_WITH_WWW = Problem(
    "domain_www",
    "域名不能带 www.，请填写 {registrable}。",
    "Leave out www. and enter {registrable}.",
)
IS_SUBDOMAIN = Problem(
    "domain_subdomain",
    "网站按注册域名备案，不能填写二级域名。请填写 {registrable}，备案后其二级域名可以一并使用。",
    "Websites are filed at the registered domain, not below it. Enter {registrable}; its "
    "sub-domains can be used once it is filed.",
)
SUFFIX_NOT_APPROVED = Problem(
    "domain_suffix",
    "该域名后缀不支持备案，请换用后缀已获工业和信息化部批复的域名，例如 .com 或 .cn。",
    "Domains with this suffix cannot be filed. Use one whose suffix the ministry has approved, "
    "such as .com or .cn.",
)


@dataclass(frozen=True, slots=True)
class Domain:
    """`ascii` is the punycode form to store and compare, `unicode` the one to show."""

    ascii: str
    unicode: str
    registrable: str
    suffix: str

    @property
    def label(self) -> str:
        """The name chosen by its holder: what stands right before the suffix."""
        return self.registrable.removesuffix(f".{self.suffix}")

    @property
    def is_approved(self) -> bool:
        return top_level(self.suffix) in approved_suffixes()


@cache
def _extract() -> tldextract.TLDExtract:
    # No list is fetched and none is cached on disk: the snapshot in the package answers.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def to_unicode(name: str) -> str:
    """Return the Unicode spelling of a domain or suffix; what is no valid punycode stays."""
    try:
        return idna.decode(name) if "xn--" in name else name
    except idna.IDNAError:
        return name


def to_ascii(name: str) -> str:
    """Return the punycode spelling. Raises idna.IDNAError for an impossible name."""
    return idna.encode(name, uts46=True).decode()


def top_level(suffix: str) -> str:
    """Return the last label in Unicode: "com.cn" → "cn"."""
    return to_unicode(suffix.lower().strip(".").rpartition(".")[2])


def clean_domain(value: str) -> str:
    """Return half-width lower case without blanks and final dot; full stops become dots."""
    name = unicodedata.normalize("NFKC", value).strip().lower()
    return name.replace("。", ".").replace("．", ".").rstrip(".")


def read_domain(value: str, *, is_government: bool = False) -> Domain | Problem:
    """Return the domain of a website as typed, or what is wrong with it.

    A suffix that is not approved is no problem of shape: ask `Domain.is_approved`.
    """
    name = clean_domain(value)
    parts = _extract()(to_unicode(name))
    if parts.ipv4 or parts.ipv6:
        return IS_ADDRESS
    try:
        ascii_name = to_ascii(name)
    except idna.IDNAError:
        return NOT_A_DOMAIN
    if not parts.domain or not parts.suffix or len(ascii_name) > MAX_LENGTH:
        return NOT_A_DOMAIN
    registrable = f"{parts.domain}.{parts.suffix}"
    domain = Domain(ascii_name, to_unicode(ascii_name), registrable, parts.suffix)
    return _at_filed_level(domain, parts.subdomain, is_government=is_government)


def _at_filed_level(domain: Domain, below: str, *, is_government: bool) -> Domain | Problem:
    if not below:
        return domain
    files_for_itself = is_government and domain.suffix == GOVERNMENT
    if below.startswith("www.") or below == "www":
        shorter = domain.unicode.removeprefix("www.")
        return _named(STARTS_WITH_WWW, shorter if files_for_itself else domain.registrable)
    if files_for_itself:
        return domain
    return _named(IS_SUBDOMAIN, domain.registrable)


def _named(problem: Problem, registrable: str) -> Problem:
    words = {"registrable": registrable}
    return Problem(problem.code, problem.zh.format_map(words), problem.en.format_map(words))
