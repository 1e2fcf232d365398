"""The files of the phone app, by their names in the manifest, and a version that changes with any of them."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

NOT_OF_THE_APP = {
    "forget_walks.js", "look_again.js", "take_in_codes.js", "to_app.js", "service_worker.js",
}  # fmt: skip
"""Modules beside the app's: those of the plain pages, and the one that the browser runs by itself."""
LOOKS = (
    "mark.svg",
    "css/tokens.css",
    "css/kit.css",
    "css/phone.css",
    "canvass/door.css",
    "canvass/app.css",
    "canvass/board.css",
    "canvass/walk.css",
    "canvass/power.css",
    "canvass/safety.css",
    "canvass/large-text.css",
    "vendor/fonts/fonts.css",
    "vendor/fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "vendor/lucide/icons.svg",
)
LATER = (
    "canvass/script_walk.js", "canvass/screens/script-steps.js",
    "canvass/screens/move-browser.js", "canvass/screens/sign-out.js",
)  # fmt: skip
"""Modules for scripts with branches, and for what needs a connection anyway: kept on the phone, loaded when opened."""
QR = "vendor/qr/index.js"
"""Draws the codes of unsent answers; kept on the phone, and loaded when they are opened."""
HERE = Path(__file__).parent / "static"


@lru_cache(maxsize=1)
def modules() -> tuple[str, ...]:
    """The app's modules, by their static names."""
    folder = HERE / "canvass"
    found = [*folder.glob("*.js"), *folder.glob("screens/*.js"), *folder.glob("map/*.js")]
    return tuple(
        sorted(
            name
            for file in found
            if file.name not in NOT_OF_THE_APP
            and (name := file.relative_to(HERE).as_posix()) not in LATER
        )
    )


def at_once() -> list[str]:
    """Those that the app begins with; the map's own come when it is opened, and main.js fetches the others."""
    return [
        name
        for name in modules()
        if name != "canvass/main.js" and not name.startswith("canvass/map/")
    ]


def addresses() -> list[str]:
    """Where the browser gets them; hashed in production."""
    return [staticfiles_storage.url(name) for name in (*modules(), *LATER, *LOOKS, QR)]


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
    for name in (*modules(), *LATER, *LOOKS, QR, "canvass/service_worker.js"):
        everything.update(name.encode() + b"\x00" + content_of(name) + b"\x00")
    return everything.hexdigest()
