"""Where a phone is, is asked in one module that can neither keep nor send it."""

from __future__ import annotations

import re
from pathlib import Path

from hustings.apps.canvass import app_files

SOURCES = Path(app_files.__file__).parent / "static/canvass"


def code(file: Path) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_one_module_asks_where_the_phone_is_once_and_knows_neither_store_nor_server() -> None:
    asking = [file.name for file in SOURCES.rglob("*.js") if "geolocation" in code(file)]
    here = code(SOURCES / "here.js")

    assert asking == ["here.js"]
    assert "watchPosition" not in here
    assert not re.findall(r"\bimport\b|\bfetch\b|\bindexedDB\b|\blocalStorage\b|\bcaches\b", here)


def test_only_the_map_asks_and_hands_the_place_to_nothing_but_the_picture() -> None:
    asking = [file.name for file in SOURCES.rglob("*.js") if "whereAmI" in code(file)]
    where = re.search(r"async #where\(\) \{.*?\n  \}\n", code(SOURCES / "screens/walk-map.js"), re.DOTALL)  # fmt: skip

    assert sorted(asking) == ["here.js", "walk-map.js"]
    assert where is not None
    assert not re.findall(r"app\.(?!beside\.landOf)|store|server|localStorage", where[0].replace("{ app, say }", ""))  # fmt: skip
