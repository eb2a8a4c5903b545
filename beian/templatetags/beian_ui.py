"""The design system's tags. Every one takes plain values; the shapes are in `beian.ui`."""

import datetime as dt
import secrets
from functools import lru_cache

from django import template
from django.conf import STATICFILES_STORAGE_ALIAS
from django.core.files.storage import Storage, storages
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from beian import dates
from beian.forms.controls import PLAIN
from beian.ui import TONE_ICONS

register = template.Library()

SEPARATOR = SafeString(' <span class="dot"></span> ')

register.filter("day", dates.day_text)
register.filter("dated", dates.dated_text)
register.filter("moment", dates.moment_text)
register.filter("due", dates.due_text)
register.filter("remaining", dates.remaining_text)


@register.filter
def iso(value: dt.datetime | dt.date) -> str:
    """For the datetime attribute of `<time>`."""
    return dates.local(value).isoformat()


@register.simple_tag
def icon(name: str, label: str = ""):
    """A drawing of the sprite, hidden from speech unless it has a ``label``."""
    return _drawn(storages[STATICFILES_STORAGE_ALIAS], name, label)


@lru_cache(maxsize=512)
def _drawn(storage: Storage, name: str, label: str) -> SafeString:
    """Drawn once per storage: a page has up to a hundred."""
    href = f"{storage.url('img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, href
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"/></svg>', href
    )


@register.simple_tag
def dot():
    """The separator between short facts; its look is the stylesheet's."""
    return SEPARATOR


# Lists have these in every row; a template each would take longer than the rest of the row.
@register.simple_tag
def state_tag(label: str, tone: str = "neutral", icon_name: str = ""):
    """Filled tag of one of six tones; each tone has its icon, so colour never stands alone."""
    drawing = icon(icon_name or TONE_ICONS[tone])
    return format_html('<span class="tag tag--{}">{}{}</span>', tone, drawing, label)


SEVERITIES = {
    "block": ("danger", "octagon"),
    "objected": ("info", "info"),
    "material": ("warning", "document"),
    "advice": ("info", "bulb"),
}


@register.simple_tag
def severity_tag(severity: str):
    """必须修改 / 需要材料 / 建议: the same words for findings and comments."""
    labels = {
        "block": gettext("必须修改"),
        "objected": gettext("已提出异议"),
        "material": gettext("需要材料"),
        "advice": gettext("建议"),
    }
    return state_tag(labels[severity], *SEVERITIES[severity])


@register.simple_tag
def due_badge(label: str, urgency: str = "plain"):
    """``urgency``: overdue, today or plain."""
    icons = {"overdue": "octagon", "today": "clock"}
    drawing = icon(icons[urgency]) if urgency in icons else ""
    return format_html('<span class="due due--{}">{}{}</span>', urgency, drawing, label)


@register.simple_tag
def risk_flag(label: str, serious: bool = False):
    """Outlined, which keeps it apart from state tags; red only for blacklist and reuse hits."""
    more = " risk--serious" if serious else ""
    return format_html('<span class="risk{}">{}{}</span>', more, icon("flag"), label)


@register.simple_tag(takes_context=True)
def post_fields(context, order=None):
    """Hidden fields every POST form carries: CSRF token, idempotency key, version of the order."""
    fields = format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="idempotency_key" value="{}">',
        get_token(context["request"]),
        secrets.token_urlsafe(16),
    )
    if order is None:
        return fields
    return fields + format_html('<input type="hidden" name="version" value="{}">', order.version)


@register.simple_tag
def default_submit():
    """What Enter presses, in a form whose first visible button does something else."""
    return format_html(
        '<button class="visually-hidden" tabindex="-1" aria-hidden="true">{}</button>',
        gettext("继续"),
    )


@register.inclusion_tag("components/forms/field.html")
def field(bound_field, **extras):
    """A field in our anatomy.

    Extras: ``note`` (line under the control), ``button_label`` with ``button_name`` and
    ``button_value`` (a second submit beside the control, such as 获取验证码), ``label_hidden``.
    """
    return {"field": bound_field, **extras}


@register.simple_tag
def control(widget):
    """A plain control of a composite widget, from the widget's own context."""
    return PLAIN[widget["template_name"]](widget)


@register.simple_tag
def check_line(check):
    """One machine check: ``tone``, ``icon``, ``text`` and perhaps ``rule``."""
    rule = format_html(' <span class="small muted">{}</span>', check.rule) if check.rule else ""
    return format_html(
        '<p class="check check--{}">{}<span>{}{}</span></p>',
        check.tone,
        icon(check.icon),
        check.text,
        rule,
    )


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms):
    """All errors of the given forms, first on the page and focused; prints nothing when clean."""
    return {"links": [link for form in forms if form for link in form.error_links()]}


@register.inclusion_tag("components/unavailable_button.html")
def unavailable_button(label: str, reason, ident: str = ""):
    """A button that cannot be used now: still there, still focusable, with its reason under it."""
    return _unavailable([label], reason, ident)


@register.inclusion_tag("components/unavailable_button.html")
def unavailable_buttons(buttons, reason):
    """Neighbours that cannot be used for one reason, said once."""
    return _unavailable([button.label for button in buttons], reason)


def _unavailable(labels, reason, ident=""):
    return {"labels": labels, "reason": reason, "ident": ident or f"why-{secrets.token_hex(4)}"}


@register.inclusion_tag("components/fact_strip.html")
def fact_strip(facts):
    """``facts``: list of `beian.ui.Fact`, three fit."""
    return {"facts": facts}


@register.inclusion_tag("components/progress_strip.html")
def progress_strip(stages):
    """``stages``: list of `beian.ui.Stage`."""
    return {"stages": stages}


@register.inclusion_tag("components/timeline.html")
def timeline(items):
    """``items``: list of `beian.ui.TimelineItem`, newest first."""
    return {"items": items}


@register.inclusion_tag("components/task_list.html")
def task_list(tasks):
    """``tasks``: list of `beian.ui.Task`."""
    return {"tasks": tasks}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows):
    """``rows``: list of `beian.ui.SummaryRow`."""
    return {"rows": rows}


@register.inclusion_tag("components/diff_rows.html")
def diff_rows(rows):
    """``rows``: list of `beian.ui.DiffRow`."""
    return {"rows": rows}


@register.inclusion_tag("components/finding_list.html")
def finding_list(findings):
    """``findings``: list of `beian.ui.FindingItem`, in any order."""
    order = list(SEVERITIES)
    return {"findings": sorted(findings, key=lambda item: order.index(item.outcome))}


@register.inclusion_tag("components/comment.html")
def review_comment(item):
    """``item``: `beian.ui.Comment`. The reply area is the page's own markup."""
    return {"comment": item}


@register.inclusion_tag("components/rule_note.html")
def rule_note(title, text="", source="", retrieved=""):
    """A rule of the province or ministry, with where it is written and when that was read."""
    return {"title": title, "text": text, "source": source, "retrieved": retrieved}


@register.inclusion_tag("components/source_line.html")
def source_line(source, retrieved=""):
    """来源：…，查阅于 …; the date stays on one line."""
    day = format_html("<time>{}</time>", retrieved) if retrieved else ""
    return {"source": source, "retrieved": day}


@register.inclusion_tag("components/pager.html")
def pager(summary, newer_url="", older_url="", position="", label=""):
    """Keyset paging. ``summary`` and ``position`` are sentences, decoration rather than promise.

    ``label`` names the second pager of a page.
    """
    return {
        "summary": summary,
        "newer_url": newer_url,
        "older_url": older_url,
        "position": position,
        "label": label,
    }


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(*crumbs):
    """label, url, label, url, …, label of this page."""
    *links, current = crumbs
    return {"links": list(zip(links[::2], links[1::2], strict=True)), "current": current}


@register.inclusion_tag("components/print_head.html", takes_context=True)
def print_head(context, title):
    """Only on paper: product, what is printed (with the order number) and the day."""
    return {"site": context["site"], "title": title}


@register.inclusion_tag("components/help_block.html", takes_context=True)
def help_block(context):
    """Phone, hours and mail of the provider, at the same place on every page."""
    return {"site": context["site"]}
