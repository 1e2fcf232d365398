"""
The one registry of texts that hold statements: which they are, and what they may say now.

A text holds a statement by its name (:mod:`hustings.core.ledger.embedded`), and asks here for the words each time it
is shown, so that a word that was taken back is gone from all of them at once.
Whoever saves or prints such a text keeps a row here in the same transaction, so that every place can be listed.
A room with texts of its own registers a :class:`Surface`, so that this room names none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from hustings.apps.campaigns.texts import keeper
from hustings.apps.statements import publishing
from hustings.apps.statements.models import Embedding
from hustings.apps.statements.publishing import name_of_whoever_said, still_verifies
from hustings.apps.statements.reading import ledger_of
from hustings.apps.statements.wording import WHY_NOT
from hustings.core.errors import BadInput
from hustings.core.ledger.announcing import may_quote
from hustings.core.ledger.embedded import check_tokens, names_in, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from django.db.models import QuerySet
    from django_stubs_ext import StrPromise

    from hustings.apps.campaigns.models import Campaign
    from hustings.apps.statements.models import Record
    from hustings.apps.statements.reading import Ledger

    type Spots = Callable[[Campaign, Ledger, Iterable[int], str], list[Spot]]


@dataclass(frozen=True, slots=True)
class Spot:
    """
    One place where the words are to be seen.

    Parameters
    ----------
    shows
        Whether they are seen there now: asked of what is shown there, not of the rule.
    copies, place, holder
        Of paper, which shows them until somebody brings it back.
    """

    title: str
    shows: bool
    address: str = ""
    copies: int = 0
    place: str = ""
    holder: str = ""

    @property
    def on_paper(self) -> bool:
        """Whether it cannot change by itself."""
        return bool(self.copies)


@dataclass(frozen=True)
class Surface:
    """
    A kind of text.

    Parameters
    ----------
    spots
        Finds where the statement of that name is to be seen: in the texts with these numbers, whose rows are kept
        here, and in any other that the surface finds to hold it. What may be said now stands in the ledger, which
        is read once for all of them.
    """

    code: str
    name: StrPromise
    spots: Spots


SURFACES: dict[str, Surface] = {}


def surface(code: str, name: StrPromise) -> Callable[[Spots], object]:
    """Register the function that finds the places of one kind of text."""

    def register(spots: Spots) -> object:
        SURFACES[code] = Surface(code, name, spots)
        return spots

    return register


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of a text as it may be shown now: plain words, or a statement that stands or does not."""

    text: str
    is_statement: bool = False
    stands: bool = True
    why: str = ""
    by: str = ""
    name: str = ""


def shown(campaign: Campaign, text: str, ledger: Ledger | None = None) -> list[Shown]:
    """The text in pieces, each statement in it judged anew; plain texts ask the database nothing."""
    parts = parts_of(text)
    if not any(part.name for part in parts):
        return [Shown(part.text) for part in parts]
    ledger = ledger or ledger_of(campaign)
    return [
        judged(campaign, ledger, part.name) if part.name else Shown(part.text) for part in parts
    ]


def as_plain_text(campaign: Campaign, text: str) -> str:
    """The text with the words of what stands; what does not is left out, and never shown as said."""
    return "".join(piece.text if piece.stands else "…" for piece in shown(campaign, text))


def judged(campaign: Campaign, ledger: Ledger, letters: str) -> Shown:
    """The statement whose name begins so, as it may be quoted now."""
    found = [name for name in ledger.rows if name.startswith(letters)]
    if len(found) != 1:
        return Shown("", True, stands=False, why=str(WHY_NOT["not-on-record"]), name=letters)
    (name,) = found
    said = may_quote(ledger.standing, ledger.us, name, ledger.now)
    one, row = ledger.standing.heard[name], ledger.rows[name]
    reason = said.reason
    if said.allowed and row.issuer != ledger.us and not still_verifies(ledger, row):
        reason = "not-on-record"
    stands = said.allowed and reason == said.reason
    why = "" if stands else str(WHY_NOT.get(reason, WHY_NOT["not-on-record"]))
    by = "" if one.by == ledger.us else name_of_whoever_said(ledger, row)
    words = one.said.get("body", "") if stands else ""
    return Shown(words, True, stands=stands, why=why, by=by, name=name)


@keeper
def keep_text(campaign: Campaign, surface: str, subject: int, text: str) -> None:
    """
    Keep which statements a text holds from now on; the wall must be open, and the caller writes the audit line.

    Raises
    ------
    BadInput
        When one of them is new to the text and may not be quoted, or something only looks like one.
    """
    check_tokens(text)
    letters = names_in(text)
    if not letters and not _running(campaign, surface, subject).exists():
        return
    ledger = ledger_of(campaign)
    there = set(_running(campaign, surface, subject).values_list("record", flat=True))
    wanted = set()
    for said in letters:
        piece = judged(campaign, ledger, said)
        if not piece.stands and piece.name not in there:
            raise BadInput(
                _("The statement %(name)s cannot be quoted: %(why)s")
                % {"name": said, "why": piece.why}
            )
        wanted.add(piece.name)
    keep(campaign, surface, subject, wanted)


def keep(campaign: Campaign, surface: str, subject: int, names: Iterable[str]) -> None:
    """Keep that this text holds these statements, by their whole names, and no others."""
    wanted = set(names)
    rows = _running(campaign, surface, subject)
    rows.exclude(record__in=wanted).update(ended_at=timezone.now())
    add_embedded(campaign, surface, subject, wanted)


def add_embedded(campaign: Campaign, surface: str, subject: int, names: Iterable[str]) -> None:
    """Keep that this text holds these statements too, beside those it held: as paper does."""
    there = set(_running(campaign, surface, subject).values_list("record", flat=True))
    Embedding.objects.bulk_create(
        Embedding(campaign=campaign, surface=surface, subject=subject, record=name)
        for name in sorted(set(names) - there)
    )


def _running(campaign: Campaign, surface: str, subject: int) -> QuerySet[Embedding]:
    return Embedding.objects.of(campaign).filter(surface=surface, subject=subject, ended_at=None)


@dataclass(frozen=True, slots=True)
class Places:
    """Everywhere a statement is to be seen: ``right`` of ``online`` show it as it stands; the rest is paper."""

    stands: bool
    why: str
    online: list[tuple[str, Spot]]
    printed: list[tuple[str, Spot]]

    @property
    def right(self) -> int:
        """How many places online show just what they may."""
        return sum(spot.shows == self.stands for _name, spot in self.online)

    @property
    def copies(self) -> int:
        """How many copies are out on paper."""
        return sum(spot.copies for _name, spot in self.printed)


def places_of(campaign: Campaign, ledger: Ledger, row: Record) -> Places:
    """Where this statement is embedded, each place asked what it shows now."""
    piece = judged(campaign, ledger, row.name)
    subjects: dict[str, set[int]] = {}
    rows = Embedding.objects.of(campaign).filter(record=row.name, ended_at=None)
    for one in rows.order_by("pk"):
        subjects.setdefault(one.surface, set()).add(one.subject)
    online: list[tuple[str, Spot]] = []
    printed: list[tuple[str, Spot]] = []
    for code, kind in SURFACES.items():
        for spot in kind.spots(campaign, ledger, sorted(subjects.get(code, ())), row.name):
            (printed if spot.on_paper else online).append((str(kind.name), spot))
    return Places(piece.stands, piece.why, online, printed)


def is_embedded(campaign: Campaign, name: str) -> bool:
    """Whether any text holds it; what was printed never ceases to."""
    found: bool = Embedding.objects.of(campaign).filter(record=name, ended_at=None).exists()
    return found


@surface("public", _lazy("our public page and its feeds"))
def _on_our_public_page(
    campaign: Campaign, ledger: Ledger, subjects: Iterable[int], name: str
) -> list[Spot]:
    if not subjects and not publishing.was_published(ledger, name):
        return []
    public = publishing.published(campaign, ledger)
    shows = any(item.record.name == name and not item.ended for item in public)
    address = reverse("public:page", kwargs={"slug": campaign.slug})
    return [Spot(_("What %(name)s says") % {"name": campaign.name}, shows, address)]
