"""Filing rules as operators edit them."""

from django.urls import URLPattern, path

from orders.views import rule_edit, rule_files, rules

urlpatterns: list[URLPattern] = [
    path("desk/rules/", rules.rules, name="rules"),
    path("desk/rules/files/", rule_files.files, name="rule-files"),
    path("desk/rules/files/<slug:place>/", rule_files.export, name="rule-export"),
    path("desk/rules/edits/<uuid:edit_id>/", rule_edit.rule_edit, name="rule-edit"),
    path("desk/rules/<str:rule_key>/", rules.rule, name="rule"),
    path("desk/rules/<str:rule_key>/edit/", rule_edit.rule_edit_form, name="rule-form"),
]
