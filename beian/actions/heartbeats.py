"""Signs of life, as rows: any process, and whoever watches, can read them."""

from datetime import timedelta

from beian import clock
from beian.models import Heartbeat
from beian.site_settings import setting

BEAT = "beat"
# Written by a worker that was woken by beat through the broker: the whole way works.
SWEEP = "sweep"
# A stopped holder is forgotten after this time.
_KEPT = timedelta(days=1)


def note_heartbeat(kind: str, holder: str = "") -> None:
    Heartbeat.objects.update_or_create(kind=kind, holder=holder, defaults={"at": clock.now()})


def heartbeat_ages() -> dict[str, float]:
    """Kind → seconds since its youngest sign of life."""
    now = clock.now()
    rows = Heartbeat.objects.order_by("at").values_list("kind", "at")
    return {kind: (now - at).total_seconds() for kind, at in rows}


def living_beats() -> int:
    """How many beats run now; more than one offers everything twice."""
    since = clock.now() - timedelta(seconds=setting("health.beat_silence_seconds"))
    return Heartbeat.objects.filter(kind=BEAT, at__gt=since).count()


def forget_old_holders() -> int:
    return Heartbeat.objects.filter(at__lt=clock.now() - _KEPT).delete()[0]
