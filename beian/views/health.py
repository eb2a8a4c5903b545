"""For machines: is the process alive, is the installation at work, and its figures."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from prometheus_client import CONTENT_TYPE_LATEST

from beian.access import Level, access
from beian.metrics import exposition
from beian.monitors import is_monitor
from beian.readiness import readiness


@access(Level.PUBLIC)
@require_GET
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


@access(Level.PUBLIC)
@require_GET
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 or 503. Names and reasons of the checks are for monitors only."""
    results = readiness()
    is_ready = all(result.is_ok for result in results)
    body: dict[str, object] = {"status": "ready" if is_ready else "not ready"}
    if is_monitor(request):
        body["checks"] = {
            result.name: {"ok": result.is_ok, "reason": result.reason, "seconds": result.seconds}
            for result in results
        }
    return JsonResponse(body, status=200 if is_ready else 503)


@access(Level.MONITOR)
@require_GET
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
