"""A walk's lines, put together at once, are to the letter what a template writes."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.template import engines
from django.utils import timezone, translation

from hustings.apps.results.queries import Row
from hustings.apps.results.row_words import Phrases, words_of
from hustings.apps.results.walk_lines import Around, lines_of

STATE = """{% if row.state == "checked_out" %}<span class="tag tag-out">{% translate "out" %}</span>{% elif row.state == "returned" %}<span class="tag tag-ok">{% translate "back" %}</span>{% elif row.state == "retired" %}<span class="tag">{% translate "retired" %}</span>{% else %}<span class="tag">{% translate "free" %}</span>{% endif %}"""
ITEM = (
    """{% load i18n l10n %}<li><a class="list-row" href="?{% if action %}action={{ action }}&amp;{% endif %}walk={{ row.key|unlocalize }}" data-walk="{{ row.key|unlocalize }}"{% if row.key == walk %} aria-current="true"{% endif %}><span class="walk-number">{{ row.number }}</span><span class="grow"><strong><bdi>{{ row.name }}</bdi></strong><span class="muted">{% blocktranslate count answers=row.answers with part=row.knocked whole=row.doors %}{{ part }} of {{ whole }} knocked · {{ answers }} answer{% plural %}{{ part }} of {{ whole }} knocked · {{ answers }} answers{% endblocktranslate %}{% if several_actions %} · <bdi>{{ row.action }}</bdi>{% endif %}</span></span>"""
    + STATE
    + "\n</a></li>"
)
LINE = (
    """{% load i18n l10n %}<tr><th scope="row">{% if on_map %}<a href="?{% if action %}action={{ action }}&amp;{% endif %}walk={{ row.key|unlocalize }}#map" data-walk="{{ row.key|unlocalize }}"><bdi>{{ row.label }}</bdi></a>{% else %}<bdi>{{ row.label }}</bdi>{% endif %}{% if several_actions %}<br><span class="muted"><bdi>{{ row.action }}</bdi></span>{% endif %}{% if row.holder %}<br><span class="muted"><bdi>{{ row.holder }}</bdi></span>{% endif %}</th><td>"""
    + STATE
    + """{% if row.last_at %} <span class="row-age small muted">{% translate "newest" %} <time datetime="{{ words.at }}" data-age>{{ row.last_at|timesince }}</time></span>{% endif %}</td>{{ words.cells }}</tr>"""
)
OLD = timezone.now() - timedelta(days=3, hours=5)
ROWS = [
    Row(7, "1 · Mill & Lane", 1, "Mill & Lane", "Saturday <b>", 40, 0, 0, 0, None, "published"),
    Row(8, "2 · “X”", 2, "“X”", "'S'", 40, 12, 3, 1, OLD, "checked_out", "Bob <3", support={"s": 1}),
    Row(1234, "1200 · Y", 1200, "Y", "Z", 4000, 1500, 1200, 1, OLD, "returned", support={"s": 1100}),
    Row(9, "3 · أ", 3, "أ", "Z", 0, 0, 0, 0, OLD, "retired", support={"s": 1, "t": 1}),
]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize(
    "around", [Around(*each) for each in product([None, 12345], [None, 8], [True, False], [True, False])]
)  # fmt: skip
def test_a_walks_lines_are_what_a_template_writes(around: Around, language: str) -> None:
    with translation.override(language):
        phrases = Phrases()
        for row in ROWS:
            words = words_of(row, ["s", "t"], phrases, said=True, of_doors=True)
            context = {**around._asdict(), "row": row, "words": words}

            made = lines_of(row, words, around, phrases)

            item, line = (
                engines["django"].from_string(each).render(context) for each in (ITEM, LINE)
            )
            assert made.line == line
            assert made.item == (item if around.on_map else "")
