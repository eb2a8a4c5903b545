"""All answers of an order, grouped by page, personal numbers masked: to read, and to check."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.data_language import in_language
from beian.dates import dated_text
from beian.masking import mask_certificate, mask_mail, mask_phone
from beian.models import Resource
from beian.ui import SummaryRow
from orders import steps
from orders.apply.addresses import read_address
from orders.apply.editing import closed_reason
from orders.assessment import Assessment, assess
from orders.certificates import has_printed_address
from orders.comment_pages import fix_url
from orders.dossier import PERSONAL, Person
from orders.dossier.paths import is_within
from orders.field_labels import label_of
from orders.field_values import masked_text, validity_text, value_text
from orders.materials import has_picture, page_needs
from orders.resources import chosen_among, region_text, resource_of
from orders.steps import Step
from rules.finding import blocking, for_applicant
from rules.regions import region_name

if TYPE_CHECKING:
    from orders.models import FilingOrder

BIRTH_DATE = "subject.principal.birth_date"


@dataclass(frozen=True)
class Section:
    """The answers of one page."""

    step: Step
    rows: list[SummaryRow]


class Content:
    """Builds the sections of one order's content, for reading only."""

    def __init__(self, order: "FilingOrder") -> None:
        self.order = order
        self.dossier = order.content

    def sections(self) -> list[Section]:
        if self.dossier.is_personal:
            return self._own_sections()
        service = self.dossier.services[0].principal
        other = service.same_as_subject_principal is False
        return [
            Section(steps.SUBJECT, self._subject()),
            Section(steps.SUBJECT_PRINCIPAL, self._person("subject.principal")),
            Section(steps.WEBSITE, self._website()),
            Section(
                steps.SERVICE_PRINCIPAL,
                self._person("services[0].principal") if other else [self._same_person()],
            ),
            Section(steps.RESOURCE, self._resource()),
            Section(steps.MATERIALS, self._materials()),
        ]

    def _own_sections(self) -> list[Section]:
        return [
            Section(steps.IDENTITY, self._identity()),
            Section(steps.CONTACTS, self._contacts("subject.principal")),
            Section(steps.WEBSITE, self._website()),
            Section(steps.RESOURCE, self._resource()),
            Section(steps.OWN_MATERIALS, self._materials()),
        ]

    def _identity(self) -> list[SummaryRow]:
        rows = self._subject()
        subject = self.dossier.subject
        if not has_printed_address(subject.cert_type):
            rows = [row for row in rows if row.label != label_of("subject.cert_address", PERSONAL)]
        start = self._row("subject.cert_valid_from", _day(subject.cert_valid_from))
        rows.insert(4, start)
        if subject.principal.birth_date:
            rows.insert(4, self._plain(BIRTH_DATE, subject.principal.birth_date))
        return rows

    def _row(self, path: str, value: str, *, label: str = "", note: str = "") -> SummaryRow:
        return SummaryRow(label or label_of(path, self.order.nature), value, note)

    def _plain(self, path: str, value: object) -> SummaryRow:
        return self._row(path, value_text(path, value, self.order.nature))

    def _subject(self) -> list[SummaryRow]:
        subject = self.dossier.subject
        kind = value_text("subject.cert_type", subject.cert_type, subject.nature)
        number = masked_text("subject.cert_number", subject.cert_number, subject.nature)
        until = _("长期有效") if subject.cert_long_term else _day(subject.cert_valid_to)
        rows = [
            self._plain("subject.province", subject.province),
            self._plain("subject.nature", subject.nature),
            self._row("subject.name", subject.name),
            self._row("subject.cert_number", _pair(kind, number)),
            self._row("subject.cert_valid_to", until),
            self._plain("subject.cert_address", subject.cert_address),
            self._contact(),
        ]
        return rows + ([self._plain("subject.remarks", subject.remarks)] if subject.remarks else [])

    def _contact(self) -> SummaryRow:
        subject = self.dossier.subject
        written = read_address(subject.cert_address)
        same = bool(subject.contact_address) and (
            (written.city, written.detail) == (subject.contact_region, subject.contact_address)
        )
        region = region_name(subject.contact_region) if subject.contact_address else ""
        as_printed = _("与证件上的住址相同") if self.dossier.is_personal else _("与证件住所相同")
        note = as_printed if same else ""
        path = "subject.contact_address"
        detail = value_text(path, subject.contact_address, subject.nature)
        return self._row(path, region + detail, note=note)

    def _person(self, area: str) -> list[SummaryRow]:
        is_subject = area == "subject.principal"
        person = self.dossier.subject.principal if is_subject else self._service_person()
        name = person.full_name
        if person.is_legal_representative and name:
            name = _("%(name)s（法定代表人）") % {"name": name}
        kind = value_text(f"{area}.cert_type", person.cert_type, self.order.nature)
        return [
            self._row(f"{area}.full_name", name),
            self._row(
                f"{area}.cert_number",
                _pair(kind, mask_certificate(person.cert_number)),
                note=validity_text(is_long_term=person.long_term, valid_to=person.valid_to),
            ),
            *self._contacts(area),
        ]

    def _contacts(self, area: str) -> list[SummaryRow]:
        is_subject = area == "subject.principal"
        person = self.dossier.subject.principal if is_subject else self._service_person()
        emergency = mask_phone(person.emergency_phone)
        return [
            self._row(f"{area}.mobile", self._proved(area, "mobile", mask_phone(person.mobile))),
            self._row(f"{area}.emergency_phone", emergency),
            self._row(f"{area}.email", self._proved(area, "email", _mail(person.email))),
        ]

    def _service_person(self) -> Person:
        return self.dossier.services[0].principal

    def _proved(self, _area: str, _field: str, value: str) -> str:
        """A contact with what is to be said of its proof."""
        return value

    def _same_person(self) -> SummaryRow:
        path = "services[0].principal.same_as_subject_principal"
        person = self.dossier.subject.principal
        chosen = self._service_person().same_as_subject_principal
        value = _("与主体负责人相同") if chosen else ""
        note = person.full_name if chosen else ""
        return self._row(path, value, label=str(steps.SERVICE_PRINCIPAL.title), note=note)

    def _website(self) -> list[SummaryRow]:
        service = self.dossier.services[0]
        names = ("name", "content_categories", "languages", "pre_approvals", "remarks")
        rows = [self._row("services[0].domains", _("、").join(service.domains))]
        return rows + [self._plain(f"services[0].{name}", getattr(service, name)) for name in names]

    def _resource(self) -> list[SummaryRow]:
        chosen = self._chosen()
        ips = _("、").join(self.dossier.services[0].ips)
        return [
            self._row(
                "services[0].resource",
                chosen.name if chosen else "",
                note=region_text(chosen) if chosen else "",
            ),
            self._row("services[0].ips", ips),
        ]

    def _chosen(self) -> Resource | None:
        return resource_of(self.order)

    def _materials(self) -> list[SummaryRow]:
        kinds = [key for key, pictures in self.dossier.materials.items() if pictures]
        return [self._row(f"materials.{key}", _("已上传")) for key in kinds]


class Summary(Content):
    """The same of a draft, to be checked: what is wrong, what is missing, where to change it."""

    def __init__(self, order: "FilingOrder") -> None:
        super().__init__(order)
        self.assessment: Assessment = assess(order)

    def _row(self, path: str, value: str, *, label: str = "", note: str = "") -> SummaryRow:
        closed = closed_reason(self.order, path)
        return SummaryRow(
            label=label or label_of(path, self.order.nature),
            value=value,
            note=note,
            url="" if closed else fix_url(self.order, path),
            problem=self._problem(path),
        )

    def _problem(self, path: str) -> str:
        found = blocking(for_applicant(self.assessment.findings))
        return next(
            (
                in_language(finding.message).rstrip("。.")
                for finding in found
                if finding.kind != "required_fields"
                and any(is_within(own, path) for own in finding.paths)
            ),
            "",
        )

    def _proved(self, area: str, field: str, value: str) -> str:
        if not value or f"{area}.{field}" in self.assessment.unproved:
            return value
        return _("%(value)s，已验证") % {"value": value}

    def _chosen(self) -> Resource | None:
        choice = chosen_among(self.assessment.resources, self.order)
        return choice.resource if choice else None

    def _materials(self) -> list[SummaryRow]:
        rows = []
        for need in page_needs(self.dossier, self.assessment.findings):
            there = has_picture(self.dossier, need.key)
            missing = _("待上传") if need.is_required else _("未上传（选填）")
            row = self._row(need.path, _("已上传") if there else missing)
            rows.append(row if there else replace(row, action=_("上传")))
        return rows


def _day(day) -> str:
    return dated_text(day) if day else ""


def _mail(address: str) -> str:
    return mask_mail(address) if address else ""


def _pair(kind: str, number: str) -> str:
    return f"{kind} {number}" if number else ""
