"""The table of cases: `{% load queue_table %}`."""

from collections.abc import Iterable, Mapping

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from beian.templatetags.beian_ui import due_badge, icon, risk_flag, state_tag
from orders.desk.queue_lines import Line

register = template.Library()

# Drawn without a template: twenty rows of one took a fourth of the time of the page.
_TABLE = """\
<div class="table-frame"><table class="table table--dense desk-queue">
  <caption class="visually-hidden">{caption}</caption>
  <thead><tr>
    <th scope="col">{due_label}</th><th scope="col">{number_label}</th>\
<th scope="col">{type_label}</th><th scope="col">{subject_label}</th>\
<th scope="col">{domain_label}</th><th scope="col">{province_label}</th>\
<th scope="col">{state_label}</th><th scope="col">{risk_label}</th>\
<th scope="col" class="number">{round_label}</th><th scope="col">{reviewer_label}</th>
  </tr></thead>
  <tbody>{rows}
  </tbody>
</table></div>"""
_ROW = """
    <tr{own}>
      <td data-label="{due_label}">{due}</td>
      <th scope="row"><a href="{url}">{number}</a></th>
      <td data-label="{type_label}">{order_type}</td>
      <td data-label="{subject_label}">{subject}</td>
      <td data-label="{domain_label}" class="desk-domain">{domain}</td>
      <td data-label="{province_label}">{province}</td>
      <td data-label="{state_label}">{state}</td>
      <td data-label="{risk_label}">{risks}</td>
      <td data-label="{round_label}" class="number">{round}</td>
      <td data-label="{reviewer_label}" class="small">{reviewer}</td>
    </tr>"""
_OWN = mark_safe(' class="is-own"')


@register.simple_tag
def queue_table(lines: Iterable[Line], caption: str) -> SafeString:
    """Cases as rows, on a phone as cards: the label of a cell is that of its column."""
    labels = _labels()
    rows = format_html_join("", "{}", ((_row(line, labels),) for line in lines))
    return format_html(_TABLE, caption=caption, rows=rows, **labels)


def _labels() -> dict[str, SafeString]:
    texts = {
        "due_label": _("到期"),
        "number_label": _("订单号"),
        "type_label": _("类型"),
        "subject_label": _("主办者"),
        "domain_label": _("域名"),
        "province_label": _("省份"),
        "state_label": _("状态"),
        "risk_label": _("风险"),
        "round_label": _("轮次"),
        "reviewer_label": _("审核员"),
    }
    return {name: conditional_escape(text) for name, text in texts.items()}


def _row(line: Line, labels: Mapping[str, SafeString]) -> SafeString:
    order = line.order
    return format_html(
        _ROW,
        own=_OWN if line.is_mine else "",
        due=due_badge(line.due.label, line.due.urgency),
        url=reverse("orders:case", args=[order.pk]),
        number=order.number,
        order_type=line.order_type,
        subject=order.subject_name or "—",
        domain=order.domain,
        province=line.province,
        state=state_tag(line.state, line.tone, line.icon),
        risks=_risks(line),
        round=order.round,
        reviewer=format_html("{} {}", icon("lock"), line.reason) if line.reason else line.holder,
        **labels,
    )


def _risks(line: Line) -> SafeString | str:
    flags = [risk_flag(risk, line.order.is_high_risk) for risk in line.risks]
    if line.order.has_objection:
        flags.append(risk_flag(_("有异议")))
    return format_html_join(" ", "{}", ((flag,) for flag in flags)) or "—"
