"""Plain controls look as Django's own templates draw them."""

import datetime as dt

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from beian.forms.controls import PLAIN
from beian.forms.renderer import UiRenderer

CHOICES = [("", "请选择"), ("a", "甲 <b>"), ("组", [("b", "乙"), ("3", "丙")])]
ATTRS = {
    "id": "id_x",
    "class": "input",
    "required": True,
    "disabled": False,
    "aria-label": 'a "b" & c',
    "maxlength": 20,
}


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.TextInput(), "示例 & <科技>"),
        (forms.TextInput(), None),
        (forms.TextInput(), ""),
        (forms.NumberInput(), 12),
        (forms.EmailInput(), "lin@example.com"),
        (forms.PasswordInput(), "a long demo password"),
        (forms.HiddenInput(), "7"),
        (forms.DateInput(), dt.date(2026, 11, 25)),
        (forms.Textarea(), 'two\nlines "quoted"'),
        (forms.Textarea(), None),
        (forms.CheckboxInput(), True),
        (forms.CheckboxInput(), False),
        (forms.Select(choices=CHOICES), "b"),
        (forms.Select(choices=CHOICES), None),
        (forms.SelectMultiple(choices=CHOICES), ["a", "3"]),
    ],
)
def test_control_is_drawn_like_djangos_template(widget, value):
    ours = widget.render("x", value, ATTRS, renderer=UiRenderer())
    other = widget.render("x", value, ATTRS, renderer=DjangoTemplates())

    assert ours.strip() == other.strip()


def test_every_plain_template_is_one_of_djangos():
    for name in PLAIN:
        DjangoTemplates().get_template(name)
