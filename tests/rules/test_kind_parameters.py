"""Parameters that make no sense are refused when the rules are loaded."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.loader import RuleDataError, load_rule_set
from tests.rules.rule_files import rule, write_rules


@pytest.mark.parametrize(
    ("kind", "params", "complaint"),
    [
        ("per_order_cap", '{ unit = "pages", max = 1 }', "unit: Input should be"),
        (
            "total_needs_material",
            '{ threshold = 1, inclusive = true, materials = [], count = "pages" }',
            "count: Input should be",
        ),
        ("domain_certificate", '{ material = "letter" }', "letter is no material"),
        ("suffix_rule", '{ country_codes = "cn" }', "country_codes: Input should be"),
        ("registrant_rule", '{ allowed = ["neighbour"] }', "allowed.0: Input should be"),
        ("registrant_rule", '{ proofs = { legal_rep = ["letter"] } }', "letter is no material"),
        ("registrant_rule", '{ scripts = ["latin"] }', "scripts.0: Input should be"),
        ("always_required_document", "{}", "any_of or all_of names a paper"),
        (
            "always_required_document",
            '{ any_of = ["site_plan"], max_working_days = 60 }',
            "signed_on and max_working_days go together",
        ),
        (
            "always_required_document",
            '{ any_of = ["site_plan"], signed_on = "subject.name", max_working_days = 60 }',
            "subject.name is no date",
        ),
        (
            "always_required_document",
            '{ any_of = ["site_plan"], subject_words = "colours" }',
            "colours is no word list",
        ),
        ("subject_document_quality", "{}", "says what is looked at"),
        ("subject_document_quality", '{ checks = ["colour"] }', "checks.0: Input should be"),
        ("subject_document_quality", '{ files_as = "government" }', "files_as: Input should be"),
        ("registry_status", '{ bad = ["normal"] }', "bad.0: Input should be"),
        (
            "keyword_trigger",
            '{ fields = [], words = "games", any_of = ["site_plan"], all_of = ["site_plan"] }',
            "any_of and all_of exclude each other",
        ),
        (
            "keyword_trigger",
            '{ fields = [], words = "games", must_tick = "colour" }',
            "colour is no pre-approval category",
        ),
        (
            "keyword_trigger",
            '{ fields = [], words = "games", categories = ["colour"] }',
            "colour is no content category",
        ),
        ("pre_approval_ticked", '{ any_of = [], only = ["colour"] }', "colour is no pre-approval"),
        ("name_shape", '{ signs = ["colour"] }', "signs.0: Input should be"),
        ("name_words", '{ words = "games", at_head = true, whole = true }', "exclude each other"),
        ("name_words", '{ words = "games", tails = ["网"] }', "tails belong to whole"),
        ("name_words", '{ words = "games", fields = ["subject.name"] }', "fields.0: Input should"),
        ("remark_rule", '{ must_contain = "colours" }', "colours is no word list"),
        ("content_category_rule", '{ deny = ["colour"] }', "colour is no content category"),
        ("order_combination", "{ forbids = [] }", "at least 1 item"),
        ("order_combination", '{ forbids = ["haste"] }', "forbids.0: Input should be"),
        ("subject_change_policy", '{ before = ["X"] }', "X names nobody"),
        ("subject_change_policy", '{ refuse = ["colour"] }', "refuse.0: Input should be"),
        ("existing_services_state", '{ checks = ["colour"] }', "checks.0: Input should be"),
        ("photo_or_video", "{}", "material: Field required"),
        ("number_display", '{ number = "order" }', "number: Input should be"),
    ],
)
def test_senseless_parameter_is_refused(
    tmp_path: Path, kind: str, params: str, complaint: str
) -> None:
    with pytest.raises(RuleDataError) as refusal:
        load_rule_set(write_rules(tmp_path, rule("N01", kind=kind, params=params), {}))

    assert complaint in str(refusal.value)
