"""Tags that wrap a piece of page: `{% load beian_blocks %}`."""

from django import template
from django.template.loader import render_to_string

register = template.Library()


@register.simple_block_tag(end_name="endaside_box")
def aside_box(content, title, sunken=False):
    """A box of the aside. Below 900 px it folds under its title, closed, without any script."""
    context = {"content": content, "title": title, "sunken": sunken}
    return render_to_string("components/aside_box.html", context)


@register.simple_block_tag(end_name="endbanner")
def banner(content, tone="info", title="", icon=""):
    """A coloured message within the page; ``tone``: info, warning, danger or success.

    ``icon`` stands in for the tone's own, for example clock for a deadline.
    """
    icons = {"info": "info", "warning": "triangle", "danger": "octagon", "success": "tick-circle"}
    context = {"content": content, "tone": tone, "title": title, "icon_name": icon or icons[tone]}
    return render_to_string("components/banner.html", context)


@register.simple_block_tag(end_name="endreveal")
def reveal(content, title, is_open=False):
    """More text on request, as native details."""
    context = {"content": content, "title": title, "is_open": is_open}
    return render_to_string("components/reveal.html", context)


@register.simple_block_tag(end_name="endempty_state")
def empty_state(content, title):
    """A list with nothing in it: what would be here and how it gets here."""
    return render_to_string("components/empty_state.html", {"content": content, "title": title})


@register.simple_block_tag(end_name="endconfirmation")
def confirmation(content, title):
    """The panel at the end of a journey: what happened and its number."""
    return render_to_string("components/confirmation.html", {"content": content, "title": title})
