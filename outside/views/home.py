from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outside.enums import Channel, HandOverState
from outside.models import HandOver, Message


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    unread = Message.objects.filter(is_read=False)
    waiting = HandOver.objects.filter(state=HandOverState.WAITING_DECISION)
    counts = {
        "unread_sms": unread.filter(channel=Channel.SMS).count(),
        "unread_mail": unread.filter(channel=Channel.MAIL).count(),
        "waiting_decisions": waiting.count(),
    }
    return render(request, "outside/home.html", counts)
