"""Words about excerpts: sides by name, kinds, roles and grades of evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.translation import gettext as _

from hustings.apps.clippings.wording import BASES, DONE, GRADES, KINDS, ROLES
from hustings.apps.statements.wording import AUTHORITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hustings.apps.clippings.models import Meaning
    from hustings.apps.clippings.queries import Clipping
    from hustings.apps.statements.models import Party

register = template.Library()
ICONS = {
    "hope": "hourglass", "claim": "circle-alert", "confirmation": "circle-check", "denial": "circle-x",
    "correction": "pencil", "retraction": "undo-2", "praise": "message-square",
    "offer of help": "hand", "event": "calendar-days", "fact": "book-user", "conflict": "triangle-alert",
}  # fmt: skip


@register.simple_tag
def icon_of(kind: str) -> str:
    """The picture beside a kind."""
    return ICONS.get(kind, "newspaper")


@register.simple_tag
def as_what(kind: str) -> str:
    """A kind as a thing: a claim, a denial."""
    return str(KINDS.get(kind, kind))


@register.simple_tag
def done_as(kind: str) -> str:
    """A kind as what was done."""
    return str(DONE.get(kind, kind))


@register.simple_tag
def basis_in_words(basis: str) -> str:
    """In whose words it stands."""
    return str(BASES.get(basis, basis))


@register.simple_tag
def authority_in_words(authority: str) -> str:
    """Who of theirs said it."""
    return str(AUTHORITIES.get(authority, authority))


@register.simple_tag
def grade_in_words(grade: str) -> str:
    """How well it is known that it was said."""
    return str(GRADES.get(grade, grade))


@register.simple_tag
def speaker_in_words(speaker: str, role: str, relay: str) -> str:
    """Who speaks, as what, and through whom it came."""
    who = f"{speaker} ({ROLES[role]})" if role in ROLES and speaker else speaker
    if not who:
        return _("nobody is named")
    return _("%(who)s, through %(relay)s") % {"who": who, "relay": relay} if relay else who


@register.simple_tag
def whose(meaning: Meaning) -> str:
    """The speaker of an excerpt as it is taken now."""
    return speaker_in_words(meaning.speaker, meaning.role, meaning.relay)


@register.simple_tag
def side_name(side: Party | str | None, campaign: object) -> str:
    """A side by its name; ours by the campaign's."""
    if side is None:
        return _("the paper")
    return str(campaign) if isinstance(side, str) else side.name


@register.simple_tag
def side_names(sides: Iterable[Party | str], campaign: object) -> str:
    """Several sides, parted by commas."""
    return ", ".join(side_name(side, campaign) for side in sides)


@register.simple_tag
def clipping_done(clipping: Clipping) -> str:
    """What was done by an excerpt's words, and what became of it."""
    from hustings.apps.clippings.timeline import done

    return done(clipping)
