"""Widgets whose markup is the design system's; each has a template under components/forms/."""

from django import forms


class Options:
    """What an option knows beyond Django's: a hint, or the reason it cannot be chosen."""

    template_name = "components/forms/options.html"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.hints: dict[str, object] = {}
        self.unavailable: dict[str, object] = {}

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.hints, copy.unavailable = dict(self.hints), dict(self.unavailable)
        return copy

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        option = super().create_option(name, value, label, selected, index, subindex, attrs)
        key = str(value)
        option["hint"] = self.unavailable.get(key) or self.hints.get(key, "")
        option["unavailable"] = key in self.unavailable
        # The role radio does not take aria-invalid; the fieldset carries the error instead.
        option["attrs"].pop("aria-invalid", None)
        if option["hint"]:
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        if option["unavailable"]:
            option["attrs"]["disabled"] = True
        return option


class OptionRadios(Options, forms.RadioSelect):
    """Radios, 24 px in a 44 px row."""


class OptionCheckboxes(Options, forms.CheckboxSelectMultiple):
    """Checkboxes, 24 px in a 44 px row."""


class DateParts(forms.MultiWidget):
    """Year, month, day as three boxes, and 长期 where a certificate may have no end."""

    template_name = "components/forms/date.html"
    use_fieldset = True

    def __init__(self, *, long_term=False):
        box = {"inputmode": "numeric", "autocomplete": "off"}
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "year": forms.TextInput(attrs=box | {"class": "input input--year"}),
            "month": forms.TextInput(attrs=box | {"class": "input input--month"}),
            "day": forms.TextInput(attrs=box | {"class": "input input--month"}),
        }
        if long_term:
            parts["long_term"] = forms.CheckboxInput()
        super().__init__(parts)

    def decompress(self, value):
        """``value``: date, ValidUntil or None."""
        day = getattr(value, "day_or_none", value)
        parts = [day.year, day.month, day.day] if day else [None, None, None]
        return [*parts, getattr(value, "long_term", False)][: len(self.widgets)]


class RegionParts(forms.MultiWidget):
    """Province as a select, city and district as text: complete without JavaScript."""

    template_name = "components/forms/region.html"
    use_fieldset = True

    def __init__(self, provinces):
        text = {"class": "input input--region", "autocomplete": "off"}
        super().__init__(
            {
                "province": forms.Select(attrs={"class": "input input--region"}, choices=provinces),
                "city": forms.TextInput(attrs=text),
                "district": forms.TextInput(attrs=text),
            }
        )

    def decompress(self, value):
        return [value.province, value.city, value.district] if value else [None, None, None]


class Upload(forms.FileInput):
    """Native file input first; a kept file is shown with what can be done to it."""

    template_name = "components/forms/upload.html"

    def format_value(self, value):
        return value if hasattr(value, "token") else None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"kept": self.format_value(value), "remove_name": f"{name}-remove"}
        return context

    def value_from_datadict(self, data, files, name):
        upload = super().value_from_datadict(data, files, name)
        return upload if upload else (False if data.get(f"{name}-remove") else None)
