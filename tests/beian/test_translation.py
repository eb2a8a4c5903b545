"""Texts are collected from code and templates and keep their translations."""

from __future__ import annotations

from pathlib import Path

import polib

from beian.translation.catalogue import merged, untranslated
from beian.translation.compiled import compile_catalogues
from beian.translation.extract import Text, texts_of


def text(msgid: str, plural: str = "", context: str | None = None, place: str = "a.py") -> Text:
    return Text(msgid, plural, context, "", place)


def test_texts_are_found_in_python() -> None:
    source = 'gettext_lazy("提交")\nngettext("%(n)d 项", "%(n)d 项", n)\npgettext("钮", "关闭")\n'

    assert list(texts_of(source, "a.py")) == [
        text("提交"),
        text("%(n)d 项", "%(n)d 项"),
        text("关闭", context="钮"),
    ]


def test_texts_are_found_in_a_template() -> None:
    source = """
    <div>
        {% translate "保存" %}
      <p title='{% translate "说明" context "帮助" %}'>
          {% blocktranslate trimmed with name=order.number %}
            备案订单
            {{ name }} 已提交。
          {% endblocktranslate %}
      {% blocktranslate count n=total %}{{ n }} 条{% plural %}{{ n }} 条{% endblocktranslate %}
    </div>
    """

    assert list(texts_of(source, "a.html")) == [
        text("保存", place="a.html"),
        text("说明", context="帮助", place="a.html"),
        text("备案订单 %(name)s 已提交。", place="a.html"),
        text("%(n)s 条", "%(n)s 条", place="a.html"),
    ]


def test_merging_keeps_translations_and_drops_texts_that_are_gone() -> None:
    old = merged(polib.POFile(), [text("提交"), text("作废")])
    old.find("提交").msgstr = "Submit"

    new = merged(old, [text("提交"), text("保存")])

    assert [(entry.msgid, entry.msgstr) for entry in new] == [("提交", "Submit"), ("保存", "")]
    assert [entry.msgid for entry in untranslated(new)] == ["保存"]


def test_same_text_with_another_context_is_another_entry() -> None:
    catalogue = merged(polib.POFile(), [text("关闭"), text("关闭", context="账号")])

    assert [entry.msgctxt for entry in catalogue] == [None, "账号"]


def test_catalogue_is_compiled_once_until_it_changes(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    merged(polib.POFile(), [text("提交")]).save(str(folder / "django.po"))

    assert compile_catalogues(tmp_path) == [folder / "django.mo"]
    assert compile_catalogues(tmp_path) == []
