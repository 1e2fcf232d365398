"""Writing down who helps on which terms, and deciding about it: each asks the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.campaigns.tenancy import tenant
from hustings.apps.contributions import access, queries
from hustings.apps.contributions.judging import LawSaysNo
from hustings.apps.contributions.models import Decision, Help, Noted, Payment, Terms, WentOn
from hustings.core.errors import BadInput
from hustings.core.law import MayNotOverride

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hustings.apps.accounts.models import Membership
    from hustings.apps.audit.actors import Actor
    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.contributions.queries import Standing


def propose(
    campaign: Campaign,
    values: Mapping[str, Any],
    payments: Sequence[Mapping[str, Any]],
    *,
    by: Actor,
    help_id: int | None = None,
) -> Terms:
    """
    Terms as somebody proposes them; of help that there is, other terms, to be agreed anew.

    Parameters
    ----------
    values, payments
        Fields of :class:`Terms` and of :class:`Payment`, by name.

    Raises
    ------
    BadInput
        The help has ended, or a payment is left out.
    """
    with tenant(campaign.pk):
        if {one["what"] for one in payments} != set(Payment.What.values):
            raise BadInput(_("Say of each, travel, stipend, lodging and pay, who pays for it."))
        if help_id is None:
            thread = Help.objects.create(campaign=campaign, made_by=by.label)
        else:
            before = access.terms_for(campaign, help_id, lock=True)
            if queries.standing_of(before).state == Decision.Kind.ENDED:
                raise BadInput(_("This help has ended; write down new help instead."))
            thread = before.help
        terms: Terms = Terms.objects.create(
            campaign=campaign, help=thread, made_by=by.label, **values
        )
        Payment.objects.bulk_create(
            Payment(campaign=campaign, terms=terms, **one) for one in payments
        )
        standing = queries.standing_of(terms)
        _note(standing, "propose", by)
        record(
            by, "help.propose", subject="help", subject_id=thread.pk,
            detail={"people": terms.people, "stopped_by": [p.rule for p in standing.stopping]},
        )  # fmt: skip
    return terms


def decide(
    campaign: Campaign,
    help_id: int,
    kind: str,
    *,
    by: Membership,
    why: str = "",
    reasons: Mapping[str, str] | None = None,
) -> Decision:
    """
    Agree to the latest terms, refuse them, or end what was agreed.

    Parameters
    ----------
    reasons
        Why somebody goes on past a finding, by :attr:`Point.key`.

    Raises
    ------
    LawSaysNo
        A rule stops it, or a question is open that might.
    MayNotOverride
        A reason was given by somebody whom the rule does not name.
    BadInput
        It does not stand so that this can be decided.
    """
    with tenant(campaign.pk):
        terms = access.terms_for(campaign, help_id, lock=True)
        standing = queries.standing_of(terms)
        wanted = Decision.Kind.AGREED if kind == Decision.Kind.ENDED else queries.PROPOSED
        if kind not in Decision.Kind.values or standing.state != wanted:
            raise BadInput(
                _("This is %(state)s already; nothing was changed.")
                % {"state": standing.state_label}
            )
        if kind == Decision.Kind.AGREED:
            standing = _gone_past(standing, by, reasons or {})
            if standing.stopping:
                raise LawSaysNo(standing.stopping)
        elif not why.strip():
            raise BadInput(_("Say why in a few words: somebody will ask."))
        decision: Decision = Decision.objects.create(
            campaign=campaign, terms=terms, kind=kind, why=why.strip(), by=by.actor.label
        )
        _note(standing, kind, by.actor)
        record(
            by.actor, "help.decide", subject="help", subject_id=help_id,
            detail={"kind": kind, "went_past": [p.rule for p in standing.points if p.past]},
        )  # fmt: skip
    return decision


def _gone_past(standing: Standing, by: Membership, reasons: Mapping[str, str]) -> Standing:
    """The same, once what was given a reason is a row."""
    for point in standing.stopping:
        reason = reasons.get(point.key, "").strip()
        if not reason:
            continue
        if by.role not in point.roles:
            raise MayNotOverride(
                _("%(rule)s cannot be gone past by you. %(sentence)s")
                % {"rule": point.rule, "sentence": point.sentence}
            )
        WentOn.objects.create(
            campaign=standing.terms.campaign, terms=standing.terms, rule=point.rule,
            case=point.case, severity=point.severity, role=by.role, reason=reason,
            on=queries.today(), by=by.actor.label,
        )  # fmt: skip
    return queries.standing_of(standing.terms)


def _note(standing: Standing, act: str, by: Actor) -> None:
    Noted.objects.bulk_create(
        Noted(
            campaign=standing.terms.campaign, terms=standing.terms, act=act, rule=point.rule,
            case=point.case, severity=point.severity, sentence=point.sentence,
            citation=point.citation, source=point.source, read_on=point.read_on,
            on=queries.today(), by=by.label,
        )
        for point in standing.points
    )  # fmt: skip
