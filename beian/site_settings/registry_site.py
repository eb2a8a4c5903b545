"""Who runs this installation, as shown on its pages. Sample values are fictitious."""

from .model import SiteSetting as S

SITE: list[S] = [
    S("site.product_name", "text", "备案通", "", "installation", "产品名称", "Name of the product"),
    S("site.product_name_en", "text", "Beiantong", "", "installation",
      "产品英文名称", "Name of the product in English"),
    S("site.provider_name", "text", "示例云数据（杭州）有限公司", "", "installation",
      "接入服务商名称", "Name of the access provider"),
    S("site.provider_name_en", "text", "Shili Cloud Data (Hangzhou) Co., Ltd. (sample)", "",
      "installation", "接入服务商英文名称", "Name of the access provider in English"),
    S("site.phone", "text", "0571-0000 0000", "", "installation", "客服电话", "Help line"),
    S("site.hours", "text", "工作日 9:00–18:00", "", "installation", "服务时间", "Service hours"),
    S("site.hours_en", "text", "Working days 9:00–18:00", "", "installation",
      "服务时间（英文）", "Service hours in English"),
    S("site.mail", "text", "beian@shili-yun.example", "", "installation",
      "客服邮箱", "Help mailbox"),
    S("site.sms_signature", "text", "备案通", "", "installation",
      "短信签名（发送方名称）", "Sender name of our text messages"),
    S("site.public_url", "text", "http://127.0.0.1:8000", "", "installation",
      "平台网址（消息中使用）", "Address of the portal, used in messages",
      environment="PUBLIC_URL"),
    S("site.filing_number", "text", "浙ICP备2099000001号-1", "",
      "Measures on filing, art. 13: shown at the foot of the site",
      "本网站的备案号", "The portal's own filing number"),
]  # fmt: skip
