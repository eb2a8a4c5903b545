"""The declarations before submitting: one box per text that is still to be agreed to."""

from typing import Any

from django.utils.translation import gettext as _

from beian.forms import AgreeField, PageForm
from beian.legal_texts import LegalText


class AgreementsForm(PageForm):
    """Fields are named after the texts' keys."""

    def __init__(self, *args: Any, texts: list[LegalText], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {text.key: text for text in texts}
        for text in texts:
            label = _("我已阅读并同意《%(title)s》") % {"title": text.title}
            self.fields[text.key] = AgreeField(label=label, text=text)

    def boxes(self) -> list[tuple[Any, LegalText]]:
        """Each box with the text it stands for."""
        return [(self[key], text) for key, text in self.texts.items()]

    def agreed(self) -> list[str]:
        return [key for key in self.texts if self.cleaned_data.get(key)]
