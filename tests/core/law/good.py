"""Facts of each act that no rule minds, every question answered; a tried case changes some of them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from hustings.core.law.money import Money

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hustings.core.law.fact import Value

DAY = date(2026, 11, 26)
EASTERN, LONDON = ZoneInfo("America/New_York"), ZoneInfo("Europe/London")


def money(text: str) -> Money:
    return Money.written(text)


def at(clock: str, zone: ZoneInfo, day: date = DAY) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone)


def _secondment(country: str) -> dict[str, Value]:
    return {
        "campaign_country": country,
        "us_status": "citizen",
        "us_status_answered_on": date(2026, 11, 1),
        "wage_payer": "nobody",
        "travel_payer": "nobody",
        "stipend_payer": "nobody",
        "lodging_payer": "nobody",
    }


def _gift(country: str, currency: str) -> dict[str, Value]:
    return {
        "campaign_country": country,
        "giver": "person",
        "us_status": "citizen",
        "form": "money",
        "amount": money(f"40.00 {currency}"),
        "recipient": "party",
        "received_on": date(2026, 11, 20),
        "source_checked": True,
        "source_permissible": True,
        "details_recorded": True,
    }


def _release(country: str) -> dict[str, Value]:
    return {
        "shown_in": country,
        "medium": "printed",
        "item": "leaflet",
        "paid_for_by": "Paid for by the Committee for Mill Lane",
        "notice_boxed": True,
        "notice_points": 12,
        "printer_name": "Good Print",
        "printer_address": "1 Mill Lane",
        "promoter_name": "Alice Baker",
        "promoter_address": "2 Mill Lane",
        "for_another": False,
        "imprint_visible": True,
        "sides": 1,
        "imprint_place": "face",
        "paid": False,
        "publisher": "party",
        "imprint_practicable": True,
        "digital_imprint": "in-the-material",
    }


def _contact(country: str) -> dict[str, Value]:
    return {
        "country": country,
        "channel": "call",
        "mode": "by-hand",
        "line": "mobile",
        "consent_recorded": False,
        "do_not_contact": False,
        "recorded_calls_in_30_days": 0,
        "says_who_calls": True,
        "on_national_list": False,
        "list_screened_on": date(2026, 11, 20),
        "on_tps": False,
        "told_us_fine": False,
        "shows_number": True,
        "script_names_caller": True,
    }


def _shift(country: str, zone: ZoneInfo) -> dict[str, Value]:
    return {
        "country": country,
        "starts_at": at("10:00", zone),
        "ends_at": at("12:00", zone),
        "dusk_at": at("17:00", zone),
        "has_local_hours": False,
        "told_of_signs": True,
    }


def _export(country: str) -> dict[str, Value]:
    return {
        "register_country": country,
        "receiver": "own-campaign",
        "receiver_country": country,
        "purpose": "campaigning",
        "expires_on": date(2026, 12, 31),
    }


GOOD: Mapping[tuple[str, str], Mapping[str, Value]] = {
    ("secondment", "US"): _secondment("US"),
    ("secondment", "GB"): _secondment("GB"),
    ("role", "US"): {
        "campaign_country": "US",
        "us_status": "citizen",
        "us_status_answered_on": date(2026, 11, 1),
        "duty": "decide",
    },
    ("gift", "US"): _gift("US", "USD"),
    ("gift", "GB"): _gift("GB", "GBP"),
    ("spending", "GB"): {
        "campaign_country": "GB",
        "spender": "uk-eligible",
        "total": money("100.00 GBP"),
        "notified": False,
        "part": "england",
    },
    ("release", "US"): _release("US"),
    ("release", "GB"): _release("GB"),
    ("contact", "US"): _contact("US"),
    ("contact", "GB"): _contact("GB"),
    ("shift", "US"): _shift("US", EASTERN),
    ("shift", "GB"): _shift("GB", LONDON),
    ("answers", "GB"): {
        "country": "GB",
        "owner": "registered-party",
        "policy_document": True,
        "causes_distress": False,
        "stop_request": False,
        "legal_basis": "democratic-engagement",
    },
    ("export", "GB"): _export("GB"),
    ("export", "US"): _export("US"),
    ("marked-register", "GB"): {
        "country": "GB",
        "poll_on": date(2026, 5, 7),
        "purpose": "campaigning",
    },
    ("referral", "GB"): {
        "campaign_country": "GB",
        "receiver_country": "US",
        "explicit_consent": True,
        "names_receiver": True,
        "names_country": True,
        "only_ticked": True,
        "withdrawn": False,
    },
}
