"""The review desk."""

from django.urls import URLPattern, path

from orders.views import (
    attention,
    bureau_result,
    calls,
    case,
    case_truthfulness,
    checklist,
    comment,
    decide,
    desk_document,
    failed_notice,
    handover_list,
    heartbeat,
    queue,
    queue_views,
    reassign,
    returned_list,
    reveal,
    waive,
)

urlpatterns: list[URLPattern] = [
    path("desk/", queue.queue, name="queue"),
    path("desk/next/", queue.take, name="queue-next"),
    path("desk/views/", queue_views.queue_views, name="queue-views"),
    path("desk/cases/<uuid:pk>/", case.case, name="case"),
    path("desk/cases/<uuid:pk>/heartbeat/", heartbeat.heartbeat, name="case-heartbeat"),
    path("desk/cases/<uuid:pk>/act/<slug:name>/", decide.case_act, name="case-act"),
    path("desk/cases/<uuid:pk>/comments/", comment.comment, name="comment"),
    path(
        "desk/cases/<uuid:pk>/comments/<int:comment_id>/", comment.comment_edit, name="comment-edit"
    ),
    path("desk/cases/<uuid:pk>/calls/", calls.calls, name="calls"),
    path("desk/cases/<uuid:pk>/checklist/", checklist.checklist, name="checklist"),
    path(
        "desk/cases/<uuid:pk>/checklist/<slug:key>/",
        checklist.checklist_item,
        name="checklist-item",
    ),
    path(
        "desk/cases/<uuid:pk>/objections/<int:objection_id>/",
        waive.waive,
        name="waive",
    ),
    path("desk/cases/<uuid:pk>/reassign/", reassign.reassign, name="reassign"),
    path("desk/cases/<uuid:pk>/reveal/", reveal.reveal, name="reveal"),
    path(
        "desk/cases/<uuid:pk>/documents/<uuid:document_id>/",
        desk_document.desk_document,
        name="desk-document",
    ),
    path("desk/returned/", returned_list.returned, name="returned"),
    path("desk/attention/", attention.attention, name="attention"),
    path("desk/attention/results/<uuid:key>/", bureau_result.bureau_result, name="bureau-result"),
    path(
        "desk/attention/results/<uuid:key>/orders/<uuid:pk>/",
        bureau_result.bureau_result_apply,
        name="bureau-result-apply",
    ),
    path("desk/attention/notices/<uuid:pk>/", failed_notice.failed_notice, name="failed-notice"),
    path(
        "desk/cases/<uuid:pk>/truthfulness/<uuid:check_id>/",
        case_truthfulness.record,
        name="case-truthfulness",
    ),
    path(
        "desk/cases/<uuid:pk>/faces/<uuid:photo_id>/",
        case_truthfulness.face_picture,
        name="desk-face",
    ),
    path("desk/handover/", handover_list.handover, name="handover"),
    path("desk/handover/<uuid:pk>/", handover_list.handover_act, name="handover-act"),
]
