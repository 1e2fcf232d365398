"""An icon whose name is fixed is drawn once; any other include is Django's own."""

from __future__ import annotations

from django.template import Context, Template
from django.template.loader import render_to_string

from hustings.server.icons import IconNode


def nodes(text: str) -> list[IconNode]:
    return list(Template(text).nodelist.get_nodes_by_type(IconNode))


def test_a_fixed_icon_says_what_the_include_says() -> None:
    text = '{% include "parts/icon.html" with name="printer" class="big" only %}'
    (node,) = nodes(text)

    assert Template(text).render(Context({"name": "other"})) == render_to_string(
        "parts/icon.html", {"name": "printer", "class": "big"}
    )
    assert "#printer" in node.render(Context())
    assert node.drawn is not None


def test_an_icon_that_depends_on_anything_is_included_each_time() -> None:
    for text in (
        '{% include "parts/icon.html" with name=which only %}',
        '{% include "parts/icon.html" with name="printer"|lower only %}',
        '{% include "parts/icon.html" with name="printer" %}',
        '{% include "parts/pages.html" with said="x" only %}',
    ):
        assert nodes(text) == []
        shown = Template(text).render(Context({"which": "scissors"}))
        assert "#printer" in shown or "#scissors" in shown or "pages" in shown
