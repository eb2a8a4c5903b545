from django import forms

from outside.bilingual import two
from outside.models import Switches

MISSING_TEXT = two(
    "请填写意见，申请人会看到原文。", "Write the opinion; the applicant reads it word for word."
)


class OpinionForm(forms.Form):
    """The officer's or the ministry's own words."""

    use_required_attribute = False

    text = forms.CharField(
        label=two("意见", "Opinion"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": MISSING_TEXT},
    )


class SwitchesForm(forms.ModelForm):
    """The faults the product should survive."""

    use_required_attribute = False

    class Meta:
        model = Switches
        fields = ("next_upload", "refusal_code", "repeats_results", "reverses_results")
        widgets = {"next_upload": forms.RadioSelect}
        labels = {
            "next_upload": two("下一次上报", "The next upload"),
            "refusal_code": two("拒收时返回的代码", "Code to refuse with"),
            "repeats_results": two("结果文件重复下发一次", "Deliver every result file twice"),
            "reverses_results": two("结果倒序下发", "Deliver the newest result first"),
        }
        help_texts = {
            "next_upload": two(
                "只对下一次上报有效，用完自动恢复为“正常接收”。",
                "Used up by one upload, then back to accepting.",
            ),
            "repeats_results": two(
                "确认之后换一个文件名再下发一次，结果编号不变。",
                "Sent once more under another name after its acknowledgement; same result ids.",
            ),
            "reverses_results": two(
                "每个文件只放一条结果，后作出的先下发。",
                "One result a file, the latest decision first.",
            ),
        }
