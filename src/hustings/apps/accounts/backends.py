"""Who is signed in, with what they are where: one question for both, since every page of a desk asks both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend

from hustings.apps.accounts.models import Membership

if TYPE_CHECKING:
    from typing import Any

    from hustings.apps.accounts.models import User


class WithMemberships(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signing in is allauth's; this only finds the user of a session that there is already."""

    def get_user(self, user_id: Any) -> User | None:
        """The user as of now; ``of_request`` holds the memberships as they are at the same moment."""
        rows = list(Membership.objects.select_related("campaign", "user").filter(user_id=user_id))
        if not rows:
            return super().get_user(user_id)  # type: ignore[no-any-return]  # allauth ships no types
        user = rows[0].user
        if not self.user_can_authenticate(user):
            return None
        for row in rows:
            row.user = user
        user.of_request = {row.campaign.slug: row for row in rows}
        return user
