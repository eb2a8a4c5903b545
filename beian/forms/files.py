"""Uploads, as far as a form can judge them: a name, a size, and whether one is already kept."""

from dataclasses import dataclass
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from beian.forms.labelled import LabelledField
from beian.forms.widgets import Upload

MEBIBYTE = 1024 * 1024
LIMITS = _("JPG 或 PNG 图片，不超过 {megabytes} MB，最短边不少于 {pixels} 像素")
_SUFFIXES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class KeptFile:
    """A file uploaded earlier, as initial value of the field. ``url`` shows it."""

    token: str
    name: str
    url: str = ""
    note: str = ""


class ImageField(LabelledField, forms.FileField):
    """A photo or scan. Cleans to the upload, None (a kept file stays) or False (remove).

    Bytes are judged where they are decoded; here only the file's name and size (``max_megabytes``,
    the setting upload.accepted_megabytes). ``least_pixels`` is said beforehand. One that
    ``is_given`` already is called optional no more, whether or not it may be removed.
    """

    is_given = False

    messages = {
        "required": _("请上传{label}"),
        "suffix": _("{label}须为 JPG 或 PNG 图片，请重新拍照或另存为图片后上传"),
        "empty": _("{label}的文件是空的，请重新选择"),
        "size": _("{label}超过 {megabytes} MB，请压缩或重新拍照后上传"),
        "request": _("这次提交的图片加起来太大，{label}没有保存，请再上传一次这张图片"),
    }

    def __init__(self, *args, max_megabytes, least_pixels, **kwargs):
        self.max_megabytes = max_megabytes
        limits = format_lazy(LIMITS, megabytes=max_megabytes, pixels=least_pixels)
        kwargs.setdefault("help_text", limits)
        super().__init__(*args, widget=Upload(), **kwargs)

    def slots(self):
        return super().slots() | {"megabytes": self.max_megabytes}

    def widget_attrs(self, widget):
        return {"class": "upload-input", "accept": "image/jpeg,image/png"}

    def clean(self, value, initial=None):
        if not value:
            return self._clean_nothing(value, initial)
        code = self._problem(value)
        if code:
            raise ValidationError(self.error_messages[code], code=code)
        return value

    def _clean_nothing(self, value, initial):
        gone = value is False or not initial
        if self.required and gone:
            raise ValidationError(self.error_messages["required"], code="required")
        return value

    def _problem(self, upload) -> str | None:
        if not upload.size:
            return "empty"
        if upload.size > self.max_megabytes * MEBIBYTE:
            return "size"
        if getattr(upload, "is_over_request", False):
            return "request"
        return None if PurePath(upload.name).suffix.lower() in _SUFFIXES else "suffix"

    def bound_data(self, data, initial):
        # A re-rendered page shows the kept file; browsers never take a file name back.
        return initial
