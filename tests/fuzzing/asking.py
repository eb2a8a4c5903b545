"""One made-up request: where, how, as whom, with what. Everything follows from seed and number."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from functools import cache
from random import Random
from urllib.parse import quote, quote_plus

from tests.fuzzing.page_forms import PageForms, Pairs
from tests.fuzzing.stage import Route, Stage
from tests.fuzzing.values import Value, text, value
from tests.hostile.case import BOUNDARY, Case, Part, Request
from tests.hostile.catalogue import catalogue
from tests.policy import GET, TABLE

FORM = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
METHODS = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "HEAD", "CONNECT", "BREW", "post", "")
TYPES = (
    "application/json",
    "text/plain",
    "",
    "multipart/form-data",
    f"{FORM}; charset=zlib",
    "a/b",
)
QUERY_NAMES = (
    "q",
    "state",
    "due",
    "page",
    "after",
    "next",
    "view",
    "path",
    "document",
    "zoom",
    "turn",
)
HEADERS = {
    "HTTP_HOST": ("testserver", "a b", "[::1", "example.com", "testserver:99999", "", "é"),
    "HTTP_REFERER": ("", "http://testserver/help/", "http://[", "javascript:a", "/x", "é" * 500),
    "HTTP_ACCEPT_LANGUAGE": ("en", "zh-hans", "xx", "en;q=a", "*", "," * 400, "zh_TW", "a" * 900),
    "HTTP_X_FORWARDED_FOR": ("1.2.3.4", "a", ",,", "::1", "1.2.3.4:80, 5"),
    "HTTP_HX_REQUEST": ("true", "false", "x"),
    "HTTP_HX_CURRENT_URL": ("http://[", "é"),
    "HTTP_IF_MODIFIED_SINCE": ("x", "Thu, 01 Jan 1970 00:00:00 GMT"),
    "HTTP_IF_NONE_MATCH": ("*", "x", '"'),
    "HTTP_RANGE": ("bytes=0-", "bytes=9-1", "x"),
    "HTTP_ORIGIN": ("null", "http://testserver", "http://["),
    "HTTP_X_REQUEST_ID": ("a\nb", "x" * 900),
    "HTTP_ACCEPT": ("application/json", "x", ""),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_USER_AGENT": ("", "é\0", "x" * 5_000),
    # Web servers refuse what is no number before we see it.
    "CONTENT_LENGTH": ("0", "5", "99999999999"),
    "HTTP_TRANSFER_ENCODING": ("chunked",),
    "REMOTE_ADDR": ("", "unix:", "::1", "256.1.1.1"),
}
# The stage's order belongs to its owner; somebody texted is not signed in.
SAME = {"other account's owner": "newcomer"}
COOKIES = ("csrftoken", "sessionid", "messages", "django_language", "x")
LANGUAGES = ("zh-hans", "en", "xx", "../../x", "zh-hans\0", "e" * 300, "")


@dataclass
class Asked:
    """A request as it goes to the handler; `role` and `route` say what was meant.

    `page` is the address of ours behind `path`, whose forms fill the body.
    """

    route: str
    role: str
    method: str
    path: str
    page: str = ""
    query: str = ""
    body: bytes = b""
    content_type: str = ""
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    checks_csrf: bool = False

    def __str__(self) -> str:
        where = f"{self.path[:120]}?{self.query[:120]}"
        return f"{self.method} {where} as {self.role} ({self.content_type})"


class Asker:
    """Makes requests of one stage."""

    def __init__(self, stage: Stage, dice: Random) -> None:
        self.stage = stage
        self.dice = dice

    def role(self, route: Route) -> str:
        """Half of the time somebody the policy table lets in."""
        names = sorted(self.stage.sessions)
        insiders = [name for name in names if name in allowed(route.name)]
        return self.dice.choice(insiders if insiders and self.dice.random() < 0.5 else names)

    def page(self, route: Route) -> dict[str, str]:
        """Arguments of an address of ours about the order."""
        known = self.stage.known(route)
        return {name: self.dice.choice(many) for name, many in known.items()}

    def path(self, route: Route, page: dict[str, str]) -> str:
        """Mostly the page itself; else an address that names something else."""
        arguments = {name: self._argument(name, of_page) for name, of_page in page.items()}
        path = quote(route.path(arguments), safe="/%")
        if self.dice.random() < 0.03:
            path = self.dice.choice(
                (path.rstrip("/"), path + "/", "/" + path, path.upper(), path + "x")
            )
        return "/" + quote(text(self.dice)[:2_000]) if self.dice.random() < 0.02 else path

    def _argument(self, name: str, of_page: str) -> str:
        luck = self.dice.random()
        if luck < 0.65:
            return of_page
        known = self.stage.arguments.get(name, ["x"])
        return self.dice.choice(known) if luck < 0.85 else quote(text(self.dice)[:500])

    def method(self) -> str:
        luck = self.dice.random()
        return "GET" if luck < 0.4 else "POST" if luck < 0.92 else self.dice.choice(METHODS)

    def query(self, forms: PageForms) -> str:
        if self.dice.random() < 0.5:
            return ""
        names = [*{name: 1 for name, _value in forms.queries}, *QUERY_NAMES]
        known = [*forms.queries, *((name, "") for name in names)]
        pairs = [
            self._changed(self.dice.choice(known)) for _number in range(self.dice.randint(1, 3))
        ]
        return _urlencoded(pairs).decode("latin-1")

    def fill(self, asked: Asked, forms: PageForms) -> None:
        """Body, headers and cookies."""
        if asked.method == "POST" or self.dice.random() < 0.1:
            asked.body, asked.content_type = self._body(forms)
        for _number in range(self.dice.choice((0, 0, 0, 1, 1, 2))):
            name = self.dice.choice(sorted(HEADERS))
            asked.headers[name] = self.dice.choice(HEADERS[name])
        session = self.stage.sessions[asked.role]
        if session:
            asked.cookies["sessionid"] = session
        asked.cookies["django_language"] = self.dice.choice(
            LANGUAGES[: 2 if self.dice.random() < 0.9 else None]
        )
        if self.dice.random() < 0.05:
            asked.cookies[self.dice.choice(COOKIES)] = text(self.dice)[:3_000]
        asked.checks_csrf = self.dice.random() < 0.03

    def _body(self, forms: PageForms) -> tuple[bytes, str]:
        pairs = self._form(forms)
        luck = self.dice.random()
        if luck < 0.65:
            return _urlencoded(pairs), FORM
        if luck < 0.85:
            return self._multipart(pairs), MULTIPART
        if luck < 0.88:
            return self._hostile(dict(pairs))
        if luck < 0.94:
            readable = {name: str(content) for name, content in pairs}
            return json.dumps(readable).encode(), "application/json"
        return self.dice.randbytes(self.dice.randint(0, 300)), self.dice.choice(
            (FORM, MULTIPART, *TYPES)
        )

    def _form(self, forms: PageForms) -> list[tuple[str, Value]]:
        """A form of the page with some of its values changed, left out, doubled or made up."""
        known = self.dice.choice(forms.posts) if forms.posts else [("version", "1")]
        share = self.dice.choice((0.0, 0.1, 0.3, 1.0))
        pairs: list[tuple[str, Value]] = []
        for pair in known:
            if pair[0] in {"csrfmiddlewaretoken", "idempotency_key"}:
                continue
            pairs.append(self._changed(pair) if self.dice.random() < share else pair)
        pairs = [pair for pair in pairs if self.dice.random() > share / 5]
        if self.dice.random() < 0.3:
            pairs += [(text(self.dice)[:80], value(self.dice)) for _number in range(3)]
        return [*pairs, ("idempotency_key", self._key())]

    def _key(self) -> Value:
        if self.dice.random() < 0.95:
            return uuid.UUID(int=self.dice.getrandbits(128)).hex
        return self.dice.choice(
            ("", "a" * 15, "a" * 65, "\0" * 20, "字" * 64, b"\xff" * 30, value(self.dice))
        )

    def _changed(self, pair: tuple[str, Value]) -> tuple[str, Value]:
        name, content = pair
        if self.dice.random() < 0.05:
            name += self.dice.choice(("[]", "[0]", "-0", "\0", "[a][b]", "-remove"))
        return name, value(self.dice) if self.dice.random() < 0.8 else content

    def _multipart(self, pairs: list[tuple[str, Value]]) -> bytes:
        parts = [
            Part(_bytes(content), None, name.replace('"', "%22"), "") for name, content in pairs
        ]
        kinds = ("subject_doc_image", "principal_id_front", "x")
        parts.append(Part(_bytes(value(self.dice)), text(self.dice)[:300], self.dice.choice(kinds)))
        pieces = [f"--{BOUNDARY}\r\n".encode() + part.encoded() + b"\r\n" for part in parts]
        return b"".join(pieces) + f"--{BOUNDARY}--\r\n".encode()

    def _hostile(self, fields: dict[str, Value]) -> tuple[bytes, str]:
        """One of the hostile uploads, unless it is one of the very large ones."""
        plain = {name: str(content)[:100] for name, content in fields.items()}
        request: Request = self.dice.choice(_light()).request(plain)
        return request.body, request.content_type


@cache
def allowed(url_name: str) -> frozenset[str]:
    """Roles of the policy table, under the names the stage gives them."""
    roles = {str(role) for row in TABLE if row.name == url_name for role in row.allowed}
    return frozenset(SAME.get(role, role) for role in roles)


def is_read(url_name: str) -> bool:
    """Whether the policy table has the page for reading."""
    return any(row.name == url_name and row.method == GET for row in TABLE)


@cache
def _light() -> list[Case]:
    return [
        case for case in catalogue(7) if "MB" not in case.name and "megapixels" not in case.name
    ]


def _bytes(content: Value) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


def _urlencoded(pairs: Pairs | list[tuple[str, Value]]) -> bytes:
    return b"&".join(quote_plus(name).encode() + b"=" + _quoted(content) for name, content in pairs)


def _quoted(content: Value) -> bytes:
    """Bytes go over the line as they are: no browser would send them so."""
    return content if isinstance(content, bytes) else quote_plus(content).encode()
