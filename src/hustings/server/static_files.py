"""Static files with their hash in the name, except modules that find each other by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whitenoise.storage import CompressedManifestStaticFilesStorage

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

VERSIONED = "vendor/maplibre-"
"""Folders with the version in their name: their modules import each other by plain file names."""


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """Hashed names for ever-cached files; imports between JavaScript modules are rewritten too."""

    support_js_module_import_aggregation = True
    manifest_strict = False

    def post_process(
        self, paths: Mapping[str, object], dry_run: bool = False, **options: object
    ) -> Iterator[tuple[str, str, object]]:
        """Hash all but the versioned folders, where a hashed copy would be a second module."""
        hashed = {name: path for name, path in paths.items() if not name.startswith(VERSIONED)}
        yield from super().post_process(hashed, dry_run, **options)

    def stored_name(self, name: str) -> str:
        """The name under which a file is served; the versioned ones under their own."""
        return name if name.startswith(VERSIONED) else str(super().stored_name(name))
