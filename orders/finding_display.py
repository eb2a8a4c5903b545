"""Findings as pages show them: sentence, source, and the link to where they are settled."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from beian.data_language import data_language, in_language
from beian.ui import FindingItem
from orders.comment_pages import fix_url
from rules.finding import ADVICE, BLOCK, Finding

if TYPE_CHECKING:
    from orders.models import FilingOrder


def item_of(finding: Finding, order: "FilingOrder | None" = None) -> FindingItem:
    """With `order` the item links to the field."""
    url = fix_url(order, _target(finding)) if order and finding.paths else ""
    return FindingItem(
        outcome=finding.outcome,
        sentence=in_language(finding.message),
        reason=in_language(finding.remedy),
        source=finding.source["title"],
        retrieved=finding.source["retrieved"],
        url=url,
        action=action_label(finding) if url else "",
    )


def action_label(finding: Finding) -> str:
    if finding.outcome == BLOCK:
        return _("去填写") if finding.kind == "required_fields" else _("去修改")
    return _("查看") if finding.outcome == ADVICE else _("去上传")


def error_text(finding: Finding) -> str:
    """One sentence beside a field: what is wrong and what to do."""
    gap = " " if data_language() == "en" else ""
    return gap.join((in_language(finding.message), in_language(finding.remedy))).rstrip("。.")


def _target(finding: Finding) -> str:
    # A paper is asked for because of some field; the link goes to where it is uploaded.
    material = f"materials.{finding.material}" if finding.material else ""
    if finding.outcome == "material" and material in finding.paths:
        return material
    return finding.paths[0]
