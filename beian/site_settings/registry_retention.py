"""How long things are kept. Sources: regulation, the bureaus' interface, or our policy (P)."""

from .model import SiteSetting as S

RETENTION = [
    S("retention.closed_order_picture_days", "int", 30, "days",
      "P: pictures of abandoned and expired orders",
      "放弃或失效订单的图片保留天数", "Days pictures of an abandoned or expired order are kept",
      minimum=1),
    S("retention.closed_order_days", "int", 60, "days",
      "P: everything else personal in abandoned and expired orders",
      "放弃或失效订单的其他个人信息保留天数",
      "Days the other personal data of an abandoned or expired order are kept", minimum=1),
    S("retention.rejected_order_picture_days", "int", 90, "days",
      "P: pictures of orders sent back and not submitted again",
      "退回后未再提交订单的图片保留天数",
      "Days pictures of an order sent back and left alone are kept", minimum=1),
    S("retention.warning_days", "int", 7, "days", "P: the applicant is warned seven days before",
      "删除前提前几天提醒申请人", "Days before an erasure on which the applicant is warned",
      minimum=1),
    S("retention.unused_upload_hours", "int", 24, "hours", "P: uploads in quarantine 24 h",
      "未采用的上传图片保留时间", "How long an upload that no page names is kept", minimum=1),
    S("retention.sms_code_hours", "int", 24, "hours", "P: until used or expired, and 24 h",
      "短信核验码摘要在使用或过期后的保留时间",
      "How long the digest of a ministry code is kept after its use or end", minimum=1),
    S("retention.notice_days", "int", 183, "days", "P: send records without codes six months",
      "消息发送记录保留天数", "Days sent messages are kept", minimum=30),
    S("retention.bureau_file_days", "int", 365, "days",
      "interface text V3.0: three months or more; P: twelve, encrypted",
      "报送管局文件的保留天数", "Days a file sent to the bureau is kept", minimum=92),
]  # fmt: skip
