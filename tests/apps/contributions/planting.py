"""Help for tests: the figures of MUR 7035 as a form has them, and what the matrix knocks on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hustings.apps.contributions.models import Decision, Gift, Help, Payment, Spending, Terms

if TYPE_CHECKING:
    from tests.apps.isolation_matrix import World

THINGS = ("travel", "stipend", "lodging", "wage")


def nobody_pays(**more: Any) -> dict[str, Any]:
    """The form of somebody who comes to help in the United States and costs nothing."""
    said: dict[str, Any] = {
        "direction": "to-us", "other": "", "work_country": "US", "people": "1",
        "from_on": "2016-01-10", "until_on": "2016-03-01", "duty": "other",
        "us_status": "citizen", "us_status_on": "2016-01-02",
    }  # fmt: skip
    said |= {f"{thing}_payer": "nobody" for thing in THINGS}
    return said | more


def paid(thing: str, payer: str, country: str = "", amount: str = "") -> dict[str, str]:
    """The form's fields of one thing."""
    return {
        f"{thing}_payer": payer, f"{thing}_country": country, f"{thing}_amount": amount,
        f"{thing}_currency": "USD" if amount else "",
    }  # fmt: skip


def matter_under_review_7035() -> dict[str, Any]:
    """A party abroad pays the flights and the daily stipends of seven people."""
    return nobody_pays(
        other="A party in Australia", other_country="AU", people="7", us_status="foreign",
        **paid("travel", "organisation", "AU", "16,140.00"),
        **paid("stipend", "organisation", "AU", "8,282.00"),
    )  # fmt: skip


def a_gift(**more: Any) -> dict[str, Any]:
    """The form of a gift of £500 to a party, received today."""
    said = {
        "form": "money", "what": "", "giver_kind": "person", "giver": "Ada Giver",
        "giver_country": "", "details": "1 Mill Lane", "us_status": "", "recipient": "party",
        "country": "GB", "received_on": "2026-11-20", "amount": "500.00", "currency": "GBP",
    }  # fmt: skip
    return said | more


def some_spending(**more: Any) -> dict[str, Any]:
    """The form of what somebody abroad spends."""
    said = {
        "name": "Friends abroad", "spender": "not-uk-based", "what": "", "part": "england",
        "spent_on": "2026-11-20", "country": "GB", "amount": "700.00", "currency": "GBP",
    }  # fmt: skip
    return said | more


def plant(world: World, canary: str) -> None:
    """Help that is proposed."""
    campaign = world.campaign
    thread = Help.objects.create(campaign=campaign, made_by=canary)
    for day in (1, 2):
        terms = Terms.objects.create(
            campaign=campaign, help=thread, other=canary, other_country="GB", work_country="GB",
            names=canary, people=2, from_on=f"2026-06-0{day}", until_on="2026-06-20",
            made_by=canary,
        )  # fmt: skip
        for thing in THINGS:
            Payment.objects.create(
                campaign=campaign, terms=terms, what=thing, payer="self", amount_minor=4000,
                currency="GBP",
            )  # fmt: skip
        if day == 1:
            Decision.objects.create(
                campaign=campaign, terms=terms, kind="refused", why=canary, by=canary
            )
    world.rows["help"] = thread
    world.rows["gift"] = Gift.objects.create(
        campaign=campaign, giver_kind="person", giver=canary, details=canary, form="money",
        what=canary, amount_minor=60_000, currency="GBP", recipient="party", country="GB",
        received_on="2026-11-10", written_by=canary,
    )  # fmt: skip
    world.rows["spending"] = Spending.objects.create(
        campaign=campaign, name=canary, spender="not-uk-based", country="GB", what=canary,
        amount_minor=30_000, currency="GBP", spent_on="2026-11-10", written_by=canary,
    )  # fmt: skip
