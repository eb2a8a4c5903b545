"""The pages of the wizard in their order, with what the task list says under each name."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from orders import field_labels
from orders.field_labels import Page, page_of


@dataclass(frozen=True)
class Step:
    """`key` is the slug of the page; what belongs on it is decided by `field_labels.page_of`."""

    key: str
    title: LazyText
    note: LazyText


def _step(page: Page, note: LazyText) -> Step:
    return Step(page.key, page.title, note)


SUBJECT = _step(field_labels.SUBJECT, _("营业执照上的名称、号码和住所"))
SUBJECT_PRINCIPAL = _step(field_labels.SUBJECT_PRINCIPAL, _("身份证件、手机号和电子邮箱"))
WEBSITE = _step(field_labels.WEBSITE, _("域名、名称、内容、前置审批"))
SERVICE_PRINCIPAL = _step(field_labels.SERVICE_PRINCIPAL, _("可选择“与主体负责人相同”"))
RESOURCE = _step(field_labels.RESOURCE, _("网站所在的服务器和公网 IP"))
MATERIALS = _step(field_labels.MATERIALS, _("营业执照和负责人证件的图片"))
CHECK = Step("check", _("检查并提交"), _("核对全部内容，同意承诺后提交"))

# The steps that fill the dossier; CHECK comes after them.
STEPS = (SUBJECT, SUBJECT_PRINCIPAL, WEBSITE, SERVICE_PRINCIPAL, RESOURCE, MATERIALS)
ALL_STEPS = (*STEPS, CHECK)
BY_KEY = {step.key: step for step in ALL_STEPS}


def step_of_path(path: str) -> Step:
    """The page on which the dossier path is edited."""
    return BY_KEY[page_of(path).key]
