"""Whether somebody has to file here: three questions, and the first answer that fits (data)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from beian.data_language import in_language

FILE = Path(__file__).parents[1] / "data" / "need.toml"

WHERE = {
    "mainland": _("中国内地的服务器"),
    "cdn": _("境外的服务器，但使用中国内地的加速节点（CDN）"),
    "overseas": _("中国香港、澳门、台湾或国外的服务器"),
    "none": _("还没有服务器"),
}
WHAT = {
    "website": _("网站"),
    "app": _("联网的 APP"),
    "mini_program": _("小程序或快应用"),
    "offline_app": _("不联网的单机 APP"),
}
ADDRESS = {"domain": _("用域名"), "ip": _("只用 IP 地址")}


# Kinds of service that can be filed here, as the list of things to prepare has them.
KINDS = ("website", "app")

# What an answer may depend on: the fields of the form.
QUESTIONS = ("what", "where", "address")


@dataclass(frozen=True)
class Answer:
    """`verdict` is yes, no, depends, cannot or elsewhere; texts are {"zh": …, "en": …}."""

    code: str
    verdict: str
    texts: Mapping[str, Mapping[str, str]]
    conditions: Mapping[str, tuple[str, ...]]
    source: Mapping[str, str]

    def fits(self, said: Mapping[str, str]) -> bool:
        return all(said[name] in values for name, values in self.conditions.items())

    @property
    def title(self) -> str:
        return in_language(self.texts["title"])

    @property
    def text(self) -> str:
        return in_language(self.texts["text"])

    @property
    def leads_on(self) -> bool:
        """Whether there is something to prepare for."""
        return self.verdict in {"yes", "depends"}

    @property
    def tone(self) -> str:
        return "success" if self.verdict == "no" else "info" if self.leads_on else "warning"


def answer_to(said: Mapping[str, str]) -> Answer:
    """The first answer whose conditions hold; the last has none."""
    return next(answer for answer in answers() if answer.fits(said))


@cache
def answers() -> tuple[Answer, ...]:
    return tuple(_answer(row) for row in _data()["answer"])


def query_of(said: Mapping[str, str]) -> str:
    """What was answered here already, for the list of things to prepare."""
    return "?" + urlencode({"kind": said["what"]}) if said["what"] in KINDS else ""


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _answer(row: dict[str, Any]) -> Answer:
    conditions = {name: tuple(row[name]) for name in QUESTIONS if name in row}
    texts = {"title": row["title"], "text": row["text"]}
    return Answer(row["code"], row["verdict"], texts, conditions, row["source"])
