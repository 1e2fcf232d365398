"""Reading settings from the environment; what cannot be read stops the program with a sentence."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from hustings.core.errors import HustingsError

PREFIX = "HUSTINGS_"


class SettingError(HustingsError):
    """A setting in the environment cannot be used."""


def text(name: str, default: str = "") -> str:
    """``HUSTINGS_<name>``, or the contents of the file that ``HUSTINGS_<name>_FILE`` names."""
    file = os.environ.get(f"{PREFIX}{name}_FILE")
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SettingError(
                f"{PREFIX}{name}_FILE names «{file}», which cannot be read: {error.strerror}."
            ) from error
    return os.environ.get(f"{PREFIX}{name}", default)


def flag(name: str, *, default: bool) -> bool:
    """A yes or a no."""
    value = text(name, "yes" if default else "no").strip().lower()
    if value in {"yes", "true", "1", "on"}:
        return True
    if value in {"no", "false", "0", "off"}:
        return False
    raise SettingError(f"{PREFIX}{name} is «{value}»; write yes or no.")


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name, str(default))
    if not value.strip().isdecimal():
        raise SettingError(f"{PREFIX}{name} is «{value}»; write a whole number.")
    return int(value)


def words(name: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def choice(name: str, options: tuple[str, ...], default: str) -> str:
    """One of a few."""
    value = text(name, default)
    if value not in options:
        raise SettingError(f"{PREFIX}{name} is «{value}»; write one of: {', '.join(options)}.")
    return value


def database(url: str) -> dict[str, object]:
    """Django's settings for a ``postgresql://user:password@host:port/name?option=value``."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:  # never quoted here: a password may stand in it
        raise SettingError(
            "The database's address cannot be read; write postgresql://user:password@host:5432/name, "
            "with %40 for an @ in the password, %3A for a colon, %2F for a slash."
        ) from None
    if parts.scheme not in {"postgresql", "postgres"}:
        raise SettingError(
            f"The database's address begins with «{parts.scheme}»; Hustings needs postgresql://…"
        )
    options = dict(parse_qsl(parts.query))
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise SettingError("The database's address names no database: postgresql://user@host/NAME")
    return {
        "ENGINE": "hustings.server.database",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or "") or "localhost",
        "PORT": options.pop("port", "") or str(port or ""),
        "OPTIONS": options,
    }
