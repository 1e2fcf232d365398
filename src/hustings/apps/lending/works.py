"""Playbooks and designs: what others lend us, and what we lend."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from hustings.apps.lending.models import Borrowed, Lent, Part
from hustings.apps.lending.wording import METHODS
from hustings.apps.materials.models import Release
from hustings.apps.materials.queries import standings
from hustings.apps.statements.queries import parties_of
from hustings.core.exchange.editions import Edition, newest
from hustings.formats.law import the_book

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from hustings.apps.campaigns.models import Campaign
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
    names = {party.code: party.name for party in parties_of(campaign)}
    files: dict[int, list[Part]] = {}
    for part in Part.objects.of(campaign).defer("content").order_by("name"):
        files.setdefault(part.record_id, []).append(part)
    made = {one.record_id: one for one in Borrowed.objects.of(campaign).select_related("design")}
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


def on_loan(campaign: Campaign, ledger: Ledger) -> list[OnLoan]:
    """What we lend, the newest first."""
    states = {one.release.pk: one.state for one in standings(campaign)}
    rows = Lent.objects.of(campaign).select_related("release__design", "record").order_by("-pk")
    found = []
    for lent in rows:
        told = [one for one in ledger.about(lent.record.name, "retraction") if one.by == ledger.us]
        back = ledger.rows[told[0].name] if told else None
        found.append(OnLoan(lent, states[lent.release_id], back))
    return found


def may_be_lent(campaign: Campaign) -> list[Release]:
    """Published versions that others may use and that are not lent yet."""
    lent = set(Lent.objects.of(campaign).values_list("release_id", flat=True))
    return [
        one.release
        for one in standings(campaign)
        if one.state == "published"
        and one.release.uses != Release.Uses.OWN
        and one.release.licence.strip()
        and one.release.pk not in lent
    ]


def rule_of_gifts() -> Rule:
    """What the law says of handing over printed copies."""
    return next(rule for rule in the_book().rules if rule.id == A_GIFT)
