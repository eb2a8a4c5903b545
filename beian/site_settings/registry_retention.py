"""How long things are kept. Sources: regulation, the bureaus' interface, or our policy (P)."""

from .model import SiteSetting as S

RETENTION = [
    S("retention.sms_code_hours", "int", 24, "hours", "P: until used or expired, and 24 h",
      "短信核验码摘要在使用或过期后的保留时间",
      "How long the digest of a ministry code is kept after its use or end", minimum=1),
    S("retention.notice_days", "int", 183, "days", "P: send records without codes six months",
      "消息发送记录保留天数", "Days sent messages are kept", minimum=30),
    S("retention.bureau_file_days", "int", 365, "days",
      "interface text V3.0: three months or more; P: twelve, encrypted",
      "报送管局文件的保留天数", "Days a file sent to the bureau is kept", minimum=92),
]  # fmt: skip
