"""The document viewer: zoom, turn and choice are links, so it needs no script."""

from django import template

register = template.Library()

ZOOMS = ("100", "150", "200", "300")
TURNS = ("0", "90", "180", "270")


@register.inclusion_tag("components/document_viewer.html", takes_context=True)
def document_viewer(context, documents):
    """``documents``: list of `beian.ui.ViewedDocument`; the query string says what is shown how."""
    query = context["request"].GET
    shown = next((item for item in documents if item.key == query.get("document")), None)
    shown = shown or (documents[0] if documents else None)
    zoom = query.get("zoom") if query.get("zoom") in ZOOMS else ZOOMS[0]
    turn = query.get("turn") if query.get("turn") in TURNS else TURNS[0]
    at = ZOOMS.index(zoom)
    return {
        "thumbs": [(item, _link(query, document=item.key)) for item in documents],
        "shown": shown,
        "zoom": zoom,
        "turn": turn,
        "smaller": _link(query, zoom=ZOOMS[at - 1]) if at else "",
        "larger": _link(query, zoom=ZOOMS[at + 1]) if at + 1 < len(ZOOMS) else "",
        "turned": _link(query, turn=TURNS[(TURNS.index(turn) + 1) % len(TURNS)]),
        "position": documents.index(shown) + 1 if shown else 0,
        "total": len(documents),
    }


def _link(query, **changes: str) -> str:
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = value
    return f"?{changed.urlencode()}#viewer"
