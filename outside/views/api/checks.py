from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_GET

from outside.actions.checks import check_real_name, domain_answer
from outside.actions.faces import check_face, face_answer
from outside.actions.inventory import resources_of
from outside.models import InventoryResource
from outside.views.api.endpoint import json_post

RESOURCE_FIELDS = (
    "ref",
    "name",
    "kind",
    "region",
    "region_label",
    "public_ips",
    "billing",
    "months_total",
    "expires_on",
    "mainland",
    "used_services",
    "as_codes",
)


@json_post(request_id=str, name=str, cert_number=str)
def real_name(request: HttpRequest, request_id: str, name: str, cert_number: str) -> JsonResponse:
    result, reason = check_real_name(request_id=request_id, name=name)
    return JsonResponse({"result": result, "reason": reason})


@json_post(request_id=str, name=str, cert_number=str, photo=str)
def face(
    request: HttpRequest, request_id: str, name: str, cert_number: str, photo: str
) -> JsonResponse:
    return JsonResponse(face_answer(check_face(request_id=request_id, name=name)))


@json_post(domain=str)
def domain_check(request: HttpRequest, domain: str) -> JsonResponse:
    return JsonResponse(domain_answer(domain))


@require_GET
def inventory(request: HttpRequest, account_ref: str) -> JsonResponse:
    resources = [_as_json(resource) for resource in resources_of(account_ref)]
    return JsonResponse({"resources": resources})


def _as_json(resource: InventoryResource) -> dict[str, object]:
    return {name: getattr(resource, name) for name in RESOURCE_FIELDS}
