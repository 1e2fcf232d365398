"""Households, people, the ways to reach them, their consents and refusals."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow, ManyCampaignRow
from hustings.apps.places.models import Door


class Household(ManyCampaignRow):
    """
    Everybody at one address.

    ``address_key`` is the address and the postcode folded: the same for however it was typed.
    """

    address_key = models.TextField()
    address = models.TextField()
    postcode = models.TextField(blank=True)
    uprn = models.TextField(null=True)
    door = CampaignForeignKey(Door, on_delete=models.PROTECT, null=True, related_name="households")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "door"], name="household_by_door")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "address_key"], name="one_household_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.address


class Person(ManyCampaignRow):
    """
    Somebody we may talk to: from the register, met at a door, or written to us.

    ``name_key`` is surname and forenames folded (``hustings.core.register.fold``); search uses it.
    An anonymous elector has no name.
    """

    class Origin(models.TextChoices):
        """Where we know of them from."""

        REGISTER = "register", _("the register")
        DOOR = "door", _("a door")
        CONTACTS = "contacts", _("a contacts file")
        JOINED = "joined", _("came to help")

    household = CampaignForeignKey(
        Household, on_delete=models.PROTECT, null=True, related_name="people"
    )
    surname = models.TextField(blank=True)
    forename = models.TextField(blank=True)
    name_key = models.TextField(blank=True)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.REGISTER)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "name_key"], name="person_by_name"),
            models.Index(fields=["campaign", "household"], name="person_by_household"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Forenames and surname as people say them; a word for those whose name is withheld."""
        return f"{self.forename} {self.surname}".strip() or str(_("Anonymous elector"))


class ContactPoint(CampaignRow):
    """One telephone number (as +44…) or e-mail address of one person."""

    class Kind(models.TextChoices):
        """How it reaches."""

        PHONE = "phone", _("telephone")
        EMAIL = "email", _("e-mail")

    class Status(models.TextChoices):
        """What is known about it."""

        UNKNOWN = "unknown", _("not tried")
        OK = "ok", _("works")
        WRONG = "wrong", _("wrong person")
        DISCONNECTED = "disconnected", _("disconnected")
        OPTED_OUT = "opted_out", _("asked not to be reached here")

    person = CampaignForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.TextField()
    status = models.CharField(max_length=12, choices=Status, default=Status.UNKNOWN)
    status_at = models.DateTimeField(default=timezone.now)
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "person", "kind", "value"], name="one_contact_point_each"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "kind", "value"], name="contact_point_by_value")
        ]

    def __str__(self) -> str:
        return self.value


class Consent(CampaignRow):
    """What somebody said about being reached by us, when, and where it was said; the newest counts."""

    person = CampaignForeignKey(Person, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=5, choices=ContactPoint.Kind)
    given = models.BooleanField()
    source = models.TextField()
    said_on = models.DateField(null=True)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "person"], name="consent_by_person")]

    def __str__(self) -> str:
        return f"{self.channel}: {'yes' if self.given else 'no'}"


class DoNotContact(CampaignRow):
    """Somebody is not to be reached: on one channel, or at all where ``channel`` is empty."""

    person = CampaignForeignKey(Person, on_delete=models.CASCADE, related_name="refusals")
    channel = models.CharField(max_length=5, blank=True)
    reason = models.TextField(blank=True)
    source = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "person"], name="refusal_by_person")]

    def __str__(self) -> str:
        return self.channel or "all"


class PersonStanding(ManyCampaignRow):
    """
    What is known of one person by now, for choosing whom to visit: kept up by whoever hears it.

    A summary, worked out anew from the events of a person in the transaction that adds one
    (``hustings.apps.canvass``); no row says the same as a row of nothings. ``support`` is the code of
    a level of the campaign's scale, or of a party with its ``strength`` (1 weak to 3 strong).
    ``disputed`` says that two canvassers of one walk heard different answers; the newest is shown and
    both are kept. An attempt is a knock or a call; a contact is one at which somebody was spoken to.
    """

    person = CampaignForeignKey(Person, on_delete=models.CASCADE, related_name="standings")
    support = models.TextField(blank=True)
    strength = models.PositiveSmallIntegerField(null=True)
    support_at = models.DateTimeField(null=True)
    disputed = models.BooleanField(default=False)
    last_attempt_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    last_contact_channel = models.CharField(max_length=5, blank=True)
    door_contact_at = models.DateTimeField(null=True)
    phone_contact_at = models.DateTimeField(null=True)
    text_contact_at = models.DateTimeField(null=True)
    event_contact_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "person"], name="one_standing_each")
        ]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "support"], name="standing_by_support"),
            models.Index(fields=["campaign", "last_contact_at"], name="standing_by_contact"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.support or 'not asked'}"


class Erasure(CampaignRow):
    """
    Somebody was erased: what is left of them, without a name and without a hash of one.

    ``person_number`` is the number the person's row had. It tells a second request that the first was
    met, lets a report that still comes about them be refused, and lets the erasure be done again after
    an old backup was restored. Added and never changed; ``at`` is the moment of the transaction that
    erased, which is what the database's own functions ask for.
    """

    class Request(models.TextChoices):
        """On whose request."""

        PERSON = "person", _("the person’s own")
        FOR_THEM = "for_them", _("somebody’s who may act for the person")
        AUTHORITY = "authority", _("an authority’s or a court’s")
        OURS = "ours", _("nobody’s: the campaign decided it")

    person_number = models.BigIntegerField()
    at = models.DateTimeField(db_default=models.Func(function="transaction_timestamp"))
    by_label = models.TextField()
    request = models.CharField(max_length=9, choices=Request)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "person_number"], name="erased_once")
        ]

    def __str__(self) -> str:
        return f"person {self.person_number}, erased {self.at:%Y-%m-%d}"


class ErasedRows(CampaignRow):
    """How many rows, of one kind, an erasure removed or emptied."""

    erasure = CampaignForeignKey(Erasure, on_delete=models.CASCADE, related_name="kinds")
    kind = models.TextField()
    count = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "erasure", "kind"], name="one_count_a_kind_of_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.count}"


class Suppression(CampaignRow):
    """
    A keyed hash by which a register that comes again is kept from bringing an erased person back.

    See ``suppressing.py``. It points at no erasure and has no date, so that the two say nothing together.
    """

    digest = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "digest"], name="one_suppression_each")
        ]

    def __str__(self) -> str:
        return self.digest[:8]
