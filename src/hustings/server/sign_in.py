"""What allauth may do here: sign in whom an organiser invited, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import DefaultAccountAdapter

if TYPE_CHECKING:
    from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Signing up is closed: members are added by an organiser or at the command line."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
