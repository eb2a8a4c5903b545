"""Filing rules as operators edit them."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import StringConverter

from orders.views import rule_edit, rule_files, rule_form, rule_new, rules


class RuleAddress(StringConverter):
    """The key of a rule with ~ for its slash (orders.rulebook.listing.address_of); nothing else
    gets as far as the database, which knows no NUL in a text."""

    regex = r"(?:N|[0-9]{2}-)[0-9]{2}(?:~[^/\x00-\x1f\x7f]{1,54})?"


register_converter(RuleAddress, "rule")

urlpatterns: list[URLPattern] = [
    path("desk/rules/", rules.rules, name="rules"),
    path("desk/rules/files/", rule_files.files, name="rule-files"),
    path("desk/rules/files/<slug:place>/", rule_files.export, name="rule-export"),
    path("desk/rules/new/", rule_new.rule_new, name="rule-new"),
    path("desk/rules/edits/<uuid:edit_id>/", rule_edit.rule_edit, name="rule-edit"),
    path("desk/rules/<rule:rule_key>/", rules.rule, name="rule"),
    path("desk/rules/<rule:rule_key>/edit/", rule_form.rule_edit_form, name="rule-form"),
]
