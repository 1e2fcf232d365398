"""What a phone at a table keeps of it: a secret that tells it from others, and what its holder chose last."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from hustings.apps.accounts.access import DEVICE_COOKIE
from hustings.apps.accounts.secrets import new_secret
from hustings.apps.canvass.views import LATE_FOR

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from hustings.apps.accounts.models import Device

SECRET, CHOSEN = "hustings_arrival", "hustings_chosen"
TWO_DAYS, HALF_A_YEAR = 2 * 24 * 3600, 182 * 24 * 3600
REMEMBERED = ("first_name", "minutes", "on_foot", "no_stairs")


def secret_of(request: HttpRequest) -> str:
    """The phone's, or a new one."""
    return request.COOKIES.get(SECRET) or new_secret()


def remember_secret(response: HttpResponse, secret: str) -> None:
    """Scanning again, or tapping twice, is known by it."""
    _set(response, SECRET, secret, "/w/t/", TWO_DAYS)


def remember_device(response: HttpResponse, device: Device, token: str) -> None:
    """From now on the phone's pages know it; a while longer than its leave, as where a code lets it in."""
    left = device.expires_at + LATE_FOR - timezone.now()
    _set(response, DEVICE_COOKIE, token, "/w/", int(left.total_seconds()))


def chosen_before(request: HttpRequest) -> dict[str, Any]:
    """What they said the last time, on this phone; nothing of it is kept elsewhere."""
    try:
        said = json.loads(request.COOKIES.get(CHOSEN, ""))
    except ValueError:
        return {}
    return (
        {name: said[name] for name in REMEMBERED if name in said} if isinstance(said, dict) else {}
    )


def remember_chosen(response: HttpResponse, said: dict[str, Any]) -> None:
    """For the next time."""
    kept = json.dumps({name: said.get(name) for name in REMEMBERED})
    _set(response, CHOSEN, kept, "/w/t/", HALF_A_YEAR)


def _set(response: HttpResponse, name: str, value: str, path: str, seconds: int) -> None:
    response.set_cookie(
        name, value, max_age=seconds, path=path, secure=settings.SESSION_COOKIE_SECURE, httponly=True,
        samesite="Lax",
    )  # fmt: skip
