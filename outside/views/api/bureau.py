import socket

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from outside.actions.downloads import acknowledge, next_file
from outside.actions.uploads import last_upload, receive_upload
from outside.views.api.endpoint import json_post


@json_post(seq=int, sha256=str, payload=str)
def upload(request: HttpRequest, seq: int, sha256: str, payload: str) -> HttpResponse:
    reply = receive_upload(seq=seq, sha256=sha256, payload=payload)
    if reply.is_dropped:
        return _hang_up(request)
    if reply.code == 0:
        return JsonResponse({"code": 0})
    answer = {"code": reply.code, "message": reply.message, "expected_seq": reply.expected_seq}
    return JsonResponse(answer)


@require_GET
def last(request: HttpRequest) -> JsonResponse:
    seq, sha256 = last_upload()
    return JsonResponse({"seq": seq, "sha256": sha256})


@require_GET
def download(request: HttpRequest) -> HttpResponse:
    file = next_file()
    if file is None:
        return HttpResponse(status=204)
    response = JsonResponse({"name": file.name, "payload": file.payload})
    # Nothing between us and the provider may answer for us.
    response["Cache-Control"] = "no-store"
    return response


@json_post(name=str)
def ack(request: HttpRequest, name: str) -> JsonResponse:
    if acknowledge(name):
        return JsonResponse({})
    return JsonResponse({"error": "no such file"}, status=404)


def _hang_up(request: HttpRequest) -> HttpResponse:
    """Close the connection without an answer; a server that hides its socket says 504."""
    connection = request.META.get("gunicorn.socket")
    if connection is not None:
        connection.shutdown(socket.SHUT_RDWR)
    return HttpResponse(status=504)
