"""Fictitious content of the component gallery."""

import datetime as dt

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

from beian import clock
from beian.forms import KeptFile, PageForm, SelectField
from beian.ui import (
    Comment,
    DiffRow,
    Fact,
    FindingItem,
    Stage,
    SummaryRow,
    Task,
    TimelineItem,
    ViewedDocument,
)

KEPT_FILE = KeptFile("sample", "营业执照.jpg", url="#licence", note="2.1 MB")
WRONG_ANSWERS = {
    "is_legal_representative": "yes",
    "mobile": "13800000034",
    "code": "40721",
    "emergency_phone": "",
    "email": "lin.shili-keji.com",
    "valid_until_0": "2041",
    "valid_until_1": "13",
    "valid_until_2": "12",
}


class FilterForm(PageForm):
    state = SelectField(label=_("状态"), empty_label=_("全部"), required=True)
    province = SelectField(label=_("省份"), empty_label=_("全部"), required=True)
    due = SelectField(label=_("到期"), empty_label=_("不限"), required=True)


def moment() -> dt.datetime:
    return clock.now() + dt.timedelta(hours=18, minutes=40)


def tags() -> list[tuple[str, str]]:
    return [
        ("待完善备案信息", "neutral"),
        ("等待初审", "info"),
        ("待短信核验", "warning"),
        ("初审驳回", "danger"),
        ("已备案", "success"),
        ("待管局审核", "bureau"),
    ]


def facts() -> list[Fact]:
    return [
        Fact("现在由谁处理", "接入商审核员", "不需要您操作"),
        Fact("初审预计", "11月24日（周二）前完成", "还有 2 个工作日"),
        Fact("请保持电话畅通", "138******34、159******06", "来电号码 0571-0000 0000"),
    ]


def stages() -> list[Stage]:
    return [
        Stage("填写资料", "11月18日 完成", "done"),
        Stage("等待初审", "接入商处理中", "current"),
        Stage("提交管局", "初审通过当天"),
        Stage("短信核验", "24小时内"),
        Stage("管局审核", "3–20个工作日"),
        Stage("已备案"),
    ]


def events() -> list[TimelineItem]:
    return [
        TimelineItem("核验短信", ("12381 发出验证码，两位负责人须在 24 小时内完成。",), "future"),
        TimelineItem("初审驳回", ("接入商，审核员 2107", "11月23日 16:20，第 1 轮"), "refusal"),
        TimelineItem("电话核验未接通", ("接入商，应急电话，2 次", "11月23日 11:15"), "open"),
        TimelineItem("提交备案", ("林知远", "11月20日 14:31")),
    ]


def tasks() -> list[Task]:
    return [
        Task("主体信息", "#subject", "示例科技（杭州）有限公司", "done"),
        Task("主体负责人", "#principal", "林知远", "problem", problem="应急电话与手机号相同"),
        Task("网站信息", "#website", "名称、内容、前置审批", "in_progress"),
        Task("网站负责人", "#person", "可选择“与主体负责人相同”"),
        Task("检查并提交", status="blocked", opens_when="以上 4 项完成后可以开始"),
    ]


def findings() -> list[FindingItem]:
    source = "网站名称规范"
    return [
        FindingItem(
            "advice",
            "网站备注只有 6 个字",
            "写明网站实际提供什么，可减少审核员来电",
            "初审常见意见汇总",
            "2026-10-12",
            "#remarks",
            "去补充",
        ),
        FindingItem(
            "block",
            "网站名称“SHILI”只含英文字母，请改为与公司有关的中文名称",
            "网站名称须 3 个字以上，不能全是字母或数字",
            source,
            "2026-09-30",
            "#name",
            "去修改",
        ),
        FindingItem(
            "material",
            "承诺书签字页还没有上传",
            "下载已填好的承诺书，法定代表人签字并盖章后拍照上传",
            source,
            "2026-09-18",
            "#pledge",
            "去上传",
        ),
    ]


def comment() -> Comment:
    return Comment(
        "block",
        "网站名称",
        "“云上生活馆”与公司全称、简称和注册商标都没有关系，请改名，或在备注中说明品牌来源。",
        "“示例科技官网”“示例知识库”",
        "网站名称规范",
        "2026-09-30",
    )


def summary_rows() -> list[SummaryRow]:
    return [
        SummaryRow("主办单位", "示例科技（杭州）有限公司（企业）"),
        SummaryRow("手机号", "138******34", note="已验证", url="#mobile"),
        SummaryRow("网站名称", "SHILI", url="#name", problem="只含英文字母，须修改"),
    ]


def changes() -> list[DiffRow]:
    return [
        DiffRow("网站名称", "云上生活馆", "示例科技官网"),
        DiffRow("备注", None, "公司产品介绍"),
    ]


def documents() -> list[ViewedDocument]:
    picture = static("img/mark.svg")
    return [
        ViewedDocument("licence", "营业执照", picture, "2.1 MB"),
        ViewedDocument("id-front", "身份证正面", picture),
    ]


def queue_lines() -> list[dict[str, object]]:
    def line(number, due, urgency, subject, domain, state, flag="", serious=False, own=False):
        return {
            "number": number,
            "due": due,
            "urgency": urgency,
            "subject": subject,
            "domain": domain,
            "state": state,
            "flag": flag,
            "serious": serious,
            "own": own,
        }

    return [
        line("BA20261117-0388", "逾期 1 天", "overdue", "样例餐饮管理（温州）有限公司",
             "yangli-canyin.com", "等待初审", "电话未接通"),
        line("BA20261118-0417", "今天 18:00", "today", "样本智能（宁波）有限公司",
             "yangben-wenku.com", "初审中", own=True),
        line("BA20261118-0420", "今天 18:00", "today", "某某贸易（广州）有限公司",
             "moumou-maoyi.cn", "等待初审", "黑名单命中", serious=True),
        line("BA20261119-0008", "剩 1 天", "plain", "范例教育科技（武汉）有限公司",
             "fanli-edu.cn", "已修改待审核"),
    ]  # fmt: skip
