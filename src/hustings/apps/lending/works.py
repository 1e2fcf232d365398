"""Playbooks and designs: what others lend us, and what we lend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.together import together
from hustings.apps.lending.models import Borrowed, Lent, Part
from hustings.apps.lending.wording import METHODS
from hustings.apps.materials.models import Release
from hustings.apps.materials.queries import states
from hustings.core.exchange.editions import Edition, newest
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.materials.queries import Standing
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger
    from hustings.core.law import Rule

STATES: dict[str, str | StrPromise] = {
    "newest": _("newest version"),
    "superseded": _("superseded by a newer version"),
    "withdrawn": _("withdrawn by them: do not use it"),
    "expired": _("its last day is over"),
}
A_GIFT = "US-5"
"""The rule that reaches printed copies: what somebody paid for is a gift when it is handed to another campaign."""


@dataclass(frozen=True, slots=True)
class Work:
    """One version that another campaign lends us."""

    record: Record
    said: dict[str, Any]
    by: str
    state: str
    files: tuple[Part, ...]
    borrowed: Borrowed | None = None

    @property
    def state_label(self) -> str:
        """The word for where it stands."""
        return str(STATES[self.state])

    @property
    def kind(self) -> str:
        """What it is, in words."""
        return str(METHODS[self.said["artefact"]])

    @property
    def imprints(self) -> list[tuple[str, str]]:
        """What theirs says in each country."""
        return sorted(self.said["imprints"].items())


def works_of(campaign: Campaign, ledger: Ledger) -> list[Work]:
    """Everything that others lend us, with all of its files here; the newest first."""
    names = {party.code: party.name for party in ledger.parties}
    files: dict[int, list[Part]] = {}
    parts, borrowed = together(
        Part.objects.of(campaign).defer("content").order_by("name"),
        Borrowed.objects.of(campaign).select_related("design"),
    )
    for part in parts:
        files.setdefault(part.record_id, []).append(part)
    made = {one.record_id: one for one in borrowed}
    theirs = [
        one
        for one in ledger.heard("release")
        if one.by != ledger.us and one.is_their_word and ledger.rows[one.name].pk in files
    ]
    highest = newest(Edition.of(one.said) for one in theirs)
    found = []
    for one in theirs:
        row, edition = ledger.rows[one.name], Edition.of(one.said)
        if any(said.by == one.by for said in ledger.about(one.name, "retraction")):
            state = "withdrawn"
        elif one.said.get("expires", "9999") <= ledger.now:
            state = "expired"
        else:
            state = "newest" if edition.version == highest[edition.series] else "superseded"
        found.append(
            Work(
                row, one.said, names.get(one.by, ""), state, tuple(files[row.pk]), made.get(row.pk)
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class OnLoan:
    """A version of ours that others may use; ``called_back`` is the record that tells them not to."""

    lent: Lent
    state: str
    called_back: Record | None


def on_loan(
    campaign: Campaign, ledger: Ledger, releases: list[Standing] | None = None
) -> list[OnLoan]:
    """What we lend, the newest first; ``releases`` are ours with their states, where they were read."""
    here = states(campaign) if releases is None else releases
    state_of = {one.release.pk: one.state for one in here}
    rows = Lent.objects.of(campaign).select_related("release__design", "record").order_by("-pk")
    found = []
    for lent in rows:
        told = [one for one in ledger.about(lent.record.name, "retraction") if one.by == ledger.us]
        back = ledger.rows[told[0].name] if told else None
        found.append(OnLoan(lent, state_of[lent.release_id], back))
    return found


def may_be_lent(campaign: Campaign, releases: list[Standing] | None = None) -> list[Release]:
    """Published versions that others may use and that are not lent yet; of ``releases``, where they were read."""
    lent = set(Lent.objects.of(campaign).values_list("release_id", flat=True))
    return [
        one.release
        for one in (states(campaign) if releases is None else releases)
        if one.state == "published"
        and one.release.uses != Release.Uses.OWN
        and one.release.licence.strip()
        and one.release.pk not in lent
    ]


def rule_of_gifts() -> Rule:
    """What the law says of handing over printed copies."""
    return next(rule for rule in the_book().rules if rule.id == A_GIFT)
