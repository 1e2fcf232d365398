"""
Lists of choices are put together in one go, and not by a template for each choice and one for its attributes.

The 569 choices of a new contest took 69 of the 82 ms of CPU of their page so, in a city (``docs/methods/requests.md``).
What is written is to the letter what Django's own templates write; ``tests/server/test_choices.py`` compares.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from django.forms.renderers import DjangoTemplates
from django.template import Context
from django.template.base import render_value_in_context
from django.template.defaultfilters import stringformat
from django.utils.safestring import mark_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    Widget = Mapping[str, Any]

HERE = "django/forms/widgets/"
_shown = partial(render_value_in_context, context=Context())
"""A value as a template shows it: escaped unless it is safe, a number in the reader's way."""


class Renderer(DjangoTemplates):
    """Django's own, but for lists of choices whose choices are drawn in Django's way."""

    def render(
        self, template_name: str, context: Mapping[str, Any], request: HttpRequest | None = None
    ) -> str:
        """Whatever is not such a list is left to its template."""
        drawn = _DRAWN.get(template_name)
        if drawn and set(_templates(context["widget"])) <= _PLAIN:
            # Every value in it went through _shown.
            return mark_safe(drawn(context["widget"]))  # noqa: S308  # see the line above
        return super().render(template_name, dict(context), request)


def _templates(widget: Widget) -> list[str]:
    return [option["template_name"] for _name, options, _at in widget["optgroups"] for option in options]  # fmt: skip


def _attributes(attributes: Mapping[str, Any]) -> str:
    return "".join(
        f" {_shown(name)}" if value is True else f' {_shown(name)}="{_shown(stringformat(value, "s"))}"'
        for name, value in attributes.items()
        if value is not False
    )  # fmt: skip


def _select(widget: Widget) -> str:
    lines = [f'<select name="{_shown(widget["name"])}"{_attributes(widget["attrs"])}>']
    for group, options, _at in widget["optgroups"]:
        lines += [f'\n  <optgroup label="{_shown(group)}">'] if group else []
        lines += [
            f'\n  <option value="{_shown(stringformat(option["value"], "s"))}"{_attributes(option["attrs"])}>'
            f"{_shown(option['label'])}</option>\n"
            for option in options
        ]
        lines += ["\n  </optgroup>"] if group else []
    return "".join([*lines, "\n</select>"])


def _boxes(widget: Widget) -> str:
    attributes = widget["attrs"]
    name = f' id="{_shown(attributes["id"])}"' if attributes.get("id") else ""
    name += f' class="{_shown(attributes["class"])}"' if attributes.get("class") else ""
    lines = [f"<div{name}>"]
    for group, options, _at in widget["optgroups"]:
        lines += [f"\n  <div><label>{_shown(group)}</label>"] if group else []
        lines += [f"<div>\n    {_box(option)}\n</div>" for option in options]
        lines += ["\n  </div>"] if group else []
    return "".join([*lines, "\n</div>"])


def _box(option: Widget) -> str:
    value = option["value"]
    said = "" if value is None else f' value="{_shown(stringformat(value, "s"))}"'
    box = f'<input type="{_shown(option["type"])}" name="{_shown(option["name"])}"{said}{_attributes(option["attrs"])}>\n'
    if not option["wrap_label"]:
        return box
    name = option["attrs"].get("id")
    belongs = f' for="{_shown(name)}"' if name else ""
    return f"<label{belongs}>{box} {_shown(option['label'])}</label>\n"


_DRAWN: dict[str, Callable[[Widget], str]] = {
    f"{HERE}select.html": _select,
    f"{HERE}checkbox_select.html": _boxes,
    f"{HERE}radio.html": _boxes,
}
_PLAIN = {f"{HERE}{name}_option.html" for name in ("select", "checkbox", "radio")}
