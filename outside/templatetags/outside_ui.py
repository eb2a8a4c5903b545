"""Tags of the simulation's own pages."""

from django import template
from django.forms import BoundField
from django.template import Context
from django.urls import reverse
from django.utils.safestring import SafeString

from outside.bilingual import two as both
from outside.enums import HandOverState
from outside.models import HandOver

register = template.Library()

TONES = {
    HandOverState.WAITING_SMS: "warning",
    HandOverState.WAITING_DECISION: "info",
    HandOverState.RETURNED: "danger",
    HandOverState.DOMAIN_FAILED: "danger",
    HandOverState.GRANTED: "success",
    HandOverState.REFUSED: "danger",
}
# Shapes differ, so that a state can be told without its colour.
MARKS = {"warning": "◷", "info": "◎", "danger": "✕", "success": "✓"}


@register.simple_tag
def two(chinese: str, english: str) -> SafeString:
    """Print both languages: {% two "短信" "Text messages" %}."""
    return both(chinese, english)


@register.inclusion_tag("outside/_state.html")
def state_tag(hand_over: HandOver) -> dict[str, object]:
    """Print the state of a hand-over as a tag with mark and words."""
    state = HandOverState(hand_over.state)
    tone = TONES[state]
    return {"label": state.label, "tone": tone, "mark": MARKS[tone]}


@register.inclusion_tag("outside/_field.html")
def field(bound_field: BoundField) -> dict[str, object]:
    """Print label, hint, errors and control of one form field."""
    return {"field": bound_field}


@register.inclusion_tag("outside/_nav_item.html", takes_context=True)
def place(context: Context, name: str, chinese: str, english: str) -> dict[str, object]:
    """Print one entry of the navigation, marked on its own page and on the pages below it."""
    path, target = context["request"].path, reverse(name)
    current = "page" if path == target else "true" if path.startswith(target) else ""
    return {"target": target, "current": current, "chinese": chinese, "english": english}
