"""The first walk as people do it: each function is one person at one page.

Nothing here needs JavaScript; people find what they use by its words.
"""

from __future__ import annotations

import re

from playwright.sync_api import Page

from tests.browser.outside_world import OutsideWorld, wait_until
from tests.browser.papers import paper
from tests.browser.people import COMPANY, INDIVIDUAL, LEGAL, Company, Person
from tests.browser.pressing import button, follow


def sign_in(page: Page, outside: OutsideWorld, phone: str) -> None:
    def ask() -> None:
        page.goto("/sign-in/")
        page.get_by_label("手机号").fill(phone)
        button(page, "获取验证码")

    code = outside.code_after(phone, ask)
    page.get_by_label("短信验证码").fill(code)
    button(page, "登录")


def register(page: Page, outside: OutsideWorld, phone: str, account: str) -> None:
    def ask() -> None:
        page.goto("/register/")
        page.locator("main [name=phone]").fill(phone)
        button(page, "获取验证码")

    code = outside.code_after(phone, ask)
    page.locator("[name=code]").fill(code)
    follow(page, page.locator("main form button.button--primary"))
    page.locator("[name=account_name]").fill(account)
    page.locator("[name=terms]").check()
    page.locator("[name=privacy]").check()
    button(page, "同意并注册")


def prove_real_name(page: Page, name: str, number: str) -> None:
    """As a unit; waits until the worker has the answer and the account may start a filing."""
    page.goto("/account/real-name/")
    page.locator("[name=holder][value=unit]").check()
    page.locator("[name=name]").fill(name)
    page.locator("[name=cert_number]").fill(number)
    page.locator("[name=consent]").check()
    button(page, "提交认证")

    def is_done() -> bool:
        page.goto("/account/real-name/")
        return "账号已通过实名认证" in page.locator("main").inner_text()

    wait_until(is_done, "the real-name answer")


def start_filing(page: Page, nature: str = "企业") -> str:
    """Start the first filing; returns the path of its pages."""
    page.goto("/filings/")
    button(page, "开始新的备案")
    page.get_by_role("radio", name="网站", exact=True).check()
    page.get_by_role("radio", name=re.compile(f"^{nature}")).check()
    page.get_by_label("备案省份").select_option("33")
    button(page, "开始首次备案")
    return page.url.partition("tasks/")[0]


def _date(page: Page, name: str, year: int) -> None:
    for part, value in (("year", year), ("month", 1), ("day", 1)):
        page.locator(f"[name={name}_{part}]").fill(str(value))


def fill_subject(page: Page, order: str, company: Company = COMPANY) -> None:
    page.goto(f"{order}steps/subject/")
    page.get_by_role("radio", name="营业执照").check()
    page.locator("[name=name]").fill(company.name)
    page.locator("[name=cert_number]").fill(company.credit_code)
    page.locator("[name=cert_address]").fill("浙江省杭州市上城区示范路100号3幢401室")
    page.locator("[name=cert_valid_to_long_term]").check()
    page.locator("[name=contact_same][value=other]").check()
    page.locator("[name=contact_region]").select_option("3301")
    page.locator("[name=contact_address]").fill("上城区示范路100号3幢401室")
    button(page, "保存并继续")


def fill_person(page: Page, outside: OutsideWorld, person: Person) -> None:
    """The person's part of the page that is open, with both codes."""
    page.locator("[name=full_name]").fill(person.full_name)
    page.locator("[name=cert_number]").fill(person.cert_number)
    _date(page, "valid_from", 2020)
    _date(page, "valid_to", 2040)
    fill_contacts(page, outside, person)


def fill_contacts(page: Page, outside: OutsideWorld, person: Person) -> None:
    """Phones and mail on the page that is open, each confirmed with its code."""
    _fill_and_confirm(page, outside, "mobile", person.mobile)
    page.locator("[name=emergency_phone]").fill(person.emergency_phone)
    _fill_and_confirm(page, outside, "email", person.email)
    button(page, "保存并继续")


def _fill_and_confirm(page: Page, outside: OutsideWorld, field: str, address: str) -> None:
    page.locator(f"[name={field}]").fill(address)
    send = page.locator(f"button[name=action][value='send:{field}']")
    code = outside.code_after(address, send.click)
    page.locator(f"[name={field}_code]").fill(code)


def fill_subject_principal(
    page: Page, outside: OutsideWorld, order: str, person: Person = LEGAL
) -> None:
    page.goto(f"{order}steps/subject-principal/")
    page.locator("[name=is_legal_representative][value=yes]").check()
    fill_person(page, outside, person)


def fill_identity(page: Page, order: str, person: Person = INDIVIDUAL) -> None:
    """A natural person's own page."""
    page.goto(f"{order}steps/subject/")
    page.locator("[name=cert_type]").select_option("id_card")
    page.locator("[name=name]").fill(person.full_name)
    page.locator("[name=cert_number]").fill(person.cert_number)
    _date(page, "cert_valid_from", 2020)
    _date(page, "cert_valid_to", 2040)
    page.locator("[name=cert_address]").fill("浙江省杭州市西湖区样例街8号2幢501室")
    page.locator("[name=contact_same][value=same]").check()
    button(page, "保存并继续")


def fill_personal_website(page: Page, order: str) -> None:
    page.goto(f"{order}steps/website/")
    page.locator("[name=domains]").fill("shanjian-biji.com")
    page.locator("[name=name]").fill("山间读书笔记")
    page.locator("[name=content_categories][value=other]").check()
    page.locator("[name=pre_approvals][value=none]").check()
    page.locator("[name=remarks]").fill("个人读书笔记，不涉及企业、单位等非个人信息。")
    button(page, "保存并继续")


def fill_website(page: Page, order: str, company: Company = COMPANY) -> None:
    page.goto(f"{order}steps/website/")
    page.locator("[name=domains]").fill(company.domain)
    page.locator("[name=name]").fill(company.website)
    page.locator("[name=content_categories][value=unit_portal]").check()
    page.locator("[name=languages][value=zh_hans]").check()
    page.locator("[name=pre_approvals][value=none]").check()
    page.locator("[name=remarks]").fill("介绍本公司的产品和联系方式，不提供下载。")
    button(page, "保存并继续")


def fill_service_principal(
    page: Page, outside: OutsideWorld, order: str, person: Person | None
) -> None:
    page.goto(f"{order}steps/service-principal/")
    choice = "yes" if person is None else "no"
    page.locator(f"[name=same_as_subject_principal][value={choice}]").check()
    if person is None:
        button(page, "保存并继续")
    else:
        fill_person(page, outside, person)


def choose_resource(page: Page, order: str) -> None:
    page.goto(f"{order}steps/resource/")
    page.get_by_role("radio", name=re.compile("ECS 示例-01")).check()
    button(page, "保存并继续")


def upload_materials(page: Page, order: str) -> None:
    page.goto(f"{order}steps/materials/")
    names = [field.get_attribute("name") for field in page.locator("input[type=file]").all()]
    for number, name in enumerate(names):
        page.locator(f"input[type=file][name='{name}']").set_input_files(
            {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": paper(number)}
        )
    button(page, "保存并继续")


def submit(page: Page, order: str) -> str:
    """Check the answers, agree and submit; returns the order's number."""
    page.goto(f"{order}check/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    button(page, "提交备案")
    found = re.search(r"BA\d{8}-\d{4}", page.locator("main").inner_text())
    assert found, page.url
    return found[0]


def filing_number(page: Page, order: str) -> str:
    """What the applicant's page shows once the result is in."""

    def look() -> str:
        page.goto(order)
        found = re.search(r"\S+ICP备\d{8,10}号-\d+", page.locator("main").inner_text())
        return found[0] if found else ""

    return str(wait_until(look, "the filing number"))


def explain(page: Page, order: str, text: str) -> None:
    """Answer the reviewer's comment in words instead of changing the field."""
    page.goto(order)
    page.get_by_role("link", name=re.compile("^说明|^回复")).first.click()
    page.locator("main textarea").fill(text)
    follow(page, page.locator("main form button.button--primary"))


def rename_website(page: Page, order: str, name: str) -> None:
    """Follow the reviewer's comment from the order page to the field and save it."""
    page.goto(order)
    page.get_by_role("link", name=re.compile("^去修改")).first.click()
    page.locator("[name=name]").fill(name)
    button(page, "保存并继续")
