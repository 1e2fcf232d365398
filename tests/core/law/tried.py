"""Every case of every rule, tried: what brings it about, and what lies just on each side of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from tests.core.law.good import DAY, EASTERN, GOOD, LONDON, at, money

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from hustings.core.law.fact import Value


@dataclass(frozen=True, slots=True)
class Edge:
    """Two values of one fact, as near as can be: with the first the case is found, with the second it is not."""

    fact: str
    found: Value
    silent: Value
    besides: dict[str, Value] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tried:
    """One case of a rule: the good facts of an act, changed until it is found; ``silent`` changes them back."""

    rule: str
    case: str
    act: str
    country: str
    changed: dict[str, Value]
    edges: tuple[Edge, ...] = ()
    silent: dict[str, Value] | None = None
    on: date = DAY
    days: tuple[date, ...] = ()
    """A first day: on it the case is found, on the day before it is not."""

    @property
    def facts(self) -> dict[str, Value]:
        """With these it is found."""
        return {**GOOD[self.act, self.country], **self.changed}

    @property
    def passing(self) -> dict[str, Value]:
        """With these it is not."""
        return {**GOOD[self.act, self.country], **(self.silent or {})}


def days_ago(days: int) -> date:
    return DAY - timedelta(days=days)


def gift(case: str, changed: dict[str, Value], *edges: Edge) -> Tried:
    """UK-1 speaks above £500, to candidates above £50."""
    over = {"amount": money("600.00 GBP"), **changed}
    return Tried(
        "UK-1", case, "gift", "GB", over,
        (
            Edge("amount", money("500.01 GBP"), money("500.00 GBP")),
            Edge("amount", money("50.01 GBP"), money("50.00 GBP"), {"recipient": "candidate"}),
            *edges,
        ),
    )  # fmt: skip


def abroad(what: str, country: str, currency: str) -> dict[str, Value]:
    return {
        f"{what}_payer": "organisation",
        f"{what}_payer_country": country,
        f"{what}_amount": money(f"100.00 {currency}"),
    }


def overnight(zone: ZoneInfo, clock: str, besides: dict[str, Value]) -> Edge:
    """A shift that ends at the same time of the next day."""
    return Edge("ends_at", at(clock, zone, DAY + timedelta(days=1)), at(clock, zone), besides)


FOREIGN: dict[str, Value] = {"us_status": "foreign"}
ORGANISATION: dict[str, Value] = {"giver": "organisation", "giver_country": "AU"}
SHORT_DAY: dict[str, Value] = {"dusk_at": at("23:30", EASTERN)}
OWN_HOURS: dict[str, Value] = {
    "has_local_hours": True,
    "local_opens": time(11, 0),
    "local_closes": time(18, 0),
    "day_closed": False,
}
RECORDED: dict[str, Value] = {
    "mode": "recorded",
    "line": "landline",
    "recorded_calls_in_30_days": 4,
}
DIGITAL: dict[str, Value] = {"medium": "digital"}
BEHALF: dict[str, Value] = {
    "for_another": True,
    "behalf_name": "Bob Carter",
    "behalf_address": "3 Mill Lane",
}
PAID: dict[str, Value] = {**DIGITAL, "paid": True, "publisher": "other"}
NO_IMPRINT: tuple[dict[str, Value], ...] = (
    {"promoter_name": ""},
    {"promoter_address": ""},
    {"digital_imprint": "nowhere"},
)
SINCE_NOVEMBER = (date(2023, 11, 1),)

TRIED: tuple[Tried, ...] = (
    # --- the United States
    Tried("US-1", "helper", "secondment", "US", FOREIGN),
    Tried("US-1", "role", "role", "US", {**FOREIGN, "duty": "attend"}),
    Tried("US-2", "paid", "secondment", "US", {**FOREIGN, "wage_payer": "campaign"}, silent=FOREIGN),
    Tried("US-2", "paid", "secondment", "US", {**FOREIGN, **abroad("stipend", "AU", "AUD")}),
    *(
        Tried("US-3", "paid-from-abroad", "secondment", "US", abroad(what, "AU", "USD"),
              silent=abroad(what, "US", "USD"))
        for what in ("travel", "stipend", "lodging", "wage")
    ),
    Tried("US-4", "decides", "role", "US", FOREIGN, silent={**FOREIGN, "duty": "attend"}),
    Tried("US-4", "cuts-lists", "role", "US",
          {**FOREIGN, "duty": "cut-lists", "list_cutting_open": False},
          silent={**FOREIGN, "duty": "cut-lists", "list_cutting_open": True}),
    Tried("US-4", "cuts-lists-by-setting", "role", "US",
          {**FOREIGN, "duty": "cut-lists", "list_cutting_open": True}),
    Tried("US-5", "value", "gift", "US", FOREIGN),
    Tried("US-5", "value", "gift", "US", {**ORGANISATION, "form": "goods"},
          silent={**ORGANISATION, "giver_country": "US"}),
    Tried("US-5", "value", "gift", "US", {**FOREIGN, "form": "advance"}),
    Tried("US-5", "printed-stock", "gift", "US", {**FOREIGN, "form": "printed-stock"},
          (Edge("amount", money("0.01 USD"), money("0.00 USD")),)),
    Tried("US-5", "printed-stock", "gift", "US", {**ORGANISATION, "form": "printed-stock"}),
    Tried("US-5", "designs", "gift", "US", {**ORGANISATION, "form": "designs"}),
    Tried("US-5", "designs", "gift", "US", {**FOREIGN, "form": "designs"}),
    Tried("US-6", "own-travel", "secondment", "US",
          {"travel_payer": "self", "travel_amount": money("300.00 USD")},
          (Edge("travel_amount", money("1000.00 USD"), money("1000.01 USD")),)),
    Tried("US-6", "own-travel-over", "secondment", "US",
          {"travel_payer": "self", "travel_amount": money("1300.00 USD")},
          (Edge("travel_amount", money("1000.01 USD"), money("1000.00 USD")),)),
    Tried("US-6", "own-travel-foreign", "secondment", "US",
          {**FOREIGN, "travel_payer": "self", "travel_amount": money("10.00 USD")}),
    Tried("US-7", "no-notice", "release", "US", {"paid_for_by": ""},
          silent={"item": "badge", "paid_for_by": ""}),
    Tried("US-7", "no-notice", "release", "US", {"item": "other", "paid_for_by": ""},
          silent={"item": "sticker", "paid_for_by": ""}),
    Tried("US-7", "no-box", "release", "US", {"notice_boxed": False}),
    Tried("US-7", "small-type", "release", "US", {"notice_points": 8},
          (Edge("notice_points", 11, 12),)),
    Tried("US-8", "automatic-to-mobile", "contact", "US", {"mode": "autodialled"},
          silent={"mode": "autodialled", "consent_recorded": True}),
    Tried("US-8", "automatic-to-mobile", "contact", "US", {"mode": "autodialled", "channel": "text"},
          silent={"mode": "by-hand", "channel": "text"}),
    Tried("US-8", "fourth-recorded-call", "contact", "US", RECORDED,
          (Edge("recorded_calls_in_30_days", 4, 3),), days=(date(2023, 7, 20),)),
    Tried("US-8", "unnamed-recording", "contact", "US",
          {**RECORDED, "recorded_calls_in_30_days": 1, "says_who_calls": False}),
    Tried("US-8", "asked-to-stop", "contact", "US",
          {"mode": "autodialled", "consent_recorded": True, "do_not_contact": True}),
    Tried("US-9", "own-list", "contact", "US", {"do_not_contact": True, "channel": "door"}),
    Tried("US-9", "national-list", "contact", "US", {"on_national_list": True}),
    Tried("US-10", "default-hours", "shift", "US",
          {**SHORT_DAY, "starts_at": at("08:00", EASTERN)},
          (
              Edge("starts_at", at("08:59", EASTERN), at("09:00", EASTERN)),
              Edge("ends_at", at("21:01", EASTERN), at("21:00", EASTERN),
                   {"starts_at": at("20:00", EASTERN)}),
              Edge("ends_at", at("17:01", EASTERN), at("17:00", EASTERN),
                   {"starts_at": at("10:00", EASTERN), "dusk_at": at("17:00", EASTERN)}),
              Edge("starts_at", at("21:01", EASTERN), at("21:00", EASTERN),
                   {"ends_at": at("21:00", EASTERN)}),
              overnight(EASTERN, "12:00", {
                  "starts_at": at("10:00", EASTERN),
                  "dusk_at": at("17:00", EASTERN, DAY + timedelta(days=2)),
              }),
          )),
    Tried("US-10", "local-hours", "shift", "US", OWN_HOURS,
          (
              Edge("starts_at", at("10:59", EASTERN), at("11:00", EASTERN)),
              Edge("ends_at", at("18:01", EASTERN), at("18:00", EASTERN),
                   {"starts_at": at("12:00", EASTERN)}),
              Edge("starts_at", at("18:01", EASTERN), at("18:00", EASTERN)),
              overnight(EASTERN, "13:00", {"starts_at": at("12:00", EASTERN)}),
          )),
    Tried("US-10", "local-hours", "shift", "US",
          {**OWN_HOURS, "starts_at": at("11:30", EASTERN), "day_closed": True}),
    Tried("US-10", "signs-and-mailboxes", "shift", "US", {"told_of_signs": False}),
    # --- the United Kingdom
    gift("not-checked", {"source_checked": False}),
    gift("not-permissible", {"source_permissible": False}),
    gift("day-25", {"source_checked": False, "received_on": days_ago(27)},
         Edge("received_on", days_ago(25), days_ago(24)),
         Edge("received_on", days_ago(30), days_ago(31))),
    gift("day-30-over", {"source_checked": False, "received_on": days_ago(40)},
         Edge("received_on", days_ago(31), days_ago(30))),
    gift("details", {"details_recorded": False}),
    *(
        Tried("UK-2", "paid-from-abroad", "secondment", "GB", abroad(what, "US", "USD"),
              silent=abroad(what, "GB", "GBP"))
        for what in ("travel", "stipend", "lodging", "wage")
    ),
    Tried("UK-3", "foreign-over-700", "spending", "GB",
          {"spender": "not-uk-based", "total": money("900.00 GBP")},
          (Edge("total", money("700.01 GBP"), money("700.00 GBP")),)),
    Tried("UK-3", "foreign-spending", "spending", "GB", {"spender": "not-uk-based"},
          (Edge("total", money("700.00 GBP"), money("700.01 GBP")),)),
    Tried("UK-3", "not-notified", "spending", "GB", {"total": money("11000.00 GBP")},
          (Edge("total", money("10000.01 GBP"), money("10000.00 GBP")),)),
    Tried("UK-3", "report-england", "spending", "GB",
          {"total": money("21000.00 GBP"), "notified": True},
          (Edge("total", money("20000.01 GBP"), money("20000.00 GBP")),)),
    Tried("UK-3", "report-elsewhere", "spending", "GB",
          {"total": money("11000.00 GBP"), "notified": True, "part": "elsewhere"},
          (Edge("total", money("10000.01 GBP"), money("10000.00 GBP")),)),
    *(
        Tried("UK-4", "no-imprint", "release", "GB", {name: ""})
        for name in ("printer_name", "printer_address", "promoter_name", "promoter_address")
    ),
    *(
        Tried("UK-4", "no-behalf", "release", "GB", {**BEHALF, name: ""}, silent=BEHALF)
        for name in ("behalf_name", "behalf_address")
    ),
    Tried("UK-4", "hidden", "release", "GB", {"imprint_visible": False}),
    Tried("UK-4", "one-sided", "release", "GB", {"imprint_place": "first-or-last-page"},
          (Edge("sides", 1, 2),)),
    Tried("UK-4", "many-sided", "release", "GB", {"sides": 4, "imprint_place": "elsewhere"},
          (Edge("sides", 2, 1),)),
    *(
        Tried("UK-5", "paid", "release", "GB", {**PAID, **without}, silent=PAID, days=SINCE_NOVEMBER)
        for without in NO_IMPRINT
    ),
    *(
        Tried("UK-5", "organic", "release", "GB", {**DIGITAL, **without},
              silent={**DIGITAL, **without, "publisher": "other"}, days=SINCE_NOVEMBER)
        for without in NO_IMPRINT
    ),
    *(
        Tried("UK-5", "for-another", "release", "GB", {**DIGITAL, **BEHALF, name: ""},
              silent={**DIGITAL, **BEHALF}, days=SINCE_NOVEMBER)
        for name in ("behalf_name", "behalf_address")
    ),
    *(
        Tried("UK-5", "room-for-it", "release", "GB", {**kind, "digital_imprint": "one-step-away"},
              silent={**kind, "digital_imprint": "one-step-away", "imprint_practicable": False},
              days=SINCE_NOVEMBER)
        for kind in (PAID, DIGITAL)
    ),
    Tried("UK-6", "not-screened", "contact", "GB", {"list_screened_on": days_ago(60)},
          (
              Edge("list_screened_on", days_ago(29), days_ago(28)),
              Edge("list_screened_on", days_ago(-1), days_ago(0)),
          ),
          silent={"list_screened_on": days_ago(27)}),
    Tried("UK-6", "on-tps", "contact", "GB", {"on_tps": True, "tps_listed_on": days_ago(90)},
          (Edge("tps_listed_on", days_ago(28), days_ago(27)),),
          silent={"on_tps": True, "told_us_fine": True, "tps_listed_on": days_ago(90)}),
    Tried("UK-6", "said-stop", "contact", "GB", {"do_not_contact": True}),
    Tried("UK-6", "hides-number", "contact", "GB", {"shows_number": False}),
    Tried("UK-6", "nameless-script", "contact", "GB", {"script_names_caller": False}),
    Tried("UK-7", "automatic-call", "contact", "GB", {"mode": "recorded"},
          silent={"mode": "recorded", "consent_recorded": True}),
    *(
        Tried("UK-7", "message", "contact", "GB", {"channel": channel},
              silent={"channel": channel, "consent_recorded": True})
        for channel in ("email", "text")
    ),
    Tried("UK-8", "fines", "contact", "GB", {"channel": "email"},
          silent={"channel": "post"}, days=(date(2026, 2, 5),)),
    Tried("UK-8", "fines", "contact", "GB", {"mode": "autodialled"}),
    Tried("UK-8", "fines", "contact", "GB", {"do_not_contact": True}),
    Tried("UK-8", "fines", "contact", "GB", {"on_tps": True, "tps_listed_on": days_ago(90)}),
    Tried("UK-9", "no-consent", "answers", "GB", {"owner": "other", "explicit_consent": False},
          silent={"owner": "other", "explicit_consent": True}),
    Tried("UK-9", "stop-request", "answers", "GB", {"stop_request": True}),
    Tried("UK-9", "no-policy", "answers", "GB", {"policy_document": False}),
    Tried("UK-9", "distress", "answers", "GB", {"causes_distress": True}),
    Tried("UK-10", "recognised-interest", "answers", "GB", {"legal_basis": "recognised-interest"}),
    *(
        Tried("UK-11", "objection", "contact", "GB", {"do_not_contact": True, "channel": channel})
        for channel in ("call", "text", "email", "door", "post")
    ),
    *(
        Tried(rule, "other-receiver", "export", country, {"receiver": receiver}, days=days)
        for rule, country, days in (
            ("UK-12", "GB", (date(2001, 2, 16),)),
            ("OWN-1", "GB", ()),
            ("OWN-1", "US", ()),
        )
        for receiver in ("another-campaign", "another-person")
    ),
    *(
        Tried(rule, "other-country", "export", country, {"receiver_country": there}, days=days)
        for rule, country, there, days in (
            ("UK-12", "GB", "US", (date(2001, 2, 16),)),
            ("OWN-1", "GB", "US", ()),
            ("OWN-1", "US", "GB", ()),
        )
    ),
    Tried("UK-12", "other-purpose", "export", "GB", {"purpose": "other"},
          silent={"purpose": "donation-check"}, days=(date(2001, 2, 16),)),
    Tried("UK-12", "helper-not-bound", "export", "GB",
          {"receiver": "own-helper", "helper_bound": False},
          silent={"receiver": "own-helper", "helper_bound": True}, days=(date(2001, 2, 16),)),
    *(
        Tried(rule, "expired", "export", country, {"expires_on": days_ago(300)},
              (Edge("expires_on", days_ago(1), days_ago(0)),))
        for rule, country in (("UK-12", "GB"), ("OWN-1", "US"))
    ),
    Tried("UK-12", "expired", "export", "GB", {"expires_on": date(2001, 1, 1)},
          days=(date(2001, 2, 16),)),
    *(
        Tried(rule, "own-copy", "export", country, {"purpose": "backup"},
              silent={"receiver": "another-person"}, days=days)
        for rule, country, days in (("UK-12", "GB", (date(2001, 2, 16),)), ("OWN-1", "US", ()))
    ),
    Tried("UK-13", "before-the-poll", "marked-register", "GB", {"poll_on": days_ago(-10)},
          (Edge("poll_on", days_ago(0), days_ago(1)),)),
    Tried("UK-13", "other-purpose", "marked-register", "GB", {"purpose": "other"}),
    *(
        Tried("UK-14", "no-consent", "referral", "GB", {name: False})
        for name in ("explicit_consent", "names_receiver", "names_country")
    ),
    Tried("UK-14", "too-much", "referral", "GB", {"only_ticked": False}),
    Tried("UK-14", "withdrawn", "referral", "GB", {"withdrawn": True, "deletion_receipt": True}),
    Tried("UK-14", "no-receipt", "referral", "GB", {"withdrawn": True, "deletion_receipt": False},
          silent={"withdrawn": True, "deletion_receipt": True}),
    Tried("UK-15", "donations", "gift", "GB", {}, silent={"campaign_country": "US"},
          days=(date(2026, 2, 12),)),
    Tried("UK-15", "imprints", "release", "GB", DIGITAL, days=(date(2026, 2, 12),)),
    Tried("UK-16", "custom", "shift", "GB", {"starts_at": at("08:00", LONDON)},
          (
              Edge("starts_at", at("08:59", LONDON), at("09:00", LONDON)),
              Edge("ends_at", at("20:01", LONDON), at("20:00", LONDON),
                   {"starts_at": at("18:00", LONDON)}),
              Edge("starts_at", at("20:01", LONDON), at("20:00", LONDON),
                   {"ends_at": at("20:00", LONDON)}),
              overnight(LONDON, "12:00", {"starts_at": at("10:00", LONDON)}),
          )),
    Tried("UK-16", "local-custom", "shift", "GB", OWN_HOURS,
          (
              Edge("starts_at", at("10:59", LONDON), at("11:00", LONDON)),
              Edge("ends_at", at("18:01", LONDON), at("18:00", LONDON),
                   {"starts_at": at("12:00", LONDON)}),
              Edge("starts_at", at("18:01", LONDON), at("18:00", LONDON)),
              overnight(LONDON, "13:00", {"starts_at": at("12:00", LONDON)}),
          )),
)  # fmt: skip
