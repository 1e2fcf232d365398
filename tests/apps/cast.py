"""
The people every test knows.

Alice organises for the campaign «Riverside», Bob canvasses for it, Olive observes, Petra is its press
officer; Charlie organises for the rivals and must see nothing of Riverside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from hustings.apps.accounts.actions import add_member
from hustings.apps.audit.actors import command
from hustings.apps.campaigns.actions import create_campaign

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.campaigns.models import Campaign

SETUP = command("tests")


def member(campaign: Campaign, name: str, role: str) -> Membership:
    """A member by first name."""
    return add_member(campaign, f"{name.lower()}@example.org", role, name=name, by=SETUP)


def signed_in(membership: Membership) -> Client:
    """A browser in which this member is signed in."""
    client = Client()
    client.force_login(membership.user, backend="hustings.apps.accounts.backends.WithMemberships")
    return client


@pytest.fixture
def campaign(db: None) -> Campaign:
    """Riverside."""
    return create_campaign("riverside", "Riverside")


@pytest.fixture
def rivals(db: None) -> Campaign:
    """Another campaign on the same installation."""
    return create_campaign("hillside", "Hillside")


@pytest.fixture
def alice(campaign: Campaign) -> Membership:
    """Organises for Riverside."""
    return member(campaign, "Alice", "organiser")


@pytest.fixture
def bob(campaign: Campaign) -> Membership:
    """Canvasses for Riverside."""
    return member(campaign, "Bob", "canvasser")


@pytest.fixture
def olive(campaign: Campaign) -> Membership:
    """Observes Riverside."""
    return member(campaign, "Olive", "observer")


@pytest.fixture
def petra(campaign: Campaign) -> Membership:
    """Press officer of Riverside."""
    return member(campaign, "Petra", "press")


@pytest.fixture
def charlie(rivals: Campaign) -> Membership:
    """Organises for the rivals."""
    return member(rivals, "Charlie", "organiser")


@pytest.fixture
def alice_signed_in(alice: Membership) -> Client:
    """Alice's browser."""
    return signed_in(alice)


@pytest.fixture
def bob_signed_in(bob: Membership) -> Client:
    """Bob's browser."""
    return signed_in(bob)


@pytest.fixture
def charlie_signed_in(charlie: Membership) -> Client:
    """Charlie's browser."""
    return signed_in(charlie)
