"""A page of the wizard as its template shows it: rows of fields with what belongs beside them."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.forms import BoundField
from django.utils.translation import gettext as _

from beian.lazy_text import LazyText
from beian.masking import mask_certificate
from beian.ui import FindingItem
from orders.apply.objection_notes import ObjectionNote, listed, note_of
from orders.apply.page_notes import RuleNote, rule_notes, usual_reasons
from orders.apply.row_extras import RowExtra, extras_of
from orders.assessment import assess
from orders.comment_pages import CommentItem, comment_pages
from orders.dossier import get_value
from orders.dossier.paths import is_within
from orders.field_values import validity_text, value_text
from orders.finding_display import error_text
from orders.forms.dossier import ClosedField, DossierForm
from orders.forms.person import IDENTITY, PersonForm
from orders.reasons import Reason
from orders.steps import Step
from orders.wizard import problems_on
from rules.finding import BLOCK, Finding, for_applicant

if TYPE_CHECKING:
    from orders.models import FilingOrder


@dataclass
class Row:
    """A field of the page, open or closed, with comments and findings about it."""

    bound: BoundField | None = None
    closed: ClosedField | None = None
    extra: RowExtra = field(default_factory=RowExtra)
    comments: list[CommentItem] = field(default_factory=list)
    findings: list[FindingItem] = field(default_factory=list)
    objections: list[ObjectionNote] = field(default_factory=list)

    @property
    def errors(self) -> bool:
        return self.bound is not None and bool(self.bound.errors)

    @property
    def anchor(self) -> str:
        """An id for links to a field whose control is a group and has none of its own."""
        if self.closed is not None:
            return f"id_{self.closed.name}"
        return self.bound.auto_id if self.bound is not None and self.bound.use_fieldset else ""


@dataclass(frozen=True)
class Fold:
    """A section that is filled in and right: one line, opened to change it."""

    title: str
    line: str


@dataclass
class Group:
    """Rows under one heading."""

    heading: LazyText
    css: str
    rows: list[Row] = field(default_factory=list)
    fold: Fold | None = None


@dataclass(frozen=True)
class StepPage:
    """`notices` and `comments` are those that belong to no row."""

    groups: list[Group]
    notices: list[FindingItem]
    comments: list[CommentItem]
    rules: list[RuleNote]
    reasons: list[Reason]

    @property
    def has_open_rows(self) -> bool:
        return any(row.bound is not None for group in self.groups for row in group.rows)


def show_problems(form: DossierForm, step: Step, order: "FilingOrder") -> None:
    """Put what rules found wrong with the stored values beside the fields, as errors."""
    wrong = set(form.errors)
    for finding in problems_on(step, order):
        name = next(filter(None, map(form.field_of, finding.paths)), None)
        if name is not None and name not in wrong:
            form.say(name, error_text(finding))


def step_page(form: DossierForm, step: Step, order: "FilingOrder") -> StepPage:
    """Everything on the page besides its form."""
    extras = extras_of(form)
    rows = _rows(form, extras)
    comments = _place_comments(rows, form, step, order)
    notices = _place_findings(rows, form, step, order)
    groups = _groups(rows)
    for group in groups:
        group.fold = _fold(group, form, order)
    return StepPage(groups, notices, comments, rule_notes(step, order), usual_reasons(step, order))


def _groups(rows: list[Row]) -> list[Group]:
    groups: list[Group] = []
    for row in rows:
        if not groups or row.extra.heading or row.extra.group != groups[-1].css:
            groups.append(Group(row.extra.heading, row.extra.group))
        groups[-1].rows.append(row)
    return groups


def _fold(group: Group, form: DossierForm, order: "FilingOrder") -> Fold | None:
    names = {row.bound.name for row in group.rows if row.bound is not None}
    if not isinstance(form, PersonForm) or not set(IDENTITY) <= names:
        return None
    person = get_value(order.dossier, form.area)
    is_right = not any(
        row.comments or row.findings or row.objections or row.errors for row in group.rows
    )
    if not is_right or not _has_identity(form, order):
        return None
    words = {
        "kind": value_text(f"{form.area}.cert_type", person.cert_type, order.nature),
        "number": mask_certificate(person.cert_number),
        "validity": validity_text(is_long_term=person.long_term, valid_to=person.valid_to),
    }
    return Fold(person.full_name, _("%(kind)s %(number)s，%(validity)s") % words)


def _has_identity(form: PersonForm, order: "FilingOrder") -> bool:
    person = get_value(order.dossier, form.area)
    wanted = {f"{form.area}.{name}" for name in IDENTITY}
    return bool(person.full_name) and wanted.isdisjoint(assess(order).missing)


def _rows(form: DossierForm, extras: dict[str, RowExtra]) -> list[Row]:
    shown = {name: Row(bound=form[name]) for name in form.fields}
    shown |= {name: Row(closed=closed) for name, closed in form.closed.items()}
    names = [name for name in form.all_names if name in shown]
    for name, row in shown.items():
        row.extra = extras.get(name, row.extra)
    return [shown[name] for name in names]


def _row_of(rows: list[Row], form: DossierForm, path: str) -> Row | None:
    for row in rows:
        name = row.closed.name if row.closed else row.bound.name if row.bound else ""
        own = form.paths.get(name)
        if own and (is_within(path, own) or path in form.companions(name)):
            return row
    return None


def _row_about(rows: list[Row], form: DossierForm, finding: Finding) -> Row | None:
    """Where a block is an error, else the first field its paths lie in, which may be closed."""
    name = next(filter(None, map(form.field_of, finding.paths)), None)
    if name is not None:
        return next(row for row in rows if row.bound is not None and row.bound.name == name)
    return next(filter(None, (_row_of(rows, form, path) for path in finding.paths)), None)


def _place_comments(
    rows: list[Row], form: DossierForm, step: Step, order: "FilingOrder"
) -> list[CommentItem]:
    pages = comment_pages(order, list(assess(order).answers))
    items = [item for page in pages if page.page.key == step.key for item in page.items]
    return [item for item in items if not _place(rows, form, item.answer.comment.path, item)]


def _place(rows: list[Row], form: DossierForm, path: str, item: CommentItem) -> bool:
    row = _row_of(rows, form, path)
    if row is not None:
        row.comments.append(item)
    return row is not None


def _place_findings(
    rows: list[Row], form: DossierForm, step: Step, order: "FilingOrder"
) -> list[FindingItem]:
    """Advice and papers stand at their field; blocks are its errors, except where it is closed.

    What can be objected to says so in the same place.
    """
    loose: list[FindingItem] = []
    assessment, problems = assess(order), problems_on(step, order)
    for finding in for_applicant(assessment.findings_on(step)):
        entry = assessment.objectionable(finding)
        if finding.outcome == BLOCK and finding not in problems and entry is None:
            continue
        row = _row_about(rows, form, finding)
        if finding.outcome != BLOCK or row is None or row.bound is None:
            shown = listed(finding, order, is_linked=False, step=step.key)
            (row.findings if row is not None else loose).append(shown)
        elif entry is not None:
            row.objections.append(note_of(entry, order, step.key))
    return loose


def page_context(form: DossierForm, step: Step, order: "FilingOrder") -> dict[str, Any]:
    return {"form": form, "step": step, "page": step_page(form, step, order)}
