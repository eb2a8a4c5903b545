from datetime import datetime

from django import forms

from outside import clock
from outside.bilingual import two

UNREADABLE = two("请按 2026-12-01 09:30 的样子填写。", "Write it like 2026-12-01 09:30.")
TOO_FAR = two("与真实时间相差不能超过十年。", "Stay within ten years of the real time.")


class MomentForm(forms.Form):
    """A wall-clock time in Asia/Shanghai for the demo to continue from."""

    use_required_attribute = False

    moment = forms.DateTimeField(
        label=two("演示时间设为（北京时间）", "Set the demo time to (Asia/Shanghai)"),
        input_formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S"],
        widget=forms.DateTimeInput(format="%Y-%m-%d %H:%M", attrs={"autocomplete": "off"}),
        error_messages={"required": UNREADABLE, "invalid": UNREADABLE},
    )

    def clean_moment(self) -> datetime:
        moment = self.cleaned_data["moment"]
        if abs(moment - clock.real_now()) > clock.FURTHEST:
            raise forms.ValidationError(TOO_FAR)
        return moment
