"""The files of the reporter's page, by their names in the manifest, and a version that changes with any of them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

WORKER = "contests/night_worker.js"
LOOKS = (
    "mark.svg", "css/tokens.css", "css/kit.css", "css/phone.css", "contests/night.css", "vendor/lucide/icons.svg",
    "vendor/fonts/fonts.css", "vendor/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
)  # fmt: skip
FROM_THE_WALK = (
    "canvass/outbox.js",
    "canvass/event.js",
    "canvass/screens/draw.js",
    "canvass/second_tap.js",
    "canvass/press.js",
)
"""Modules of the phone app at doors that this page uses as they are."""
HERE = Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def names() -> tuple[str, ...]:
    """Everything that is kept on the phone, by static names."""
    own = (HERE / "contests/night").glob("*.js")
    return (
        *sorted(file.relative_to(HERE).as_posix() for file in own),
        *FROM_THE_WALK,
        *LOOKS,
    )


def addresses() -> list[str]:
    """Where the browser gets them; hashed in production."""
    return [staticfiles_storage.url(name) for name in names()]


def content_of(name: str) -> bytes:
    """What is in a static file."""
    path = finders.find(name)
    if not isinstance(path, str):
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


@lru_cache(maxsize=1)
def digest() -> str:
    """One for all files together."""
    everything = hashlib.sha256()
    for name in (*names(), WORKER):
        everything.update(name.encode() + b"\x00" + content_of(name) + b"\x00")
    return everything.hexdigest()
