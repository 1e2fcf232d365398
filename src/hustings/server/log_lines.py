"""What a line of the log says of an address: where it leads, without the secret that opens it."""

from __future__ import annotations

import logging
import re

BLANK = "***"
OPENED_BY_A_SECRET = (
    "sign-in/link", "t", "w/t", "w/in", "w/move", "help", "me", "night",
    "accounts/confirm-email", "accounts/password/reset/key",
)  # fmt: skip
"""What stands before a secret in the addresses of this installation."""
NO_SECRET = {
    "w": (
        "app", "carried", "events", "in", "leave", "move", "ninety", "questions", "safety", "t",
        "walk", "app.webmanifest", "service-worker.js",
    ),
    "night": ("app", "service-worker.js"),
    "accounts/password/reset/key": ("done",),
}  # fmt: skip
"""Where a fixed name may stand in the same place; below ``w`` everything else is the code of a walk."""


def _after(before: str) -> str:
    fixed = "|".join(re.escape(name) for name in NO_SECRET.get(before, ()))
    unless = rf"(?!(?:{fixed})(?:[/?#\s\"']|$))" if fixed else ""
    return rf"/{re.escape(before)}/{unless}"


SECRET = re.compile(
    r"(?<![\w-])((?:https?://[^/\s]+)?"
    rf"(?:{'|'.join(_after(before) for before in (*OPENED_BY_A_SECRET, 'w'))}))[^/?#\s\"']+"
)


def without_secrets(line: str) -> str:
    """The same line; whoever reads it can open nothing with it."""
    return SECRET.sub(rf"\1{BLANK}", line)


class WithoutSecrets(logging.Formatter):
    """Django writes the address of whatever it refused, and some of our addresses are keys."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry, its traceback too."""
        return without_secrets(super().format(record))
