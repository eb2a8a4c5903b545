"""Forms of the truthfulness check: consents and photo by the person, times of a meeting."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from beian.forms import AgreeField, ImageField, OptionsField, PageForm, PhoneField
from beian.legal_texts import LegalText
from beian.site_settings import setting
from orders.forms.sms import OrderNumberField
from orders.meeting_times import offered_times


class FaceConsentForm(PageForm):
    """One box per consent: they are asked for one by one and all are needed for a photo."""

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


class FacePhotoForm(PageForm):
    """One photo, from the camera or the gallery: phones offer both for a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"] = ImageField(
            label=_("本人照片"),
            max_megabytes=setting("upload.accepted_megabytes"),
            least_pixels=setting("upload.smallest_side_pixels"),
        )


class MeetingForm(PageForm):
    """As the applicant books it."""

    times = OptionsField(
        label=gettext_lazy("方便的时间"),
        help_text=gettext_lazy("至少选一项。工作人员会致电网站负责人确认具体时间。"),
        choices=offered_times,
    )


class OwnMeetingForm(MeetingForm, FaceConsentForm):
    """As the person books it, who agrees to the use of the own data on this way as well."""


class FaceEntryForm(PageForm):
    """Order number and mobile: to be sent a link again, without the applicant."""

    number = OrderNumberField(
        label=gettext_lazy("订单号"),
        help_text=gettext_lazy("备案申请人可以告诉您，例如 BA20261120-0032"),
        max_length=20,
        width="phone",
    )
    mobile = PhoneField(
        label=gettext_lazy("手机号"), help_text=gettext_lazy("备案时填写的本人手机号")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs |= {"autocomplete": "off", "spellcheck": "false"}
