from django import forms

from outside.bilingual import two
from outside.enums import FaceResult
from outside.forms.checks import MISSING_NAME


class FaceRuleForm(forms.Form):
    """A name and the answer it gets from now on; an earlier rule for the name is replaced."""

    use_required_attribute = False

    name = forms.CharField(
        label=two("姓名", "Name"), max_length=100, error_messages={"required": MISSING_NAME}
    )
    result = forms.ChoiceField(
        label=two("结果", "Result"), choices=FaceResult.choices, initial=FaceResult.NOT_PERSON
    )
