"""The task list: a row per page with its status, and the page to continue with."""

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from beian.data_language import in_language
from beian.masking import mask_name, mask_phone
from beian.ui import Task
from orders import steps
from orders.apply.certificate_words import title_of_certificate
from orders.assessment import assess
from orders.materials import basic_needs, has_picture
from orders.resources import chosen_among
from orders.steps import CHECK, IDENTITY, TRUTHFULNESS, Step
from orders.truthfulness import missing_before, missing_of, standings_of
from orders.wizard import next_step, problems_on, status_of, work_steps_of
from verification.enums import TruthfulnessMethod

if TYPE_CHECKING:
    from orders.models import FilingOrder


@dataclass(frozen=True)
class TaskPage:
    """`main_label` names what the main button does: the problem first, then what is empty."""

    tasks: list[Task]
    done: int
    total: int
    main_label: str
    main_url: str


def task_page(order: "FilingOrder") -> TaskPage:
    steps = work_steps_of(order)
    tasks = [_task(step, order) for step in steps]
    done = sum(task.status == "done" for task in tasks)
    target = _main_step(order)
    return TaskPage(
        tasks=[*tasks, _check_task(order, len(steps))],
        done=done,
        total=len(steps) + 1,
        main_label=_main_label(target, order),
        main_url=step_url(target, order),
    )


def step_url(step: Step, order: "FilingOrder") -> str:
    if step == CHECK:
        return reverse("orders:check", args=[order.pk])
    if step == TRUTHFULNESS:
        return reverse("orders:truthfulness", args=[order.pk])
    return reverse("orders:step", args=[order.pk, step.key])


def _task(step: Step, order: "FilingOrder") -> Task:
    status = status_of(step, order)
    is_blocked = status == "blocked"
    return Task(
        label=str(step.title),
        url=step_url(step, order),
        note="" if is_blocked else _note(step, order) or str(step.note),
        status=status,
        problem=_problem(step, order),
        opens_when=_opens_when(step, order) if is_blocked else "",
    )


def _opens_when(step: Step, order: "FilingOrder") -> str:
    if step == TRUTHFULNESS:
        parts = (missing_before(order, standing.person) for standing in standings_of(order))
        words = {"what": _("、").join(dict.fromkeys(chain.from_iterable(parts)))}
        return _("填写%(what)s后可以开始") % words
    return _("填写“%(page)s”后可以上传") % {"page": IDENTITY.title}


def _problem(step: Step, order: "FilingOrder") -> str:
    """One line: the reviewer's demands first, they are why the order came back."""
    count = assess(order).comments_on(step)
    if count:
        text = ngettext("有 %(count)d 条审核意见没有处理", "有 %(count)d 条审核意见没有处理", count)
        return text % {"count": count}
    if step == TRUTHFULNESS:
        has_failed = status_of(step, order) == "problem"
        return _("照片未通过核验，请负责人重新拍摄或预约会议") if has_failed else ""
    problems = problems_on(step, order)
    return in_language(problems[0].message).rstrip("。.") if problems else ""


def _check_task(order: "FilingOrder", count: int) -> Task:
    blocked = _("以上 %(count)d 项完成后可以开始") % {"count": count}
    status = status_of(CHECK, order)
    return Task(
        label=str(CHECK.title),
        url=step_url(CHECK, order),
        note="" if status == "blocked" else str(CHECK.note),
        status=status,
        opens_when=blocked if status == "blocked" else "",
    )


def _main_step(order: "FilingOrder") -> Step:
    wrong = (step for step in work_steps_of(order) if status_of(step, order) == "problem")
    return next(wrong, None) or next_step(order)


def _main_label(step: Step, order: "FilingOrder") -> str:
    if step == CHECK:
        return str(CHECK.title)
    if step == TRUTHFULNESS:
        return _("继续：%(page)s") % {"page": step.title}
    if status_of(step, order) == "problem":
        return _("继续：修改%(page)s") % {"page": step.title}
    return _("继续：填写%(page)s") % {"page": step.title}


def _note(step: Step, order: "FilingOrder") -> str:
    """What was filled in, in a few words; empty where nothing was yet."""
    if step == TRUTHFULNESS:
        return _truthfulness(order)
    dossier = order.dossier
    service = dossier.services[0]
    if step == steps.SUBJECT:
        return mask_name(dossier.subject.name) if dossier.is_personal else dossier.subject.name
    if step == steps.SUBJECT_PRINCIPAL:
        principal = dossier.subject.principal
        return mask_phone(principal.mobile) if dossier.is_personal else principal.full_name
    if step == steps.WEBSITE:
        return service.name or (service.domains[0] if service.domains else "")
    if step == steps.SERVICE_PRINCIPAL:
        return _service_principal(order)
    if step == steps.RESOURCE:
        choice = chosen_among(assess(order).resources, order)
        return choice.resource.name if choice else ""
    needs = basic_needs(dossier)
    there = sum(has_picture(dossier, need.key) for need in needs)
    numbers = {"total": len(needs), "done": there}
    if dossier.is_personal:
        return _("身份证件，共 %(total)d 张，已上传 %(done)d 张") % numbers
    words = {**numbers, "certificate": title_of_certificate(order.nature, dossier.subject)}
    return _("%(certificate)s和负责人证件，共 %(total)d 张，已上传 %(done)d 张") % words


def _truthfulness(order: "FilingOrder") -> str:
    standings = standings_of(order)
    checks = [standing.check for standing in standings if standing.check is not None]
    if missing_of(standings):
        return ""
    methods = dict.fromkeys(str(TruthfulnessMethod(check.method).label) for check in checks)
    return _("、").join(methods)


def _service_principal(order: "FilingOrder") -> str:
    person = order.dossier.services[0].principal
    if person.same_as_subject_principal:
        return _("与主体负责人相同")
    return person.full_name
