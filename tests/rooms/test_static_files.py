"""What production serves: hashed names, except where modules find each other by name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.test import override_settings

if TYPE_CHECKING:
    from pathlib import Path

HASHED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "hustings.server.static_files.HashedStaticFiles"},
}


def test_modules_are_found_under_their_hashed_names_and_the_map_under_its_own(
    tmp_path: Path,
) -> None:
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=HASHED):
        call_command("collectstatic", interactive=False, verbosity=0)
        manifest = json.loads((tmp_path / "staticfiles.json").read_text())["paths"]

        page = (tmp_path / manifest["js/page.js"]).read_text()
        assert re.search(r'from "\./ages\.[0-9a-f]{12}\.js"', page)
        walks = (tmp_path / manifest["js/map.js"]).read_text()
        assert re.search(r'from "\./map/shapes\.[0-9a-f]{12}\.js"', walks)
        modules = [name for name in manifest if re.fullmatch(r"canvass/.+\.js", name)]
        imports = [
            found
            for name in modules
            for found in re.findall(
                r'^import .*?"(\.[^"]+)";$', (tmp_path / manifest[name]).read_text(), re.MULTILINE
            )
        ]
        assert len(imports) > 30  # the phone app: one left as it was would be a second module
        assert all(re.search(r"\.[0-9a-f]{12}\.js$", found) for found in imports), imports
        maplibre = "vendor/maplibre-6.17.0/maplibre-gl.mjs"
        assert manifest.get(maplibre, maplibre) == maplibre
        assert (tmp_path / maplibre).exists()
        assert not list((tmp_path / "vendor/maplibre-6.17.0").glob("maplibre-gl.*.mjs"))
        assert staticfiles_storage.url(maplibre) == f"/static/{maplibre}"
        fonts = (tmp_path / manifest["vendor/fonts/fonts.css"]).read_text()
        assert re.search(r"bitter-latin-wght-normal\.[0-9a-f]{12}\.woff2", fonts)
