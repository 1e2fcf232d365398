"""The audits of a contest: what differs, who looks after it, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hustings.apps.accounts.access import NotHere, require
from hustings.apps.accounts.roles import Right
from hustings.apps.contests import auditing, contradicting, settling
from hustings.apps.contests.access import audit_for, contest_for, unit_for
from hustings.apps.contests.models import Audit, AuditStep, Candidate, Report, SheetPhoto
from hustings.apps.contests.standing import ENDS, voices_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from hustings.apps.accounts.requests import CampaignRequest
    from hustings.apps.contests.models import Contest

MOST_SHOWN = 200


@require_GET
def page(request: CampaignRequest, contest_id: int) -> HttpResponse:
    """Those that are open first, then those that have ended."""
    require(request.member, Right.SEE_CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    found = _audits(contest)
    context = {
        "contest": contest,
        "room": "audits",
        "open": [one for one in found if not one["ended"]][:MOST_SHOWN],
        "ended": [one for one in found if one["ended"]][:MOST_SHOWN],
        "open_all": sum(not one["ended"] for one in found),
        "may_settle": request.member.may(Right.CONTESTS),
    }
    return render(request, "contests/audits.html", context)


def _audits(contest: Contest) -> list[dict[str, Any]]:
    steps = AuditStep.objects.of(contest.campaign_id).order_by("pk")
    audits = list(
        Audit.objects.of(contest.campaign_id)
        .filter(contest=contest)
        .select_related("unit", "official")
        .prefetch_related(Prefetch("steps", queryset=steps, to_attr="in_order"))
        .order_by("pk")
    )
    units = {audit.unit_id for audit in audits}
    reports: dict[tuple[int, str], list[Report]] = {}
    rows = Report.objects.of(contest.campaign_id).filter(unit_id__in=units).order_by("pk")
    for report in rows:
        reports.setdefault((report.unit_id, report.phase), []).append(report)
    photos: dict[int, list[str]] = {}
    for unit_id, digest in (
        SheetPhoto.objects.of(contest.campaign_id)
        .filter(unit_id__in=units)
        .order_by("pk")
        .values_list("unit_id", "sha256")
    ):
        photos.setdefault(unit_id, []).append(digest)
    names = (
        Candidate.objects.of(contest.campaign_id).filter(contest=contest).order_by("order", "pk")
    )
    called = list(names.values_list("code", "name"))
    return [
        _shown(audit, reports.get((audit.unit_id, audit.phase), []), photos, called)
        for audit in audits
    ]


def _shown(
    audit: Any, reports: list[Report], photos: dict[int, list[str]], called: list[tuple[str, str]]
) -> dict[str, Any]:
    steps: list[AuditStep] = audit.in_order
    newest = steps[-1] if steps else None
    sides: list[tuple[Any, dict[str, Any]]] = [(report, report.numbers) for report in reports]
    if audit.official:
        sides.append((None, audit.official.numbers))
    spoilt = any("spoilt" in numbers for _report, numbers in sides)
    return {
        "audit": audit,
        "steps": steps,
        "owner": newest.owner if newest else "",
        "ended": newest is not None and newest.kind in ENDS,
        "voices": voices_of(reports),
        "seen": max((report.pk for report in reports), default=0),
        "names": [name for _code, name in called],
        "rows": [
            (
                report,
                [numbers.get("attendance", "–"), *(numbers.get("counts", {}).get(code, "–") for code, _n in called),
                 *([numbers.get("spoilt", "–")] if spoilt else [])],
            )
            for report, numbers in sides
        ],
        "spoilt": spoilt,
        "photos": photos.get(audit.unit_id, []),
    }  # fmt: skip


@require_POST
def verb(request: CampaignRequest, contest_id: int, audit_id: int) -> HttpResponse:
    """Take it, say which report is right, or close it with a reason."""
    require(request.member, Right.CONTESTS)
    contest = contest_for(request.campaign, contest_id)
    audit = audit_for(contest, audit_id)
    unit = unit_for(contest, audit.unit_id, lock=True)
    said, by = request.POST, request.member.actor
    do = said.get("do")
    if do == "take":
        settling.take(audit, by=by)
    elif do == "settle":
        report = _report(audit, said.get("report", ""))
        settling.settle(
            audit, report, said.get("words", ""), seen=_number(said.get("seen", "")),
            photo=_photo(audit, said), by=by,
        )  # fmt: skip
        contradicting.look(unit)
    elif do == "close":
        auditing.close(audit, said.get("words", ""), by=by)
    else:
        raise NotHere
    return redirect("live:audits", request.campaign.slug, contest.pk)


def _report(audit: Audit, number: str) -> Report:
    rows = Report.objects.of(audit.campaign_id).filter(unit_id=audit.unit_id)
    report: Report | None = rows.filter(pk=_number(number)).first()
    if report is None:
        raise NotHere
    return report


def _number(said: str) -> int:
    """No row has the number 0."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 19 else 0


def _photo(audit: Audit, said: Any) -> str:
    """Only a photograph that we have proves anything."""
    digest: str = said.get("photo", "")
    rows = SheetPhoto.objects.of(audit.campaign_id).filter(unit_id=audit.unit_id, sha256=digest)
    return digest if digest and rows.exists() else ""
