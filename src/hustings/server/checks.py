"""What production must have; each missing piece is a sentence that says how to set it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.smtp import EmailBackend

from hustings.server.database import wall_check

__all__ = ["production_is_secure", "wall_check"]

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig


@register()
def production_is_secure(app_configs: Sequence[AppConfig] | None, **options: object) -> list[Error]:
    """Empty unless ``HUSTINGS_MODE`` is production and something is missing."""
    if settings.MODE != "production":
        return []
    errors = []
    if len(_secret_key()) < 40:
        errors.append(
            Error(
                "HUSTINGS_SECRET_KEY is missing or shorter than 40 characters.",
                hint="Put 50 random characters into a file and name it in HUSTINGS_SECRET_KEY_FILE.",
                id="hustings.E001",
            )
        )
    if not settings.ALLOWED_HOSTS or "*" in settings.ALLOWED_HOSTS:
        errors.append(
            Error(
                "HUSTINGS_HOSTS does not name the hosts this server answers for.",
                hint="HUSTINGS_HOSTS=campaign.example.org",
                id="hustings.E002",
            )
        )
    if not settings.MAIL_HOST:
        errors.append(
            Error(
                "HUSTINGS_MAIL_HOST is missing, so nobody could be sent a code to sign in.",
                hint="HUSTINGS_MAIL_HOST=mail.example.org",
                id="hustings.E003",
            )
        )
    elif not _can_be_sent_from(settings.DEFAULT_FROM_EMAIL):
        errors.append(
            Error(
                "HUSTINGS_MAIL_FROM is no address that a mail can be sent from.",
                hint="HUSTINGS_MAIL_FROM=hustings@campaign.example.org",
                id="hustings.E004",
            )
        )
    return errors


def _can_be_sent_from(address: str) -> bool:
    """Django asks the same for each mail; by then every reader's address would be taken for the bad one."""
    try:
        EmailBackend(host=settings.MAIL_HOST, alias="default").prep_address(address)
    except ValueError:
        return False
    return True


def _secret_key() -> str:
    try:
        return settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's own way of saying that it is empty
        return ""
