from django.http import HttpRequest, JsonResponse

from outside.actions.messages import deliver_mail, deliver_sms
from outside.views.api.endpoint import json_post


@json_post(message_id=str, to=str, sender=str, text=str)
def sms(request: HttpRequest, **message: str) -> JsonResponse:
    deliver_sms(**message)
    return JsonResponse({}, status=202)


@json_post(message_id=str, to=str, subject=str, text=str)
def mail(request: HttpRequest, **message: str) -> JsonResponse:
    deliver_mail(**message)
    return JsonResponse({}, status=202)
