"""A list of choices is written to the letter as Django's own templates write it."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.forms.renderers import get_default_renderer as chosen
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from hustings.server.choices import Renderer

HARD = [
    ("", "---------"),
    (1234567, 1234567),
    (2, _("Settings")),
    ("a", '<b title="x">Ash & Sons\' & Ötzi</b>'),
    ('"quoted" & <less>', mark_safe("<i>safe</i>")),
    (mark_safe("a&amp;b"), "safe value"),
    (None, 0.5),
    ("Group <1>", [("x", "Ex"), ("y", _("Results"))]),
]
ATTRIBUTES: list[dict[str, Any]] = [
    {},
    {
        "id": "id_field",
        "class": "wide <x>",
        "required": True,
        "disabled": False,
        "data-n": 1200,
        "data-<odd>": "&",
    },
]
WIDGETS = [
    forms.Select, forms.SelectMultiple, forms.NullBooleanSelect,
    forms.RadioSelect, forms.CheckboxSelectMultiple,
]  # fmt: skip


@pytest.mark.parametrize("language", ["en-gb", "de"])
@pytest.mark.parametrize("attributes", ATTRIBUTES)
@pytest.mark.parametrize("widget", WIDGETS)
@pytest.mark.parametrize("value", [None, "a", ("x", "2"), 1234567, "true"])
def test_a_list_of_choices_is_what_djangos_templates_write(
    widget: type[forms.Widget], attributes: dict[str, Any], value: object, language: str
) -> None:
    made = widget(attrs=attributes)
    if widget is not forms.NullBooleanSelect:
        made.choices = HARD  # type: ignore[attr-defined]  # every other one has them
    with override(language):
        theirs = made.render("field", value, renderer=DjangoTemplates())
        ours = made.render("field", value, renderer=Renderer())
    assert ours == theirs
    assert hasattr(ours, "__html__")


class Odd(forms.Select):
    """Its choices have a template of their own."""

    option_template_name = "django/forms/widgets/input.html"


def test_choices_with_a_template_of_their_own_keep_it() -> None:
    made = Odd(choices=HARD[:4])
    assert made.render("field", "a", renderer=Renderer()) == made.render(
        "field", "a", renderer=DjangoTemplates()
    )


def test_an_empty_list_is_a_list() -> None:
    for widget in (forms.Select(), forms.RadioSelect()):
        assert widget.render("field", None, renderer=Renderer()) == widget.render(
            "field", None, renderer=DjangoTemplates()
        )


def test_every_form_is_written_so() -> None:
    assert type(chosen()) is Renderer
