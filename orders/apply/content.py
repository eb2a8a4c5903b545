"""All answers of an order, grouped by page, personal numbers masked."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.dates import dated_text
from beian.masking import mask_certificate, mask_mail, mask_phone
from beian.models import Resource
from beian.ui import SummaryRow
from orders import steps
from orders.apply.addresses import read_address
from orders.apply.certificate_words import head_of
from orders.apply.start_options import nature_names
from orders.asked import (
    ANSWERS,
    HEAD_ANSWERS,
    PAPER_ANSWERS,
    asked_of,
    asked_of_head,
    asked_on_papers,
    is_there,
)
from orders.certificates import birth_date_in, has_printed_address
from orders.dossier import PERSONAL, SOLE_PROPRIETOR, Person, get_value
from orders.field_labels import label_of
from orders.field_values import masked_text, validity_text, value_text
from orders.resources import region_text, resource_of
from orders.steps import Step
from rules.regions import region_name

if TYPE_CHECKING:
    from orders.models import FilingOrder


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
        for row in self._birth_date("subject.principal", subject.principal):
            rows.insert(4, row)
        return rows

    def _label(self, path: str) -> str:
        return label_of(path, self.order.nature, self.dossier.subject)

    def _row(self, path: str, value: str, *, label: str = "", note: str = "") -> SummaryRow:
        return SummaryRow(label or self._label(path), value, note)

    def _plain(self, path: str, value: object) -> SummaryRow:
        return self._row(path, value_text(path, value, self.order.nature))

    def _subject(self) -> list[SummaryRow]:
        subject = self.dossier.subject
        kind = value_text("subject.cert_type", subject.cert_type, subject.nature)
        number = masked_text("subject.cert_number", subject.cert_number, subject.nature)
        until = _("长期有效") if subject.cert_long_term else _day(subject.cert_valid_to)
        rows = [
            self._plain("subject.province", subject.province),
            self._nature(),
            self._row("subject.name", subject.name),
            self._row("subject.cert_number", _pair(kind, number)),
            *self._questions(),
            self._row("subject.cert_valid_to", until),
            self._plain("subject.cert_address", subject.cert_address),
            self._contact(),
        ]
        return rows + ([self._plain("subject.remarks", subject.remarks)] if subject.remarks else [])

    def _nature(self) -> SummaryRow:
        subject = self.dossier.subject
        path = "subject.nature"
        trade = nature_names()[SOLE_PROPRIETOR] if subject.is_sole_proprietor else ""
        return self._row(path, value_text(path, subject.nature, subject.nature), note=trade)

    def _questions(self) -> list[SummaryRow]:
        """What was asked for this subject in this province, or answered when it was."""
        subject = self.dossier.subject
        asked = asked_of(subject, self.order.order_type, self.order.service_kind)
        answers = {path: get_value(self.dossier, path) for path in ANSWERS}
        shown = [path for path in ANSWERS if path in asked or answers[path] is not None]
        return [self._plain(path, answers[path]) for path in shown]

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
            head = head_of(self.dossier.subject)
            name = _("%(name)s（%(head)s）") % {"name": name, "head": head}
        kind = value_text(f"{area}.cert_type", person.cert_type, self.order.nature)
        return [
            self._row(f"{area}.full_name", name),
            self._row(
                f"{area}.cert_number",
                _pair(kind, mask_certificate(person.cert_number)),
                note=validity_text(is_long_term=person.long_term, valid_to=person.valid_to),
            ),
            *self._birth_date(area, person),
            *(self._head() if is_subject else ()),
            *self._contacts(area),
        ]

    def _head(self) -> list[SummaryRow]:
        """What was asked about a legal representative who sends somebody else, or answered."""
        is_delegate = self.dossier.subject.principal.is_legal_representative is False
        asked = asked_of_head(self.order) if is_delegate else ()
        answers = {path: get_value(self.dossier, path) for path in HEAD_ANSWERS}
        shown = [path for path in HEAD_ANSWERS if path in asked or answers[path] is not None]
        return [self._plain(path, answers[path]) for path in shown]

    def _birth_date(self, area: str, person: Person) -> list[SummaryRow]:
        """Where the number does not carry it."""
        is_shown = person.cert_number and not birth_date_in(person.cert_type, person.cert_number)
        return [self._plain(f"{area}.birth_date", person.birth_date)] if is_shown else []

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
        rows = [self._row(f"materials.{key}", _("已上传")) for key in kinds]
        return rows + self._on_papers()

    def _on_papers(self) -> list[SummaryRow]:
        """What was asked of the papers that are there, or answered when it was."""
        asked = [each.fact for each in asked_on_papers(self.order) if is_there(each, self.dossier)]
        answers = {path: get_value(self.dossier, path) for path in PAPER_ANSWERS}
        shown = [path for path in PAPER_ANSWERS if path in asked or answers[path] is not None]
        return [self._plain(path, answers[path]) for path in shown]


def _day(day) -> str:
    return dated_text(day) if day else ""


def _mail(address: str) -> str:
    return mask_mail(address) if address else ""


def _pair(kind: str, number: str) -> str:
    return f"{kind} {number}" if number else ""
