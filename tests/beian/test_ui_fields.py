"""What the fields make of what people type, and what they say when it is wrong."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from beian.forms import (
    CertificateNumberField,
    CleanCharField,
    CodeField,
    DomainField,
    ImageField,
    KeptFile,
    MailField,
    OptionField,
    OptionsField,
    PageForm,
    PhoneField,
    Region,
    RegionField,
    ThreePartDateField,
    ValidUntil,
    ValidUntilField,
    YesNoField,
)


def form_of(field, data=None, files=None, **kwargs):
    """A bound form with one field named `x`."""
    form_class = type("OneField", (PageForm,), {"x": field})
    return form_class(data or {}, files or {}, **kwargs)


def cleaned(field, data, files=None, **kwargs):
    form = form_of(field, data, files, **kwargs)
    assert form.errors == {}
    return form.cleaned_data["x"]


def error(field, data, files=None, **kwargs):
    return form_of(field, data, files, **kwargs).errors["x"][0]


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        (CleanCharField(label="名称"), "　ＡＢＣ　网站\u200b ", "ABC 网站"),
        (CleanCharField(label="名称"), "示例科技（杭州）有限公司", "示例科技（杭州）有限公司"),
        (PhoneField(label="手机号"), "+86 138-0000 0034", "13800000034"),
        (PhoneField(label="手机号"), "１３８００００００３４", "13800000034"),
        (PhoneField(label="手机号"), "0086 13800000034", "13800000034"),
        (PhoneField(label="电话", mobile_only=False), "(0571) 8765-4321", "057187654321"),
        (PhoneField(label="电话", mobile_only=False), "０１０-12345678", "01012345678"),
        (CodeField(label="验证码", digits=6), " 407 215 ", "407215"),
        (CertificateNumberField(label="证件号码"), "9133 0108 ma00000t8b", "91330108MA00000T8B"),
        (MailField(label="邮箱"), " Lin＠Shili-Keji.COM ", "Lin@shili-keji.com"),
        (DomainField(label="域名"), "https://Shili-Keji.com/", "shili-keji.com"),
        (DomainField(label="域名"), "示例。中国", "示例.中国"),
    ],
)
def test_text_is_normalised_before_it_is_checked(field, typed, kept):
    assert cleaned(field, {"x": typed}) == kept


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        (CleanCharField(label="网站名称"), "", "请填写网站名称"),
        (
            CleanCharField(label="网站名称"),
            "a\x07b",
            "网站名称中有看不见的控制字符，请删除后重新输入",
        ),
        (
            CleanCharField(label="网站名称", max_length=3),
            "一二三四",
            "网站名称最多 3 个字，请缩短后再提交",
        ),
        (
            PhoneField(label="手机号"),
            "0571-87654321",
            "手机号应为 11 位中国大陆手机号，例如 138 0000 0034，请核对后重新填写",
        ),
        (
            PhoneField(label="应急电话", mobile_only=False),
            "87654321",
            "应急电话应为中国大陆手机号，或带区号的固定电话，例如 0571-8765 4321，请核对后重新填写",
        ),
        (
            CodeField(label="短信验证码", digits=6),
            "40721",
            "短信验证码应为 6 位数字，请填写最新一条短信或邮件中的验证码",
        ),
        (
            CertificateNumberField(label="证件号码"),
            "9133/0108",
            "证件号码只能包含字母和数字，请对照证件逐位核对",
        ),
        (
            MailField(label="电子邮箱"),
            "lin.shili-keji.com",
            "电子邮箱缺少“@”，请填写完整地址，例如 lin@shili-keji.com",
        ),
        (
            MailField(label="电子邮箱"),
            "lin@",
            "电子邮箱不是可以收信的地址，请检查“@”前后的内容，例如 lin@shili-keji.com",
        ),
        (
            DomainField(label="域名"),
            "www.shili-keji.com",
            "域名请填写不带“www.”的域名，例如 shili-keji.com",
        ),
        (
            DomainField(label="域名"),
            "shili-keji.com/about",
            "域名只填写域名本身，请删除“/”“:”及其后面的内容",
        ),
        *(
            (
                DomainField(label="域名"),
                f"shili-keji.com{between}shili-keji.cn",
                "域名只能填写一个，请删除空格、逗号和多余的域名",
            )
            for between in (" ", "，", "、", ";")
        ),
        (
            DomainField(label="域名"),
            "shili",
            "域名不是完整的域名，请填写类似 shili-keji.com 的域名",
        ),
        (
            DomainField(label="域名"),
            "203.0.113.24",
            "域名不是完整的域名，请填写类似 shili-keji.com 的域名",
        ),
    ],
)
def test_error_names_the_field_and_the_remedy(field, typed, sentence):
    assert error(field, {"x": typed}) == sentence


def test_label_for_errors_replaces_the_label_in_sentences():
    field = CleanCharField(label="叫什么名字？", label_for_errors="网站名称")

    assert error(field, {"x": ""}) == "请填写网站名称"


def test_page_shows_a_stored_mobile_in_groups():
    form = form_of(PhoneField(label="手机号"), {"x": "13800000034"})

    assert 'value="138 0000 0034"' in str(form["x"])


def test_wrong_value_stays_in_the_box():
    form = form_of(MailField(label="电子邮箱"), {"x": "lin.shili-keji.com"})

    assert 'value="lin.shili-keji.com"' in str(form["x"])


def test_yes_no_cleans_to_a_bool():
    assert cleaned(YesNoField(label="是否"), {"x": "no"}) is False


def test_yes_no_without_an_answer_asks_for_one():
    assert error(YesNoField(label="是否为法定代表人"), {}) == "请选择是否为法定代表人"


def test_yes_no_without_a_needed_answer_is_none():
    assert cleaned(YesNoField(label="是否", required=False), {}) is None


def test_unavailable_option_is_refused_with_its_own_reason():
    field = OptionField(
        label="资源", choices=[("a", "甲"), ("b", "乙")], unavailable={"b": "乙已占满，请选择甲"}
    )

    assert error(field, {"x": "b"}) == "乙已占满，请选择甲"


def test_unavailable_option_among_several_is_refused_with_its_own_reason():
    field = OptionsField(label="内容", choices=[("a", "甲")], unavailable={"a": "暂不办理甲"})

    assert error(field, {"x": ["a"]}) == "暂不办理甲"


def test_option_made_unavailable_on_one_form_stays_available_on_the_next():
    form_class = type("F", (PageForm,), {"x": OptionField(label="资源", choices=[("a", "甲")])})
    first = form_class({"x": "a"})
    first.fields["x"].set_unavailable({"a": "已占满"})

    assert first.errors["x"] == ["已占满"]
    assert form_class({"x": "a"}).errors == {}


@pytest.mark.parametrize(
    ("choices", "unavailable", "target"),
    [
        ([("a", "甲"), ("b", "乙")], {}, "id_x_0"),
        ([("a", "甲"), ("b", "乙")], {"a": "已占满"}, "id_x_1"),
        ([("a", "甲")], {"a": "已占满"}, "id_x_group"),
        ([], {}, "id_x_group"),
    ],
)
def test_error_about_a_choice_leads_to_the_first_that_can_be_made(choices, unavailable, target):
    form = form_of(OptionField(label="资源", choices=choices, unavailable=unavailable))
    form.is_bound = True

    assert [link.target for link in form.error_links()] == [target]
    assert f'id="{target}"' in str(form["x"].as_field_group())


def test_date_of_three_boxes_is_a_date():
    typed = {"x_year": "2041", "x_month": " 6", "x_day": "１２"}

    assert cleaned(ThreePartDateField(label="有效期"), typed) == dt.date(2041, 6, 12)


@pytest.mark.parametrize(
    ("year", "month", "day", "sentence"),
    [
        ("", "", "", "请填写有效期的年、月、日"),
        ("2041", "", "12", "有效期不完整，请把年、月、日都填上"),
        ("2041", "六", "12", "有效期的年、月、日只能填写数字，例如 2041 年 6 月 12 日"),
        (
            "2041",
            "13",
            "12",
            "有效期不是真实存在的日期，请对照证件重新填写，例如 2041 年 6 月 12 日",
        ),
        ("41", "6", "12", "有效期不是真实存在的日期，请对照证件重新填写，例如 2041 年 6 月 12 日"),
    ],
)
def test_date_that_is_none_says_what_is_missing(year, month, day, sentence):
    typed = {"x_year": year, "x_month": month, "x_day": day}

    assert error(ThreePartDateField(label="有效期"), typed) == sentence


def test_valid_until_long_term_has_no_day():
    field = ValidUntilField(label="有效期至")

    assert cleaned(field, {"x_long_term": "on"}) == ValidUntil(None, long_term=True)


@pytest.mark.parametrize("month", ["6", "13"])
def test_valid_until_with_day_and_long_term_is_refused(month):
    typed = {"x_year": "2041", "x_month": month, "x_day": "12", "x_long_term": "on"}

    assert (
        error(ValidUntilField(label="有效期至"), typed)
        == "有效期至只能填写日期或勾选“长期”其中一项，请删除另一项"
    )


def test_valid_until_is_shown_again_from_its_value():
    form = type("F", (PageForm,), {"x": ValidUntilField(label="有效期至")})(
        initial={"x": ValidUntil(dt.date(2041, 6, 12))}
    )

    html = str(form["x"])
    assert [f'value="{part}"' in html for part in (2041, 6, 12)] == [True, True, True]


def region_field():
    return RegionField(label="通讯地址", provinces=[("33", "浙江"), ("44", "广东")])


def test_region_is_province_city_and_district():
    typed = {"x_province": "33", "x_city": " 杭州市", "x_district": "样例区"}

    assert cleaned(region_field(), typed) == Region("33", "杭州市", "样例区")


@pytest.mark.parametrize(
    ("province", "city", "sentence"),
    [
        ("", "", "请选择通讯地址的省份，并填写城市"),
        ("99", "杭州市", "请从列表中选择通讯地址的省份"),
        ("33", "", "请填写通讯地址的城市，例如“杭州市”"),
    ],
)
def test_region_that_is_incomplete_says_what_is_missing(province, city, sentence):
    typed = {"x_province": province, "x_city": city, "x_district": ""}

    assert error(region_field(), typed) == sentence


def licence(**kwargs):
    return ImageField(label="营业执照", max_megabytes=1, least_pixels=300, **kwargs)


def upload(name="licence.jpg", size=10):
    return SimpleUploadedFile(name, b"x" * size)


def test_upload_is_handed_on():
    chosen = upload()

    assert cleaned(licence(), {}, {"x": chosen}) is chosen


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (None, "请上传营业执照"),
        (upload(size=0), "营业执照的文件是空的，请重新选择"),
        (upload("licence.pdf"), "营业执照须为 JPG 或 PNG 图片，请重新拍照或另存为图片后上传"),
        (upload(size=1024 * 1024 + 1), "营业执照超过 1 MB，请压缩或重新拍照后上传"),
    ],
)
def test_upload_of_the_wrong_shape_says_what_to_do(chosen, sentence):
    assert error(licence(), {}, {"x": chosen} if chosen else {}) == sentence


def test_kept_file_satisfies_a_required_upload():
    kept = KeptFile("token", "licence.jpg")

    assert cleaned(licence(), {}, initial={"x": kept}) is None


def test_removed_file_no_longer_satisfies_a_required_upload():
    kept = KeptFile("token", "licence.jpg")

    assert error(licence(), {"x-remove": "1"}, initial={"x": kept}) == "请上传营业执照"


def test_removed_file_of_an_optional_upload_is_false():
    kept = KeptFile("token", "licence.jpg")

    assert cleaned(licence(required=False), {"x-remove": "1"}, initial={"x": kept}) is False


def test_limits_of_an_upload_are_its_hint():
    assert str(licence().help_text) == "JPG 或 PNG 图片，不超过 1 MB，最短边不少于 300 像素"
