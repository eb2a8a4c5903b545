"""Uploading a rule file, and saying why."""

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms import LongTextField, PageForm
from beian.forms.labelled import LabelledField

# Ten times the longest shipped file, and well below what a request may hold.
MOST_BYTES = 512 * 1024
SUFFIX = ".toml"
# Of a file's name; the rest tells nobody anything.
LONGEST_NAME = 120


class RuleFileField(LabelledField, forms.FileField):
    """A TOML file; cleans to (its name, its text)."""

    messages = {
        "required": _("请选择{label}"),
        "empty": _("{label}是空的，请重新选择"),
        "suffix": _("{label}须为导出的 .toml 文件"),
        "size": _("{label}超过 512 KB，请按省份分开导入"),
        "text": _("{label}不是 UTF-8 编码的文本，请重新导出"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.FileInput(), **kwargs)

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        name = PurePath(upload.name).name
        if PurePath(name).suffix.lower() != SUFFIX:
            raise ValidationError(self.error_messages["suffix"], code="suffix")
        if upload.size > MOST_BYTES:
            raise ValidationError(self.error_messages["size"], code="size")
        try:
            return short_name(name), upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ValidationError(self.error_messages["text"], code="text") from error


def short_name(name: str) -> str:
    """A name of any length as pages and errors quote it."""
    if len(name) <= LONGEST_NAME:
        return name
    return f"{PurePath(name).stem[: LONGEST_NAME - len(SUFFIX) - 1]}…{SUFFIX}"


def _reason() -> LongTextField:
    return LongTextField(
        label=_("修改原因"),
        help_text=_("写给发布的同事，会写在每一条修改上"),
        rows=3,
        max_length=500,
    )


class HiddenTextField(LabelledField, forms.CharField):
    """Was checked when it was typed; whoever sends something else is told which part it is."""

    messages = {
        "required": _("缺少{label}，请重新选择文件"),
        "max_length": _("{label}超过 %(limit_value)d 个字，请缩短后重新选择文件"),
        "null_characters_not_allowed": _("{label}中有不能保存的字符，请删除后重新选择文件"),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, widget=forms.HiddenInput(), **kwargs)


class UploadForm(PageForm):
    file = RuleFileField(label=_("规则文件"), help_text=_("从本页导出、修改后的 .toml 文件"))
    reason = _reason()


class ConfirmForm(PageForm):
    """What was uploaded comes along, so that nothing is kept in between."""

    name = HiddenTextField(label=_("文件名"), max_length=LONGEST_NAME)
    text = HiddenTextField(label=_("规则文件"), max_length=MOST_BYTES, strip=False)
    reason = HiddenTextField(label=_("修改原因"), max_length=500)

    def clean_text(self):
        return self.cleaned_data["text"].replace("\r\n", "\n")
