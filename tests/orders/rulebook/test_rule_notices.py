"""Those who may publish hear of a proposal, and its author of what a colleague did with it."""

import pytest
from django.urls import reverse
from django.utils import translation

from beian import clock
from beian.actions.staff_notices import staff_inbox
from beian.enums import StaffRoleName
from orders import staff_notices
from orders.actions.rule_edits import (
    propose_rule_edit,
    publish_rule_edit,
    send_back_rule_edit,
    withdraw_rule_edit,
)
from orders.actions.rule_import import import_rules
from orders.forms.rule_list import RuleFilterForm
from orders.rulebook.content import rules_now
from orders.rulebook.listing import OPEN
from orders.workflow import Refused
from rules.writing import toml_of
from tests.builders import client_of, make_staff
from tests.orders.rulebook.stage import (
    NAME,
    as_tested,
    names_of,
    operator,
    propose,
    row_of,
    save,
    send_back,
)

pytestmark = pytest.mark.django_db


def told(staff):
    """Subjects in this person's inbox, the newest first."""
    return [notice.texts["zh"]["subject"] for notice in staff_inbox(staff.actor)]


def test_other_operators_hear_of_a_proposal_and_nobody_else(author, publisher):
    third, auditor = operator("operator-3"), make_staff(StaffRoleName.AUDITOR)

    edit = propose(author.actor, names_of(4))

    assert told(publisher) == told(third) == [f"规则 {NAME} 的修改待发布"]
    assert told(author) == told(auditor) == []
    page = client_of(publisher.user).get("/staff/").text
    assert reverse("orders:rule-edit", args=[edit.pk]) in page
    assert "operator-1 于" in page


def test_proposal_handed_in_again_is_told_again(author, publisher):
    edit = propose(author.actor, names_of(4))
    edit = send_back(publisher.actor, edit)

    propose_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)

    assert told(publisher) == [f"规则 {NAME} 的修改待发布"] * 2


def published(publisher, edit):
    edit = as_tested(edit)
    publish_rule_edit(
        publisher.actor, edit_id=edit.pk, version=edit.version, effective_from=clock.today()
    )


def sent_back(publisher, edit):
    send_back_rule_edit(publisher.actor, edit_id=edit.pk, version=edit.version, note="缺少来源。")


def withdrawn(publisher, edit):
    withdraw_rule_edit(publisher.actor, edit_id=edit.pk, version=edit.version)


@pytest.mark.parametrize(
    ("decide", "words"),
    [(published, "已发布"), (sent_back, "被退回"), (withdrawn, "被撤回")],
)
def test_author_hears_what_a_colleague_did(author, publisher, decide, words):
    third = operator("operator-3")

    decide(publisher, propose(author.actor, names_of(4)))

    assert told(author) == [f"您对规则 {NAME} 的修改{words}"]
    assert told(third) == [f"规则 {NAME} 的修改待发布"]


def test_author_is_not_told_of_what_he_did_himself(author):
    edit = propose(author.actor, names_of(4))

    withdraw_rule_edit(author.actor, edit_id=edit.pk, version=edit.version)

    assert told(author) == []


def test_file_of_many_edits_is_one_message(author, publisher):
    content = toml_of([names_of(4), row_of("N03", confidence="medium")])

    import_rules(author.actor, text=content, name="national.toml", reason="管局通知。")

    assert told(publisher) == ["导入的规则修改待发布：2"]
    page = client_of(publisher.user).get("/staff/").text
    assert reverse("orders:rules") in page
    assert told(author) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_message_about_a_file_names_the_filter_of_the_list_as_it_is_called(language):
    with translation.override({"zh": "zh-hans", "en": "en"}[language]):
        label = str(dict(RuleFilterForm.base_fields["state"].choices)[OPEN])

    body = staff_notices.texts()["rules_proposed"]["body"][language]

    assert {"zh": f"“{label}”", "en": f'"{label}"'}[language] in body


def test_refused_proposal_tells_nobody(author, publisher):
    edit = save(author.actor, names_of(4))

    with pytest.raises(Refused):
        propose_rule_edit(publisher.actor, edit_id=edit.pk, version=edit.version)

    assert told(publisher) == []
    assert rules_now()[NAME].row.params == {"min_length": 3}
