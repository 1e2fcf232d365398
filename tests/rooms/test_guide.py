"""The guide shows every screen, and every picture it names is there and small."""

from __future__ import annotations

import re
from pathlib import Path

from tests.apps.isolation_matrix import ROUTES

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "pictures"
MOST_BYTES, MOST_BYTES_IN_ALL = 250_000, 14_000_000
NAMED = re.compile(r"!\[[^\]]+\]\(\.\./pictures/([a-z0-9-]+\.png)\)")


def named_in(*pages: Path) -> set[str]:
    """The pictures that these pages show."""
    return {name for page in pages for name in NAMED.findall(page.read_text(encoding="utf-8"))}


def test_every_screen_is_shown_in_the_guide_at_both_sizes() -> None:
    screens = [name.replace(":", "-") for name, route in ROUTES.items() if route.screen]

    wanted = {f"{name}-{width}.png" for name in screens for width in (1360, 390)}

    missing = sorted(wanted - named_in(DOCS / "organisers/screens.md"))
    assert not missing, f"docs/organisers/screens.md does not show {missing}"


def test_every_picture_that_the_guide_shows_is_there_and_none_lies_about() -> None:
    shown = named_in(*DOCS.rglob("*.md"))

    assert shown == {picture.name for picture in PICTURES.glob("*.png")}


def test_the_pictures_are_small_enough_for_a_clone() -> None:
    sizes = {picture.name: picture.stat().st_size for picture in PICTURES.glob("*.png")}

    assert {name: size for name, size in sizes.items() if size > MOST_BYTES} == {}
    assert sum(sizes.values()) <= MOST_BYTES_IN_ALL
