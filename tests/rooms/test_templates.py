"""Laws of templates and style sheets: every word marked for translation, nothing inline, logical properties."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src/hustings"
TEMPLATES = sorted(SOURCE.glob("**/templates/**/*.html"))
SHEETS = sorted(file for file in SOURCE.glob("**/static/**/*.css") if "vendor" not in file.parts)
NAMES = {"Hustings", "Hustings.", "CSV", "JSON", "GeoJSON", "PDF"}
"""Words that are the same in every language."""

BLOCK = re.compile(r"{%-?\s*(blocktrans(?:late)?|comment)\b.*?{%-?\s*end\1\s*-?%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
SPOKEN = {"aria-label", "placeholder", "title", "alt", "aria-description"}


class Reader(HTMLParser):
    """Collects what a person would see or hear, and what the browser's policy would refuse."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.inline: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        for name, value in attributes:
            if name in SPOKEN:
                self.words.append(value or "")
            if (
                name == "style"
                or name.startswith(("on", "hx-on"))
                or (value or "").startswith("js:")
            ):
                self.inline.append(f"{tag} {name}")
        if tag == "style" or (
            tag == "script" and "src" not in values and values.get("type") != "application/json"
        ):
            self.inline.append(tag)
        if tag in {"script", "style"}:
            self.silent += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.words.append(data)


def read(template: str) -> Reader:
    """What is left of a template when everything translated or computed is taken out."""
    reader = Reader()
    reader.feed(TAG.sub(" ", BLOCK.sub(" ", template)))
    return reader


def unmarked(template: str) -> list[str]:
    """Words that no translator would ever see."""
    return [
        word
        for words in read(template).words
        for word in re.split(r"[\s·:,]+", words)
        if re.search(r"[^\W\d_]{2,}", word) and word not in NAMES
    ]


def physical(sheet: str) -> list[str]:
    """Declarations that know left from right, or width from height."""
    bare = re.sub(r"/\*.*?\*/|\([^()]*\)", "", sheet, flags=re.DOTALL)
    return re.findall(
        r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right|top|bottom)[\w-]*"
        r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)|border-(?:top|bottom)-(?:left|right)-radius"
        r"|float|clear)\s*:[^;}]+|(?<![\w-])text-align\s*:\s*(?:left|right)",
        bare,
    )


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_every_visible_word_is_marked_for_translation(file: Path) -> None:
    assert unmarked(file.read_text()) == []


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: str(file.relative_to(SOURCE)))
def test_no_template_has_what_the_strict_policy_refuses(file: Path) -> None:
    assert read(file.read_text()).inline == []


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: str(file.relative_to(SOURCE)))
def test_a_style_sheet_does_not_know_left_from_right(file: Path) -> None:
    found = [line for line in physical(file.read_text()) if not re.match(r"float\s*:\s*none", line)]

    assert found == []


def test_every_icon_a_page_names_is_in_the_sprite() -> None:
    sprite = (SOURCE / "server/static/vendor/lucide/icons.svg").read_text()
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', sprite))
    text = "".join(file.read_text() for file in TEMPLATES)
    named = set(re.findall(r'parts/icon\.html" with name="([\w-]+)"', text))
    named |= set(re.findall(r'parts/empty\.html" with icon="([\w-]+)"', text))

    assert named - drawn == set()
    assert drawn == set((SOURCE / "server/icons.txt").read_text().split())


def test_no_template_asks_another_server_for_anything() -> None:
    asked = [
        (file.name, match)
        for file in TEMPLATES
        for match in re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']+""", file.read_text())
        if "openstreetmap.org" not in match
    ]

    assert asked == []


def test_these_laws_can_be_broken() -> None:
    assert unmarked("<p>{% translate 'Ja' %} {{ name }} Walk</p>") == ["Walk"]
    assert unmarked('<input placeholder="Your name">') == ["Your", "name"]
    assert unmarked("{% blocktranslate %}Walk {{ n }}{% endblocktranslate %}") == []
    assert read('<p style="color: red" onclick="go()">x</p><script>1</script>').inline == [
        "p style",
        "p onclick",
        "script",
    ]
    assert physical("a { margin-left: 1px } b { inline-size: 2px; text-align: right }") == [
        "margin-left: 1px ",
        "text-align: right",
    ]
