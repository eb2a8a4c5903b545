"""When the installation calls itself not ready."""

from .model import SiteSetting as S

HEALTH = [
    S("health.deadline_overdue_seconds", "int", 300, "seconds", "D: a sweep runs every 5 s",
      "时限未处理告警", "A due deadline may wait this long before /readyz complains", minimum=10),
    S("health.outbox_overdue_seconds", "int", 300, "seconds", "D: the relay runs every 2 s",
      "消息未发送告警", "A due notice may wait this long before /readyz complains", minimum=10),
    S("health.beat_silence_seconds", "int", 60, "seconds", "D: beat gives a sign every 10 s",
      "调度进程静默告警", "Beat may be silent this long before /readyz complains", minimum=20),
    S("health.sweep_silence_seconds", "int", 120, "seconds", "D: a sweep runs every 5 s",
      "巡检静默告警", "Workers may be silent this long before /readyz complains", minimum=20),
]  # fmt: skip
