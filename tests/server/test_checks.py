"""What production must have is said before anything starts."""

from __future__ import annotations

from typing import Any

import pytest

from hustings.server.checks import production_is_secure


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        ("hustings@localhost", False),
        ("The Mill campaign <mail@example.org>", False),
        ("grün@example.org", True),
        ("mail@example.org, other@example.org", True),
        ("", True),
    ],
)
def test_a_sender_that_no_mail_can_carry_is_said(settings: Any, sender: str, said: bool) -> None:
    settings.MODE, settings.MAIL_HOST = "production", "mail.example.org"
    settings.DEFAULT_FROM_EMAIL = sender

    found = [one.id for one in production_is_secure(None)]

    assert ("hustings.E004" in found) == said
