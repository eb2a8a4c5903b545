"""Renders forms and fields with the design system's templates (setting FORM_RENDERER)."""

from typing import Any

from django.forms.renderers import TemplatesSetting
from django.http import HttpRequest

from beian.forms.controls import PLAIN


class UiRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` in our anatomy: label, hint, error, control."""

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        draw = PLAIN.get(template_name)
        if draw is not None:
            return draw(context["widget"])
        return super().render(template_name, context, request)
