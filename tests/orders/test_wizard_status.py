"""Where the wizard says the applicant stands, and where it leads next."""

import pytest
from django.urls import reverse

from beian import clock
from orders.apply.task_list import task_page
from orders.enums import OrderState
from orders.steps import (
    CHECK,
    MATERIALS,
    SUBJECT,
    TRUTHFULNESS,
    UNIT_STEPS,
    WEBSITE,
    all_steps,
    step_of_key,
    step_of_path,
)
from orders.wizard import next_step, status_of
from tests.builders import client_of, make_applicant, make_staff
from tests.orders.ready_order import ready_order, started_order

pytestmark = pytest.mark.django_db


def rejected_order():
    """An order with one unanswered demand about the website's name."""
    order = ready_order(columns={"state": OrderState.INITIAL_REJECTED})
    order.comments.create(
        round=1,
        path="services[0].name",
        severity="must_fix",
        reason_code="R-NAME",
        text="请改为与单位有关的名称",
        author=make_staff("reviewer").user,
        created_at=clock.now(),
        sent_at=clock.now(),
    )
    return order


def statuses(order) -> dict[str, str]:
    return {step.key: status_of(step, order) for step in (*UNIT_STEPS, TRUTHFULNESS, CHECK)}


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("subject.name", "subject"),
        ("subject.principal.mobile", "subject-principal"),
        ("services[0].domains[0]", "website"),
        ("services[0].principal.email", "service-principal"),
        ("services[0].ips", "resource"),
        ("materials.subject_doc_image", "materials"),
        ("services", "website"),
    ],
)
def test_path_belongs_to_the_narrowest_page(path, key):
    assert step_of_path(path, "enterprise").key == key


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("subject.name", "subject"),
        ("subject.principal.full_name", "subject"),
        ("subject.principal.valid_to", "subject"),
        ("subject.principal.mobile", "subject-principal"),
        ("services[0].principal.email", "subject-principal"),
        ("services[0].domains[0]", "website"),
        ("materials.principal_id_front", "materials"),
    ],
)
def test_natural_person_has_one_page_for_identity_and_one_for_contacts(path, key):
    assert step_of_path(path, "personal").key == key


def test_natural_person_has_no_page_for_the_person_in_charge_of_the_website():
    assert [step.key for step in all_steps("personal")] == [
        "subject",
        "subject-principal",
        "website",
        "resource",
        "materials",
        "truthfulness",
        "check",
    ]
    assert step_of_key("service-principal", "personal") is None
    assert step_of_key("service-principal", "enterprise") is not None


def test_path_of_no_page_is_said_so():
    with pytest.raises(KeyError):
        step_of_path("order.number", "enterprise")


def test_nothing_is_started_in_a_new_order():
    assert set(statuses(started_order()).values()) == {"not_started", "blocked"}


def test_ready_order_is_done_and_can_be_checked():
    done = (*UNIT_STEPS, TRUTHFULNESS)
    expected = {**{step.key: "done" for step in done}, "check": "not_started"}

    assert statuses(ready_order()) == expected


def test_half_filled_page_is_in_progress():
    order = ready_order(**{"services[0].name": ""})

    assert statuses(order)["website"] == "in_progress"
    assert statuses(order)["check"] == "blocked"


def test_page_with_a_block_has_a_problem_even_if_it_is_full():
    order = ready_order(**{"services[0].name": "SHILI"})

    assert statuses(order)["website"] == "problem"


@pytest.mark.parametrize(
    ("changes", "after", "expected"),
    [
        ({}, None, "check"),
        ({"services[0].name": ""}, None, "website"),
        ({"services[0].name": ""}, WEBSITE, "check"),
        ({"services[0].name": "", "subject.name": ""}, MATERIALS, "subject"),
        ({"services[0].name": "", "subject.name": ""}, SUBJECT, "website"),
    ],
)
def test_continuing_leads_to_the_next_page_with_work(changes, after, expected):
    assert next_step(ready_order(**changes), after=after).key == expected


def test_main_button_leads_to_the_problem_before_what_is_empty():
    order = ready_order(**{"services[0].name": "SHILI", "subject.name": ""})

    page = task_page(order)

    assert page.main_label == "继续：修改网站信息"
    assert page.main_url == reverse("orders:step", args=[order.pk, "website"])
    problems = [task.problem for task in page.tasks if task.status == "problem"]
    assert problems == ["网站名称不能全部是字母"]


def test_task_list_says_what_was_filled_in():
    order = ready_order()

    notes = {task.label: task.note for task in task_page(order).tasks}

    assert notes == {
        "主体信息": "示例科技（杭州）有限公司",
        "主体负责人": "林示例",
        "网站信息": "示例科技官网",
        "网站负责人": "与主体负责人相同",
        "备案资源": "云服务器 示例-01",
        "办理材料": "营业执照和负责人证件，共 3 张，已上传 3 张",
        "真实性核验": "人脸照片",
        "检查并提交": "核对全部内容，同意承诺后提交",
    }


def test_blocked_task_is_no_link_and_says_what_opens_it():
    applicant = make_applicant()
    order = started_order(applicant)

    page = client_of(applicant.user).get(reverse("orders:tasks", args=[order.pk]))

    assert "以上 7 项完成后可以开始" in page.text
    assert reverse("orders:check", args=[order.pk]) not in page.text
    assert "已完成 0 项，共 8 项。" in page.text


def test_unanswered_comment_is_the_problem_of_its_page():
    order = rejected_order()

    page = task_page(order)

    assert statuses(order)["website"] == "problem"
    assert [task.problem for task in page.tasks if task.problem] == ["有 1 条审核意见没有处理"]
    assert page.main_label == "继续：修改网站信息"


def test_comment_answered_by_a_change_is_no_problem_any_more():
    order = rejected_order()

    changed = order.dossier.model_copy(deep=True)
    changed.services[0].name = "示例科技产品展示"
    order.put_dossier(changed)

    assert statuses(order)["website"] == "done"
