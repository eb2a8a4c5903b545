"""What a reviewer records about a truthfulness check."""

from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.forms import CleanCharField, DayField, LongTextField, OptionField, PageForm
from beian.forms.normalise import half_width

SCHEDULE, CONFIRM, REFUSE = "schedule", "confirm", "refuse"
LABELS = {
    SCHEDULE: _("已与负责人约定会议时间"),
    CONFIRM: _("会议已完成，核实是本人"),
    REFUSE: _("不能证明是本人，要求重新核验"),
}


class TimeField(CleanCharField):
    """Hours and minutes as 14:30; cleans to `time`."""

    def to_python(self, value: Any) -> Any:
        text = half_width(str(value or "")).replace(" ", "").replace(".", ":")
        if not text:
            return None
        try:
            return time.fromisoformat(text.zfill(5))
        except ValueError as error:
            raise ValidationError(_("会议时间应为 24 小时制的时和分，例如 14:30")) from error


class OutcomeForm(PageForm):
    """`outcomes` are those that fit; day and time go with an agreed meeting, the note with all
    others."""

    outcome = OptionField(label=_("核验结果"), choices=[])
    day = DayField(label=_("会议日期"), required=False, help_text=_("仅在约定时间时填写"))
    time = TimeField(
        label=_("会议时间"), required=False, width="code", help_text=_("北京时间，例如 14:30")
    )
    note = LongTextField(
        label=_("核验记录"),
        required=False,
        rows=3,
        max_length=300,
        help_text=_("写明怎样核对、谁在场，或为什么不能认可。只有审核员能看到。"),
    )

    def __init__(self, *args: Any, outcomes: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(name, LABELS[name]) for name in outcomes]
        if SCHEDULE not in outcomes:
            del self.fields["day"], self.fields["time"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        outcome = cleaned.get("outcome")
        if outcome == SCHEDULE:
            self._demand("day", _("请填写会议日期的年、月、日"))
            self._demand("time", _("请填写会议时间，例如 14:30"))
            if not self.errors and self.moment <= clock.now():
                self.add_error("day", _("会议时间已经过去，请填写将来的日期和时间"))
        elif outcome:
            self._demand("note", _("请填写核验记录，写明怎样核对或为什么不能认可"))
        return cleaned

    def _demand(self, name: str, message: Any) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, message)

    @property
    def moment(self) -> datetime:
        """When the meeting is, as an instant."""
        day, at = self.cleaned_data["day"], self.cleaned_data["time"]
        return datetime.combine(day, at, tzinfo=clock.SHANGHAI)
