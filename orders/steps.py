"""The pages of the wizard in their order, with what the task list says under each name.

Which pages there are depends on who files: a natural person (个人) is the responsible person of
the website too and has no page for one.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from beian.lazy_text import LazyText
from orders import field_labels
from orders.dossier import PERSONAL
from orders.field_labels import Page, page_of


@dataclass(frozen=True)
class Step:
    """`key` is the slug of the page; what belongs on it is decided by `field_labels.page_of`.

    Steps of one key are equal: they are one page, whatever it is called for whom.
    """

    key: str
    title: LazyText = field(compare=False)
    note: LazyText = field(compare=False)


def _step(page: Page, note: LazyText) -> Step:
    return Step(page.key, page.title, note)


SUBJECT = _step(field_labels.SUBJECT, _("证件上的名称、号码和住所"))
SUBJECT_PRINCIPAL = _step(field_labels.SUBJECT_PRINCIPAL, _("身份证件、手机号和电子邮箱"))
WEBSITE = _step(field_labels.WEBSITE, _("域名、名称、内容、前置审批"))
SERVICE_PRINCIPAL = _step(field_labels.SERVICE_PRINCIPAL, _("可选择“与主体负责人相同”"))
RESOURCE = _step(field_labels.RESOURCE, _("网站所在的服务器和公网 IP"))
MATERIALS = _step(field_labels.MATERIALS, _("主体证件和负责人证件的图片"))
IDENTITY = _step(field_labels.IDENTITY, _("证件上的姓名、号码和住址"))
CONTACTS = _step(field_labels.CONTACTS, _("手机号、应急电话和电子邮箱"))
OWN_MATERIALS = _step(field_labels.MATERIALS, _("身份证件的图片"))
TRUTHFULNESS = Step("truthfulness", _("真实性核验"), _("网站负责人本人用手机完成"))
OWN_TRUTHFULNESS = Step("truthfulness", _("真实性核验"), _("您本人用手机完成"))
CHECK = Step("check", _("检查并提交"), _("核对全部内容，同意承诺后提交"))

# The steps that fill the dossier; what people do in person and CHECK come after them.
UNIT_STEPS = (SUBJECT, SUBJECT_PRINCIPAL, WEBSITE, SERVICE_PRINCIPAL, RESOURCE, MATERIALS)
PERSONAL_STEPS = (IDENTITY, CONTACTS, WEBSITE, RESOURCE, OWN_MATERIALS)
EVERY_KEY = tuple(dict.fromkeys(step.key for step in (*UNIT_STEPS, *PERSONAL_STEPS)))


def filling_steps(nature: str) -> tuple[Step, ...]:
    """The steps that fill the dossier of an order of this nature, in their order."""
    return PERSONAL_STEPS if nature == PERSONAL else UNIT_STEPS


def work_steps(nature: str) -> tuple[Step, ...]:
    """Every step that has to be done before the check: the pages, and what is done in person."""
    in_person = OWN_TRUTHFULNESS if nature == PERSONAL else TRUTHFULNESS
    return (*filling_steps(nature), in_person)


def all_steps(nature: str) -> tuple[Step, ...]:
    """Every page of the wizard, the last one being the check."""
    return (*work_steps(nature), CHECK)


def step_of_key(key: str, nature: str) -> Step | None:
    """The page with this slug that fills the dossier; None if this nature has none."""
    return next((step for step in filling_steps(nature) if step.key == key), None)


def step_of_path(path: str, nature: str) -> Step:
    """The page on which the dossier path is edited; raises KeyError for a path of none."""
    key = page_of(path, nature).key
    return next(step for step in filling_steps(nature) if step.key == key)
