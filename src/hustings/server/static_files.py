"""Static files with their hash in the name, except modules that find each other by name."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # no types there
    """Hashed names for ever-cached files; imports between JavaScript modules are rewritten too."""

    support_js_module_import_aggregation = True
    manifest_strict = False
