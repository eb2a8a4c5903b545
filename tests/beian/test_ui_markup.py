"""The anatomy of fields, summary and components, as it reaches the browser."""

import re

from django.template import Context, Template
from django.test import RequestFactory

from beian.forms import ImageField, KeptFile, OptionField, PageForm, PhoneField, ValidUntilField
from beian.ui import DiffRow, FindingItem, Stage, SummaryRow, Task


class ContactForm(PageForm):
    mobile = PhoneField(label="手机号", help_text="本人使用、可以接通")
    kind = OptionField(
        label="证件类型", choices=[("a", "甲"), ("b", "乙")], unavailable={"b": "本省不可选"}
    )
    until = ValidUntilField(label="有效期至")


def render(source, **context):
    request = RequestFactory().get("/page/?document=b&zoom=150")
    template = Template("{% load beian_ui beian_blocks beian_viewer %}" + source)
    return template.render(Context({"request": request, **context}))


def test_field_comes_as_label_hint_error_control():
    html = render("{% field form.mobile %}", form=ContactForm({"mobile": "1"}))

    places = [
        html.index(mark)
        for mark in (
            '<label class="field-label" for="id_mobile"',
            'id="id_mobile_helptext"',
            'id="id_mobile_error"',
            '<input type="text" name="mobile"',
        )
    ]
    assert places == sorted(places)
    assert 'aria-describedby="id_mobile_helptext id_mobile_error"' in html
    assert 'aria-invalid="true"' in html


def test_field_carries_no_required_attribute():
    html = render("{{ form }}", form=ContactForm())

    assert re.findall(r"\srequired[\s>=]", html) == []


def test_field_takes_a_second_button():
    html = render(
        '{% field form.mobile button_label="获取验证码" button_value="send" %}', form=ContactForm()
    )

    assert 'name="action" value="send">获取验证码</button>' in html


def test_summary_and_field_say_the_same_words():
    form = ContactForm({})

    html = render("{% error_summary form %}{{ form }}", form=form)

    links = re.findall(r'<a href="#([^"]+)">([^<]+)</a>', html)
    assert links == [
        ("id_mobile", "请填写手机号"),
        ("id_kind_0", "请选择证件类型"),
        ("id_until_0", "请填写有效期至的年、月、日，证件没有截止日期时请勾选“长期”"),
    ]
    for target, sentence in links:
        assert f'id="{target}"' in html
        assert html.count(sentence) == 2


def test_summary_of_a_clean_form_prints_nothing():
    assert render("{% error_summary form %}", form=ContactForm()).strip() == ""


def test_summary_points_form_errors_to_the_first_control():
    form = ContactForm({"mobile": "13800000034", "kind": "a", "until_long_term": "on"})
    form.add_error(None, "两处内容不一致，请核对后重新填写")

    html = render("{% error_summary form %}", form=form)

    assert '<a href="#id_mobile">两处内容不一致，请核对后重新填写</a>' in html


def test_unavailable_option_is_tied_to_its_reason():
    html = render("{% field form.kind %}", form=ContactForm())

    assert re.search(r'<input type="radio"[^>]*value="b"[^>]*disabled', html)
    assert 'aria-describedby="id_kind_1_hint"' in html
    assert '<p class="option-hint" id="id_kind_1_hint">本省不可选</p>' in html


def test_kept_file_can_be_removed():
    class UploadForm(PageForm):
        licence = ImageField(label="营业执照", max_megabytes=10, least_pixels=300)

    form = UploadForm(initial={"licence": KeptFile("t", "执照.jpg", "/files/t/", "2.1 MB")})
    html = render("{{ form }}", form=form)

    assert '<a href="/files/t/">执照.jpg</a>' in html
    assert 'name="licence-remove" value="1"' in html
    assert 'accept="image/jpeg,image/png"' in html


def test_post_fields_carry_token_key_and_version():
    order = type("Order", (), {"version": 7})()

    html = render("{% post_fields order %}", order=order)

    assert re.findall(r'name="(\w+)"', html) == [
        "csrfmiddlewaretoken",
        "idempotency_key",
        "version",
    ]
    assert 'name="version" value="7"' in html


def test_post_fields_give_every_form_its_own_key():
    keys = re.findall(
        r'idempotency_key" value="([^"]+)"', render("{% post_fields %}{% post_fields %}")
    )

    assert len(set(keys)) == 2
    assert [len(key) >= 16 for key in keys] == [True, True]


def test_unavailable_button_stays_focusable_with_its_reason():
    html = render('{% unavailable_button "提交备案" "还有 1 项必须修改" "why" %}')

    assert 'aria-disabled="true" aria-describedby="why"' in html
    assert " disabled" not in html.replace("aria-disabled", "")
    assert 'id="why"' in html
    assert "还有 1 项必须修改" in html


def test_findings_come_in_order_of_severity():
    findings = [FindingItem(name, name) for name in ("advice", "block", "material")]

    html = render("{% finding_list findings %}", findings=findings)

    assert re.findall(r"必须修改|需要材料|建议", html) == ["必须修改", "需要材料", "建议"]


def test_task_that_cannot_start_is_no_link():
    task = Task("检查并提交", "/submit/", status="blocked", opens_when="以上 6 项完成后可以开始")

    html = render("{% task_list tasks %}", tasks=[task])

    assert "<a " not in html
    assert "暂不能开始" in html
    assert "以上 6 项完成后可以开始" in html


def test_stage_says_its_state_in_words():
    stages = [Stage("填写资料", status="done"), Stage("初审", status="current"), Stage("已备案")]

    html = render("{% progress_strip stages %}", stages=stages)

    assert re.findall(r"，(已完成|正在进行|还没有开始)", html) == [
        "已完成",
        "正在进行",
        "还没有开始",
    ]


def test_summary_link_names_what_it_changes():
    html = render("{% summary_list rows %}", rows=[SummaryRow("手机号", "138******34", url="/m/")])

    assert '<a href="/m/">更改<span class="visually-hidden"> 手机号</span></a>' in html


def test_difference_says_before_and_after_in_words():
    html = render(
        "{% diff_rows rows %}", rows=[DiffRow("名称", "旧", "新"), DiffRow("备注", None, "有")]
    )

    assert re.findall(r"修改前：|修改后：", html) == ["修改前：", "修改后：", "修改后："]


def test_component_escapes_what_people_typed():
    html = render("{% summary_list rows %}", rows=[SummaryRow("名称", "<b>网站</b>")])

    assert "&lt;b&gt;网站&lt;/b&gt;" in html


def test_viewer_shows_the_chosen_document_at_the_chosen_size():
    from beian.ui import ViewedDocument

    documents = [
        ViewedDocument("a", "执照", "/d/a/"),
        ViewedDocument("b", "身份证", "/d/b/", width=1200, height=800),
    ]

    html = render("{% document_viewer documents %}", documents=documents)

    assert '<img src="/d/b/" alt="身份证" width="1200" height="800">' in html
    assert "viewer-page--zoom-150 viewer-page--turn-0" in html
    assert "?document=b&amp;zoom=200#viewer" in html
    assert "?document=b&amp;zoom=150&amp;turn=90#viewer" in html
