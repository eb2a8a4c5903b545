"""The composer of a comment on the case page, also with words that could not be saved before."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from beian.forms import PageForm
from beian.ui import NavItem
from orders.checklist.items import all_items
from orders.desk.case_rows import anchor_of
from orders.dossier import PathError, get_value
from orders.field_labels import label_of
from orders.forms.comment import CommentForm
from orders.models import FilingOrder, OrderComment

Kept = Mapping[str, Mapping[str, str]]
_ITEM = "item "
DISCARD = "discard"
KEPT = gettext_lazy("您写的文字已经保留：重新领取这个订单后，它会再次出现在这里。")


def place_of_comment(path: str, comment: OrderComment | None) -> str:
    """Names the form under which unsaved words are kept."""
    return f"comment {comment.pk}" if comment else path


def place_of_item(key: str) -> str:
    return _ITEM + key


def comment_url(order: FilingOrder, path: str) -> str:
    return f"{reverse('orders:comment', args=[order.pk])}?{urlencode({'path': path})}"


def composer(
    form: CommentForm, path: str, url: str, comment: OrderComment | None, *, is_kept: bool = False
) -> dict[str, Any]:
    """What the case page needs to show the composer under its field."""
    return {
        "form": form,
        "composer_path": path,
        "composer_url": url,
        "edited": comment,
        "is_kept": is_kept,
    }


def typed_in(form: PageForm) -> dict[str, str]:
    """What stands in a form's boxes, right or wrong."""
    return {name: str(form[name].value() or "") for name in form.fields}


def kept_composer(order: FilingOrder, kept: Kept) -> dict[str, Any]:
    """The composer with the first comment that could not be saved; empty if there is none."""
    for place, texts in kept.items():
        path = texts.get("at", "")
        if place.startswith(_ITEM) or not _is_there(order, path):
            continue
        comment = _edited(order, place)
        form = CommentForm(initial=dict(texts), path=path, nature=order.nature)
        return composer(form, path, _url(order, path, comment), comment, is_kept=True)
    return {}


def kept_place(order: FilingOrder, kept: Kept, path: str, comment: OrderComment | None) -> str:
    """Under which place words for this composer are kept; "" for none.

    What was written into a comment that is gone since goes on as a new one.
    """
    own = place_of_comment(path, comment)
    if own in kept:
        return own
    if comment is not None:
        return ""
    orphans = (place for place, texts in kept.items() if texts.get("at") == path)
    return next((place for place in orphans if _edited(order, place) is None), "")


def _url(order: FilingOrder, path: str, comment: OrderComment | None) -> str:
    if comment is None:
        return comment_url(order, path)
    return reverse("orders:comment-edit", args=[order.pk, comment.pk])


def kept_links(order: FilingOrder, kept: Kept) -> list[NavItem]:
    """Where each of them can be finished."""
    links = []
    for place, texts in kept.items():
        if place.startswith(_ITEM):
            item = all_items().get(place.removeprefix(_ITEM))
            if item is not None:
                url = reverse("orders:checklist-item", args=[order.pk, item.key])
                links.append(NavItem(item.label, f"{url}?{texts.get('query', '')}"))
        elif _is_there(order, texts.get("at", "")):
            path = texts["at"]
            url = _url(order, path, _edited(order, place))
            label = label_of(path, order.nature, order.dossier.subject)
            links.append(NavItem(label, f"{url}#{anchor_of(path)}"))
    return links


def _edited(order: FilingOrder, place: str) -> OrderComment | None:
    """The comment that was being changed, if it can still be."""
    unsent = (comment for comment in order.standing_comments if comment.sent_at is None)
    return next((each for each in unsent if place_of_comment("", each) == place), None)


def _is_there(order: FilingOrder, path: str) -> bool:
    try:
        get_value(order.submission.dossier, path)
    except PathError:
        return False
    return True
