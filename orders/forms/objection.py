"""A reason: of an objection to a rule, or of its waiver."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian.forms import LongTextField, PageForm
from orders.objections import refusal_of_words


class ReasonForm(PageForm):
    """`help_text` says who reads it."""

    reason = LongTextField(label=_("理由"), rows=5)

    def __init__(self, *args, help_text: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text

    def clean_reason(self) -> str:
        text = self.cleaned_data["reason"].strip()
        refusal = refusal_of_words(text)
        if refusal:
            raise ValidationError(refusal)
        return text
