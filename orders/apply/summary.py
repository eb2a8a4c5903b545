"""All answers of a draft to be checked: what is wrong, what is missing, where to change it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.data_language import in_language
from beian.models import Resource
from beian.ui import SummaryRow
from orders.apply.editing import closed_reason
from orders.asked import looked_at
from orders.assessment import Assessment, assess
from orders.comment_pages import fix_url
from orders.dossier.paths import is_within
from orders.materials import has_picture, page_needs
from orders.resources import chosen_among

if TYPE_CHECKING:
    from orders.models import FilingOrder


from orders.apply.content import Content


class Summary(Content):
    """The same of a draft, to be checked: what is wrong, what is missing, where to change it."""

    def __init__(self, order: "FilingOrder") -> None:
        super().__init__(order)
        self.assessment: Assessment = assess(order)

    def _row(self, path: str, value: str, *, label: str = "", note: str = "") -> SummaryRow:
        closed = closed_reason(self.order, path)
        return SummaryRow(
            label=label or self._label(path),
            value=value,
            note=note,
            url="" if closed else fix_url(self.order, path),
            problem=self._problem(path),
        )

    def _problem(self, path: str) -> str:
        return next(
            (
                in_language(finding.message).rstrip("。.")
                for finding in self.assessment.blocks
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
        offered = looked_at(self.order)
        for need in page_needs(self.dossier, self.assessment.findings, offered):
            there = has_picture(self.dossier, need.key)
            missing = _("待上传") if need.is_required else _("未上传（选填）")
            row = self._row(need.path, _("已上传") if there else missing)
            rows.append(row if there else replace(row, action=_("上传")))
        return rows + self._on_papers()
