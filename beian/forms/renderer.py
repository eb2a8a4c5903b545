"""Renders forms and fields with the design system's templates (setting FORM_RENDERER)."""

from django.forms.renderers import TemplatesSetting


class UiRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` in our anatomy: label, hint, error, control."""

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"
