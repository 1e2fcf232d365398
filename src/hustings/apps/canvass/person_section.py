"""What was heard from a person, at the door or elsewhere: newest first, without what was taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from hustings.apps.campaigns.together import together
from hustings.apps.canvass.holding import held_among
from hustings.apps.canvass.kinds import Kind
from hustings.apps.canvass.models import CanvassEvent
from hustings.apps.people.models import PersonStanding
from hustings.apps.people.sections import Section, section
from hustings.apps.scripts.translating import name_of

if TYPE_CHECKING:
    from hustings.apps.people.models import Person


@section
def heard_from(person: Person) -> Section | None:
    """Each answer with its day, how it was asked and who asked."""
    events, disputed = together(
        CanvassEvent.objects.of(person.campaign_id)
        .filter(person=person)
        .select_related("device", "wording")
        .order_by("-position"),
        PersonStanding.objects.of(person.campaign_id).filter(person=person, disputed=True),
    )
    if not events:
        return None
    replaced = {event.corrects for event in events}
    held = held_among(person.campaign_id, events)
    lines = [
        _line(event, held=event.id in held)
        for event in events
        if event.kind != Kind.UNDO and event.id not in replaced
    ]
    if not lines:
        return None
    note = _("Two canvassers of one walk heard different answers.") if disputed else ""
    return Section(_("What was heard"), lines=lines, note=note)


def _line(event: CanvassEvent, *, held: bool) -> str:
    said = str(event.get_kind_display())
    if event.kind == Kind.ANSWERED:
        choices = event.wording.choices if event.wording else []
        labels = {str(choice["code"]): str(choice["label"]) for choice in choices}
        said = labels.get(event.support, event.support)
        if event.strength:
            said = f"{said} ({event.strength})"
    if language := str(event.more.get("said_in", "")).partition(":")[0]:
        said = _("%(said)s (asked in %(language)s)") % {
            "said": said, "language": name_of(language),
        }  # fmt: skip
    at = date_format(timezone.localtime(event.occurred_at), "j M Y H:i")
    line = f"{said} · {event.get_channel_display()} · {at} · {event.device.label}"
    return _("%(line)s · held back, counts nowhere") % {"line": line} if held else line
