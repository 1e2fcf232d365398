"""Mail with reporters' links: asked for at the desk, sent by the worker, each once, and never two within the hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from hustings.apps.audit.actions import record
from hustings.apps.contests.models import Reporter, ReporterLetter, ReporterStep
from hustings.core.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hustings.apps.audit.actors import Actor
    from hustings.apps.contests.models import Contest

AGAIN_AFTER = timedelta(hours=1)
"""Who was mailed is not mailed anew before, however often a button is pressed."""


@dataclass(frozen=True, slots=True)
class Mailed:
    """How the mail of a contest stands; ``new`` and ``again`` are those to whom mail may go now."""

    new: tuple[Reporter, ...]
    again: tuple[Reporter, ...]
    waiting: int
    sent: int
    unsent: int
    opened: int
    """Of those who were mailed."""
    reporters: int
    practised: int
    newest: Mapping[int, ReporterLetter]
    """By reporter, the letter that was asked for last."""


def mailed(contest: Contest) -> Mailed:
    """Three questions to the database, however many reporters there are."""
    reporters = list(
        Reporter.objects.of(contest.campaign_id).filter(contest=contest).order_by("name", "pk")
    )
    newest = newest_of(reporters)
    steps = set(
        ReporterStep.objects.of(contest.campaign_id)
        .filter(reporter__contest=contest)
        .values_list("reporter_id", "kind")
    )
    opened = {number for number, kind in steps if kind == ReporterStep.Kind.OPENED}
    practised = {number for number, kind in steps if kind == ReporterStep.Kind.PRACTISED}
    new, again, waiting, sent, unsent, opened_of_them = [], [], 0, 0, 0, 0
    for one in reporters:
        letter = newest.get(one.pk)
        went = letter is not None and letter.claimed_at is not None and not letter.dropped
        waiting += letter is not None and letter.waits
        sent += went
        unsent += letter is not None and bool(letter.dropped)
        opened_of_them += went and one.pk in opened
        if one.pk in opened or not _can_be_mailed(one):
            continue
        if letter is None or letter.dropped in NOT_TRIED:
            new.append(one)
        elif went and too_soon(letter) is None:
            again.append(one)
    return Mailed(
        tuple(new), tuple(again), waiting, sent, unsent, opened_of_them, len(reporters),
        len(practised), newest,
    )  # fmt: skip


NOT_TRIED = {
    ReporterLetter.Dropped.NO_ADDRESS, ReporterLetter.Dropped.ENDED, ReporterLetter.Dropped.OVER,
    ReporterLetter.Dropped.AWAY,
}  # fmt: skip
"""These never went to any mail server; one that the server refused goes again only where somebody asks for it."""


def _can_be_mailed(reporter: Reporter) -> bool:
    """Whether there is any address; whether it may be written to is asked when the mail is sent."""
    return bool(reporter.email) or reporter.volunteer_id is not None


def newest_of(reporters: Iterable[Reporter]) -> dict[int, ReporterLetter]:
    """By reporter, the letter that was asked for last."""
    found: dict[int, ReporterLetter] = {}
    rows = list(reporters)
    if rows:
        letters = ReporterLetter.objects.of(rows[0].campaign_id).filter(reporter__in=rows)
        found = {letter.reporter_id: letter for letter in letters.order_by("pk")}
    return found


def too_soon(letter: ReporterLetter) -> str | None:
    """A sentence, where another letter would be one too many."""
    if letter.waits:
        return _("Their mail waits already and goes out by itself.")
    if letter.dropped:
        return None
    went = letter.sent_at or letter.claimed_at or letter.asked_at
    if timezone.now() < went + AGAIN_AFTER:
        return _("They were mailed within the last hour. Wait a little, or ring them.")
    return None


def ask(reporter: Reporter, *, by: Actor, elsewhere: bool = False) -> ReporterLetter:
    """
    A mail to one of them, in the caller's transaction; ``elsewhere`` where the last one went to another address.

    Raises
    ------
    BadInput
        When there is no address, when their mail waits already, and within an hour of the last one.
    """
    Reporter.objects.of(reporter.campaign_id).select_for_update(of=("self",)).get(pk=reporter.pk)
    if not _can_be_mailed(reporter):
        raise BadInput(_("There is no e-mail address of %s.") % reporter.name)
    newest = newest_of([reporter]).get(reporter.pk)
    asked = newest is not None and (newest.waits or not elsewhere)
    if newest is not None and asked and (why := too_soon(newest)):
        raise BadInput(why)
    letter: ReporterLetter = ReporterLetter.objects.create(
        campaign_id=reporter.campaign_id, reporter=reporter, asked_by=by.label
    )
    record(by, "contest.mail_link", subject="reporter", subject_id=reporter.pk)
    return letter


def ask_all(contest: Contest, *, again: bool, by: Actor) -> int:
    """
    A mail to everybody who was not mailed, or anew to everybody who was and has not opened their link; how many.

    The contest's reporters are locked, so that two who press at once ask for one mail each.
    """
    list(
        Reporter.objects.of(contest.campaign_id)
        .filter(contest=contest)
        .select_for_update(of=("self",))
        .order_by("pk")
        .values_list("pk")
    )
    found = mailed(contest)
    to = found.again if again else found.new
    ReporterLetter.objects.bulk_create(
        ReporterLetter(campaign_id=contest.campaign_id, reporter=one, asked_by=by.label)
        for one in to
    )
    if to:
        record(
            by, "contest.mail_links", subject="contest", subject_id=contest.pk, count=len(to),
            detail={"again": again},
        )  # fmt: skip
    return len(to)
