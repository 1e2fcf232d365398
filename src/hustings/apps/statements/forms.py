"""What is written down at the press desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.accounts.queries import members_of
from hustings.apps.accounts.roles import Right
from hustings.apps.statements.models import Matter
from hustings.apps.statements.told import Call
from hustings.apps.statements.wording import AUTHORITIES, EVIDENCE, KINDS
from hustings.core.ledger.hearing import CALLED_BACK

if TYPE_CHECKING:
    from hustings.apps.accounts.models import Membership
    from hustings.apps.statements.models import Party

MOST_CHARACTERS = 5000
MOST_BYTES = 1_000_000


def _moment(**options: Any) -> forms.DateTimeField:
    # The seconds of a time that is filled in already would be refused by the browser's own check.
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(widget=widget, **options)


def _words(**options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(widget=widget, max_length=MOST_CHARACTERS, **options)


class RecoveryForm(forms.Form):
    """The recovery key, typed in from paper."""

    words = forms.CharField(
        label=_("The words under “recovery key”"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
    )
    stolen = forms.BooleanField(
        label=_("The keys in use were stolen: what they sign from now on counts for nothing"),
        required=False,
    )
    lost = forms.BooleanField(
        label=_("The words under “next keys” are lost too, or somebody else has read them")
    )


class DraftForm(forms.Form):
    """Our own word, before anybody approved it."""

    kind = forms.ChoiceField(label=_("What it is"), choices=list(KINDS.items()))
    body = _words(label=_("The exact words"))
    to = forms.ChoiceField(label=_("To whom"))
    for_the_candidate = forms.BooleanField(
        label=_("It is the candidate's own word; an endorsement always is"), required=False
    )
    private = forms.BooleanField(label=_("It must not be quoted in public"), required=False)
    not_before = _moment(label=_("Silence until (embargo)"), required=False)
    expires = _moment(label=_("Holds until"), required=False)

    def __init__(self, *arguments: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a choice field's
            ("", _("everyone")),
            *((party.code, party.name) for party in parties),
        ]
        self.fields["to"].required = False


class ClaimForm(forms.Form):
    """Something that was said in public about what the other side said or did."""

    ours = forms.ChoiceField(
        label=_("Who said it"), choices=[("yes", _("somebody of ours")), ("no", _("they"))]
    )
    quote = _words(label=_("The exact words that were said"))
    kind = forms.ChoiceField(label=_("What it is said to be"), choices=list(KINDS.items()))
    when = _moment(label=_("When it was said"))
    where = forms.CharField(label=_("Where"), required=False, max_length=200)
    told_by = forms.CharField(
        label=_("Who had told us (stays with us and can be erased)"),
        required=False,
        max_length=200,
    )


class HopeForm(forms.Form):
    """What is hoped for and was not received."""

    kind = forms.ChoiceField(
        label=_("What is hoped for"),
        choices=[*KINDS.items(), ("volunteers", _("people who come to help"))],
    )
    quote = _words(label=_("In whose words, or in ours"))
    due = _moment(label=_("By when"), required=False)


class EvidenceForm(forms.Form):
    """How we know: told by someone, published by them, or confirmed by a call back."""

    when = _moment(label=_("When they said it"))
    evidence = forms.ChoiceField(label=_("How do we know?"), choices=list(EVIDENCE.items()))
    source = forms.CharField(
        label=_("Where from: the paper and its date, or who told us"), max_length=300
    )
    spoke_to = forms.CharField(label=_("Call back: whom did you speak to?"), required=False)
    number = forms.CharField(
        label=_("Call back: on which number, that we had before?"), required=False
    )
    listened = forms.ChoiceField(label=_("Call back: who of ours listened?"), required=False)

    def __init__(self, *arguments: Any, member: Membership, party: Party, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.member = member
        self.fields["number"].initial = party.telephone
        self.fields["when"].initial = timezone.localtime().replace(second=0, microsecond=0)
        others = members_of(member.campaign).exclude(pk=member.pk)
        self.fields["listened"].choices = [  # type: ignore[attr-defined]  # a choice field's
            ("", "–"),
            *((one.called, one.called) for one in others),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("evidence") == CALLED_BACK:
            for name in ("spoke_to", "number", "listened"):
                if not cleaned.get(name):
                    self.add_error(
                        name, _("A call back needs this: whom, which number, and who listened.")
                    )
        return cleaned

    def call(self) -> Call | None:
        """The call back, where it was one."""
        said = self.cleaned_data
        if said["evidence"] != CALLED_BACK:
            return None
        return Call(
            said["spoke_to"], said["number"], timezone.now(), self.member.called,
            said["listened"],
        )  # fmt: skip


class WordForm(EvidenceForm):
    """A statement of theirs that they did not sign."""

    body = _words(label=_("Their exact words"))
    kind = forms.ChoiceField(label=_("What it is"), choices=list(KINDS.items()))
    field_order = ("body", "kind")


class AnswerForm(EvidenceForm):
    """What they say to a claim about them."""

    decision = forms.ChoiceField(
        label=_("Their answer"),
        choices=[
            ("deny", _("they deny it")),
            ("confirm", _("they confirm it")),
            ("correct", _("they correct it")),
        ],
    )
    text = _words(label=_("Their exact words"))
    authority = forms.ChoiceField(
        label=_("Who of theirs said so"), choices=list(AUTHORITIES.items())
    )
    field_order = ("decision", "text", "authority")


class RespondForm(forms.Form):
    """Our own answer to what is claimed of us."""

    decision = forms.ChoiceField(
        label=_("Our answer"),
        choices=[
            ("deny", _("we deny it")),
            ("confirm", _("we confirm it")),
            ("correct", _("we correct it")),
        ],
    )
    text = _words(label=_("Our exact words"))


class RetractForm(forms.Form):
    """Taking back what we claimed."""

    reason = _words(label=_("Why we take it back, in words for everyone"))


class AnnounceForm(forms.Form):
    """What we say in public that they said."""

    quote = _words(label=_("The words to announce, exactly as they said them"))
    kind = forms.ChoiceField(label=_("Announce it as"), choices=list(KINDS.items()))


class MatterForm(forms.Form):
    """Something that came in and needs an answer."""

    why = forms.ChoiceField(label=_("What came in"), choices=Matter.Why.choices, initial="other")
    words = _words(label=_("In which words, and where"))
    due_at = _moment(label=_("Until when it wants an answer (none: by what it is)"), required=False)


class HandOverForm(forms.Form):
    """Who has it from now on."""

    to = forms.ChoiceField(label=_("To whom"))

    def __init__(self, *arguments: Any, member: Membership, **options: Any) -> None:
        super().__init__(*arguments, **options)
        others = [one for one in members_of(member.campaign) if one.may(Right.STATEMENTS)]
        self.fields["to"].choices = [  # type: ignore[attr-defined]  # a choice field's
            (str(one.pk), one.called) for one in others
        ]


class HourForm(forms.Form):
    """Another hour."""

    due_at = _moment(label=_("It wants an answer by"))


class HowForm(forms.Form):
    """How something ended."""

    how = forms.CharField(label=_("In words for whoever asks later"), max_length=1000)


class PartyForm(forms.Form):
    """Somebody to exchange a word with: by their card, or by name and telephone where they have none."""

    card = forms.FileField(
        label=_("Their card (a file they sent you)"), required=False, max_length=MOST_BYTES
    )
    name = forms.CharField(label=_("or their name, if they have no card"), required=False)
    telephone = forms.CharField(
        label=_("A telephone number that you know is theirs"), required=False, max_length=60
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("card") and not cleaned.get("name"):
            self.add_error("card", _("Choose their card, or write their name."))
        return cleaned


class MeetForm(forms.Form):
    """The eight words were the same."""

    read_with = forms.CharField(label=_("Who read theirs to you?"), max_length=120)
    same = forms.BooleanField(label=_("All eight words were the same on both ends"))


class BundleForm(forms.Form):
    """A bundle, as a file or pasted."""

    file = forms.FileField(label=_("The file they sent"), required=False)
    text = forms.CharField(
        label=_("or paste what it says"),
        required=False,
        max_length=MOST_BYTES,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        strip=False,
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("file") and not cleaned.get("text"):
            self.add_error("file", _("Choose a file, or paste its text."))
        return cleaned
