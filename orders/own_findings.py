"""What we find ourselves, in the shape of the rules' findings: gaps, clashes with our register."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from orders.dossier import PERSONAL, Dossier, SubjectPart
from orders.field_labels import label_of
from orders.materials import MaterialNeed
from orders.register_lookup import RegisterView
from orders.steps import Step, filling_steps, step_of_path
from rules.domains import Domain, read_domain
from rules.finding import BLOCK, Finding

# Named where a finding of the rules names its rule.
OWN = "portal"
# The ministry's filling-in requirements name the fields; how we ask for them is our own.
SOURCE = {"title": "工业和信息化部备案信息填报要求", "retrieved": "2026-09-30"}
REGISTER_SOURCE = {"title": "本平台备案登记信息", "retrieved": "2026-09-30"}


def in_both(text: Callable[[], str]) -> dict[str, str]:
    """The same sentence in the two languages a finding carries."""
    result = {}
    for key, language in (("zh", "zh-hans"), ("en", "en")):
        with override(language):
            result[key] = text()
    return result


def gap_findings(
    subject: SubjectPart,
    paths: Iterable[str],
    unproved: Iterable[str],
    needs: Iterable[MaterialNeed],
) -> list[Finding]:
    """One finding per page that is not complete; papers the rules ask for speak for themselves."""
    missing = [*paths, *(need.path for need in needs if need.why is None)]
    nature = subject.nature
    by_step: dict[str, list[str]] = {}
    for path in missing:
        by_step.setdefault(step_of_path(path, nature).key, []).append(path)
    steps = [step for step in filling_steps(nature) if step.key in by_step]
    found = [_gap(step, by_step[step.key], subject) for step in steps]
    return found + [_unproved(path, nature) for path in unproved]


def _gap(step: Step, paths: list[str], subject: SubjectPart) -> Finding:
    def sentence() -> str:
        names = _("、").join(label_of(path, subject.nature, subject) for path in paths)
        return _("“%(page)s”还没有填完：%(fields)s。") % {"page": step.title, "fields": names}

    return _finding(
        "required_fields", sentence, lambda: _("请补充填写后保存。"), tuple(paths), step.key
    )


def _unproved(path: str, nature: str) -> Finding:
    def sentence() -> str:
        words = {"person": step_of_path(path, nature).title, "field": label_of(path, nature)}
        if nature == PERSONAL:
            return _("您的%(field)s还没有用验证码确认。") % words
        return _("%(person)s的%(field)s还没有用验证码确认。") % words

    def remedy() -> str:
        return _("请获取验证码并填写，确认该联系方式由本人使用。")

    return _finding("unproved_contact", sentence, remedy, (path,), "unproved")


def register_findings(dossier: Dossier, register: RegisterView) -> list[Finding]:
    """The certificate or the domain is on record already: no first filing is possible."""
    found = []
    if register.has_subject:
        found.append(
            _finding(
                "subject_on_record",
                lambda: _("此证件已有备案主体，不能再办理首次备案。"),
                lambda: _("请登录原来的账号办理，或致电页面下方的服务电话。"),
                ("subject.cert_number",),
                "subject_on_record",
                REGISTER_SOURCE,
            )
        )
    for index, service in enumerate(dossier.services):
        for place, name in enumerate(service.domains):
            domain = read_domain(name)
            if isinstance(domain, Domain) and register.filed_on(domain.ascii) is not None:
                path = f"services[{index}].domains[{place}]"
                found.append(_domain_on_record(path, domain.unicode))
    return found


def _domain_on_record(path: str, name: str) -> Finding:
    return _finding(
        "domain_on_record",
        lambda: _("域名 %(name)s 已经备案，不能再办理首次备案。") % {"name": name},
        lambda: _("请换用未备案的域名，或先由原主办者注销该网站的备案。"),
        (path,),
        "domain_on_record",
        REGISTER_SOURCE,
    )


def resource_finding(reason: str) -> Finding:
    """The chosen resource cannot carry the filing (any more)."""
    return _finding(
        "resource_refused",
        lambda: reason,
        lambda: _("请在“备案资源”中另选一项，或处理后更新列表。"),
        ("services[0].resource",),
        "resource_refused",
        SOURCE,
    )


def _finding(
    kind: str,
    message: Callable[[], str],
    remedy: Callable[[], str],
    paths: tuple[str, ...],
    about: str,
    source: dict[str, str] = SOURCE,
) -> Finding:
    return Finding(
        rule=OWN,
        kind=kind,
        outcome=BLOCK,
        about=about,
        message=in_both(message),
        remedy=in_both(remedy),
        source=source,
        paths=paths,
    )
