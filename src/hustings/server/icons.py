"""
An icon is drawn once for each place it stands in a template, and not each time that a page is made.

``{% include "parts/icon.html" with name="…" only %}`` is found on every page dozens of times. Where all of it is
fixed, what it says is kept with the template; anything else is included as ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.template import Library, Node
from django.template.base import Variable
from django.template.loader import render_to_string
from django.template.loader_tags import do_include

if TYPE_CHECKING:
    from typing import Any

    from django.template.base import FilterExpression, Parser, Token
    from django.utils.safestring import SafeString

register = Library()
ICON = "parts/icon.html"


class IconNode(Node):
    """An icon of a fixed name."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values = values
        self.drawn: SafeString | None = None

    def render(self, context: Any) -> SafeString:
        """Drawn when it is first shown: where pictures lie is not known before."""
        if self.drawn is None:
            self.drawn = render_to_string(ICON, self.values)
        return self.drawn


@register.tag("include")
def include(parser: Parser, token: Token) -> Node:
    """As Django's own; an icon of which all is fixed is drawn once."""
    node = do_include(parser, token)
    if not node.isolated_context or _fixed(node.template) != ICON:
        return node
    values = {name: _fixed(value) for name, value in node.extra_context.items()}
    fixed = {name: value for name, value in values.items() if value is not None}
    return IconNode(fixed) if len(fixed) == len(values) else node


def _fixed(value: FilterExpression) -> str | None:
    """What an expression always says; None where it depends on anything."""
    return None if value.filters or isinstance(value.var, Variable) else str(value.var)
