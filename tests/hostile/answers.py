"""Looking at what a hostile upload was answered and at what is left of it."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.utils import translation
from PIL import Image

from orders.field_labels import label_of
from orders.models import FilingOrder
from tests.hostile.case import FIELD
from verification.actions.documents import documents_of, read_document
from verification.models import Document

# What tells a person what to do now.
REMEDIES = {
    "zh-hans": re.compile("请(上传|重新|压缩|再|缩小|改)"),
    "en": re.compile(r"\b(upload|choose|take|compress|make|save)\b", re.I),
}
UNREADABLE = {
    "zh-hans": re.compile("没有任何资料被改动。请返回上一页"),
    "en": re.compile(r"nothing (was|has been) changed.*go back", re.I | re.S),
}
# Left in what is stored, these would mean that original bytes survived.
REMAINS = (b"<script", b"<?php", b"PK\x03\x04", b"%PDF", b"Exif\0\0", b"ICC_PROFILE", b"adobe")
UNCLEAN_NAME = re.compile(r"[/\\\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SUMMARY = re.compile(r'id="error-summary".*?</div>', re.S)
TAG = re.compile(r"<[^>]*>")


def files() -> set[Path]:
    return {path for path in Path(settings.FILES_DIR).rglob("*") if path.is_file()}


def errors_shown(response: HttpResponse) -> str:
    """The text of the error summary at the head of the page."""
    found = SUMMARY.search(response.content.decode())
    return unescape(TAG.sub(" ", found.group())) if found else ""


def names_field_and_remedy(response: HttpResponse, order: FilingOrder, language: str) -> bool:
    """The field is called as the certificate of the order's subject is."""
    subject = order.dossier.subject
    with translation.override(language):
        label = label_of(f"materials.{FIELD}", subject.nature, subject)
    text = errors_shown(response)
    line = next((line for line in text.splitlines() if label in line), "")
    return response.status_code == 200 and REMEDIES[language].search(line) is not None


def says_what_to_do(response: HttpResponse, _order: FilingOrder, language: str) -> bool:
    """A request that could not be read: nothing was changed, go back, try again."""
    text = response.content.decode()
    return response.status_code == 400 and UNREADABLE[language].search(text) is not None


def is_clean(document: Document, shown: str) -> bool:
    """A plain JPEG with nothing of the original in it, under a name that cannot do anything."""
    content = read_document(document)
    image = Image.open(io.BytesIO(content))
    image.load()
    return (
        image.format == "JPEG"
        and image.mode in {"RGB", "L"}
        and not dict(image.getexif())
        and not any(remains in content for remains in REMAINS)
        and UNCLEAN_NAME.search(document.name) is None
        and len(document.name) <= 80
        and not ("<" in document.name and document.name in shown)
    )


def is_kept_once(order: FilingOrder, new: set[Path]) -> bool:
    """One row, one file, and the draft names it."""
    rows = list(documents_of(order.pk))
    named = FilingOrder.objects.get(pk=order.pk).dossier.materials.get(FIELD, [])
    return [str(row.pk) for row in rows] == named and len(rows) == len(new) == 1
