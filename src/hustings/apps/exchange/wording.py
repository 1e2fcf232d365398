"""What a person reads where a record that travels has a word of its own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

RECORDS = {
    "statement": _("a statement"),
    "receipt": _("a receipt for what they said"),
    "query": _("a question: did you say so?"),
    "claim": _("a claim"),
    "response": _("an answer to a claim"),
    "retraction": _("a claim that was withdrawn"),
    "announcement": _("that we announced their word"),
}
RECEIPTS = {
    "received": _("Received"),
    "accepted": _("Accepted"),
    "declined": _("Declined"),
}
