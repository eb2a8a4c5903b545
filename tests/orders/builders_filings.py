"""Steps of an order's life that the pages of the applicant need in their tests."""

from uuid import uuid4

from beian import clock
from orders.actions.register import write_register_of
from orders.dossier import set_value
from orders.enums import CommentSeverity, OrderState
from orders.models import FilingOrder, OrderComment
from tests.builders import Applicant, filled_dossier, make_order, make_staff

SUBJECT_NUMBER = "浙ICP备2026000001号"


def make_comment(
    order: FilingOrder,
    path: str = "services[0].name",
    *,
    severity: str = CommentSeverity.MUST_FIX,
    is_sent: bool = True,
    text: str = "网站名称与公司全称没有关系，请改名。",
) -> OrderComment:
    """A reviewer's comment on the present round."""
    author = make_staff("reviewer", name=f"reviewer-{OrderComment.objects.count() + 10}").user
    return OrderComment.objects.create(
        order=order,
        round=order.round,
        path=path,
        severity=severity,
        reason_code="R-NAME",
        text=text,
        author=author,
        created_at=clock.now(),
        sent_at=clock.now() if is_sent else None,
    )


def change_draft(order: FilingOrder, path: str, value: object) -> None:
    """What saving a page of the wizard leaves behind."""
    dossier = order.dossier.model_copy(deep=True)
    set_value(dossier, path, value)
    order.put_dossier(dossier)
    order.save()


def make_filed_order(
    applicant: Applicant, *, services: int = 1, subject_number: str = SUBJECT_NUMBER
) -> FilingOrder:
    """A filed order with the register rows that belong to it."""
    dossier = filled_dossier()
    # Another number is another subject: its certificate and domains are its own.
    owner = applicant.user.pk
    dossier.subject.cert_number = f"91330102MA{owner:08d}"
    first = dossier.services[0]
    first.domains = [f"shili-{owner}.com"]
    for position in range(2, services + 1):
        domains = [f"shili-{owner}-{position}.com"]
        dossier.services.append(
            first.model_copy(update={"ref": uuid4(), "domains": domains}, deep=True)
        )
    order = make_order(
        applicant, state=OrderState.FILED, dossier=dossier, subject_number=subject_number
    )
    numbers = {
        str(service.ref): f"{subject_number}-{position}"
        for position, service in enumerate(dossier.services, start=1)
    }
    write_register_of(order, numbers)
    return order
