"""The dossier: paths, diff, merge, and bytes that are equal for equal content."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from orders.dossier import (
    Change,
    Conflict,
    Dossier,
    PathError,
    diff,
    flatten,
    from_bytes,
    get_value,
    merge,
    seal_of,
    set_value,
    to_bytes,
)
from orders.dossier.upgrades import UnknownSchema

SCHEMA = Path(__file__).parents[2] / "docs" / "dossier.schema.json"
TEXT_PATHS = (
    "subject.name",
    "subject.cert_address",
    "subject.principal.mobile",
    "services[0].name",
    "services[0].principal.email",
)
edits = st.dictionaries(st.sampled_from(TEXT_PATHS), st.text(max_size=4), max_size=4)


def dossier_with(values: dict[str, str]) -> Dossier:
    dossier = Dossier()
    dossier.services[0].ref = "00000000-0000-0000-0000-000000000001"
    for path, value in values.items():
        set_value(dossier, path, value)
    return dossier


def test_set_value_reaches_a_nested_field():
    dossier = Dossier()

    set_value(dossier, "services[0].principal.mobile", "13800000034")

    assert dossier.services[0].principal.mobile == "13800000034"
    assert get_value(dossier, "services[0].principal.mobile") == "13800000034"


def test_set_value_makes_an_entry_for_a_material():
    dossier = Dossier()

    set_value(dossier, "materials.subject_doc_image", ["one"])

    assert get_value(dossier, "materials.subject_doc_image") == ["one"]


@pytest.mark.parametrize(
    "path",
    ["", "subject.", "subject.nickname", "services[1].name", "services.name", "__class__", "a b"],
)
def test_path_that_leads_nowhere_is_refused(path):
    with pytest.raises(PathError):
        set_value(Dossier(), path, "x")


def test_value_of_the_wrong_type_is_refused():
    with pytest.raises(PathError, match=r"subject\.cert_long_term"):
        set_value(Dossier(), "subject.cert_long_term", "perhaps")


def test_flatten_names_every_leaf_once():
    dossier = Dossier()
    dossier.materials["subject_doc_image"] = ["one"]

    leaves = flatten(dossier)

    assert leaves["subject.principal.mobile"] == ""
    assert leaves["services[0].domains"] == []
    assert leaves["materials.subject_doc_image"] == ["one"]
    assert "schema_version" not in leaves


def test_diff_names_what_changed_and_nothing_else():
    before = dossier_with({"subject.name": "甲"})
    after = dossier_with({"subject.name": "乙"})

    assert diff(before, after) == [Change("subject.name", "甲", "乙")]


def test_diff_shows_a_path_that_one_side_lacks():
    before, after = dossier_with({}), dossier_with({})
    before.materials["subject_doc_image"] = ["one"]

    assert diff(before, after) == [Change("materials.subject_doc_image", ["one"], None)]


def test_merge_keeps_both_sides_where_paths_do_not_overlap():
    base = dossier_with({})
    theirs = dossier_with({"subject.name": "甲"})

    merged = merge(base, theirs, {"services[0].name": "官网"})

    assert merged.conflicts == ()
    assert merged.changed_paths == ("services[0].name",)
    assert merged.dossier.subject.name == "甲"
    assert merged.dossier.services[0].name == "官网"


def test_merge_leaves_a_contested_path_as_stored_and_names_both_values():
    base = dossier_with({"subject.name": "旧"})
    theirs = dossier_with({"subject.name": "甲"})

    merged = merge(base, theirs, {"subject.name": "乙"})

    assert merged.conflicts == (Conflict("subject.name", "旧", "乙", "甲"),)
    assert merged.changed_paths == ()
    assert merged.dossier.subject.name == "甲"


@settings(max_examples=200, deadline=None)
@given(start=edits, theirs=edits, mine=edits)
def test_merge_never_loses_what_the_other_side_stored(start, theirs, mine):
    base = dossier_with(start)
    stored = dossier_with({**start, **theirs})

    merged = merge(base, stored, mine)

    contested = {conflict.path for conflict in merged.conflicts}
    untouched = set(flatten(stored)) - set(merged.changed_paths)
    after = flatten(merged.dossier)
    assert {path: after[path] for path in untouched} == {
        path: flatten(stored)[path] for path in untouched
    }
    assert all(after[path] == mine[path] for path in merged.changed_paths)
    assert contested.isdisjoint(merged.changed_paths)
    # Nobody's entry is dropped in silence: it is stored, was there already, or is a conflict.
    for path, value in mine.items():
        assert path in contested or after[path] == value or value == get_value(base, path)


@settings(max_examples=100, deadline=None)
@given(values=edits)
def test_merge_of_one_side_alone_is_that_side(values):
    base = dossier_with({})

    merged = merge(base, base, values)

    assert diff(merged.dossier, dossier_with(values)) == []
    assert merged.conflicts == ()


def test_bytes_of_equal_content_are_equal():
    one, other = dossier_with({"subject.name": "甲"}), dossier_with({})
    set_value(other, "subject.name", "甲")

    assert to_bytes(one) == to_bytes(other)
    assert from_bytes(to_bytes(one)) == one


def test_seal_tells_apart_what_a_plain_joint_would_not():
    assert seal_of(b"ab", b"c") != seal_of(b"a", b"bc")


def test_content_of_a_later_schema_is_refused():
    with pytest.raises(UnknownSchema):
        from_bytes(b'{"schema_version": 99}')


def test_published_schema_is_that_of_the_code():
    printed = StringIO()

    call_command("dossier_schema", stdout=printed)

    assert SCHEMA.read_text(encoding="utf-8").strip() == printed.getvalue().strip(), (
        "write the output of `./dev manage dossier_schema` to docs/dossier.schema.json"
    )
