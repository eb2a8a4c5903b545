from collections.abc import Iterable, Mapping

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outside.actions.messages import mark_read
from outside.enums import Channel
from outside.models import Message

SHOWN = 100


@require_GET
def phone_list(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/phone_list.html", {"boxes": _boxes(Channel.SMS)})


@require_GET
def phone(request: HttpRequest, number: str) -> HttpResponse:
    return _open(request, "outside/phone.html", Channel.SMS, number)


@require_GET
def mail_list(request: HttpRequest) -> HttpResponse:
    return render(request, "outside/mail_list.html", {"boxes": _boxes(Channel.MAIL)})


@require_GET
def mail(request: HttpRequest, address: str) -> HttpResponse:
    return _open(request, "outside/mail.html", Channel.MAIL, address.lower())


def _boxes(channel: Channel) -> Iterable[Mapping[str, object]]:
    return (
        Message.objects.filter(channel=channel)
        .values("recipient")
        .annotate(
            total=Count("id"),
            unread=Count("id", filter=Q(is_read=False)),
            latest=Max("received_at"),
        )
        .order_by("-latest")
    )


def _open(request: HttpRequest, template: str, channel: Channel, recipient: str) -> HttpResponse:
    """Show a box, newest first; a box without messages is simply empty, as a new phone is."""
    messages = list(Message.objects.filter(channel=channel, recipient=recipient)[:SHOWN])
    mark_read(channel, recipient)
    context = {
        "recipient": recipient,
        "box": messages,
        "shown": SHOWN,
        "refreshes": "refresh" in request.GET,
    }
    return render(request, template, context)
