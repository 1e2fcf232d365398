"""What the fields of a session are called where a change is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "kind": _("what is done"),
    "name": _("name"),
    "starts_at": _("time"),
    "ends_at": _("time"),
    "time_zone": _("time zone"),
    "place": _("place"),
    "lon": _("point on the map"),
    "lat": _("point on the map"),
    "at_a_home": _("whether it is a home"),
    "contact_id": _("whom to ask for"),
    "contact_words": _("whom to ask for"),
    "capacity": _("room"),
    "sign_up_limit": _("how many may sign up"),
    "step_free": _("steps"),
    "toilets": _("toilets"),
    "parking": _("parking"),
    "access_notes": _("getting in"),
}
