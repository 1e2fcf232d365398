"""Imprints, designs, their releases and what was decided about them, and copies by place. No questions here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hustings.apps.campaigns.rows import CampaignForeignKey, CampaignRow
from hustings.core.materials.imprint import Imprint


class ImprintFields(models.Model):
    """What is said in one country; the rules of that country know what may be empty."""

    class Publisher(models.TextChoices):
        """Who publishes, as rules tell them apart."""

        PARTY = "party", _("a party")
        CANDIDATE = "candidate", _("a candidate")
        OFFICE_HOLDER = "elected-office-holder", _("somebody in elected office")
        REGISTERED = "registered-campaigner", _("a registered campaigner")
        OTHER = "other", _("another")

    country = models.CharField(max_length=2)
    publisher = models.CharField(max_length=24, choices=Publisher, default=Publisher.OTHER)
    promoter_name = models.TextField(blank=True)
    promoter_address = models.TextField(blank=True)
    for_another = models.BooleanField(default=False)
    behalf_name = models.TextField(blank=True)
    behalf_address = models.TextField(blank=True)
    printer_name = models.TextField(blank=True)
    printer_address = models.TextField(blank=True)
    paid_for_by = models.TextField(blank=True)

    class Meta:
        abstract = True

    @property
    def imprint(self) -> Imprint:
        """The same as a value."""
        return Imprint(**{name: getattr(self, name) for name in IMPRINT})


IMPRINT = tuple(Imprint.__slots__)
"""The fields of an imprint, by name."""


class CampaignImprint(ImprintFields, CampaignRow):
    """What the campaign says in one country, until it says something else; new versions begin with it."""

    set_at = models.DateTimeField(default=timezone.now)
    set_by = models.TextField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "country"],
                condition=Q(ended_at=None),
                name="one_imprint_a_country",
            )
        ]

    def __str__(self) -> str:
        return self.country


class Design(CampaignRow):
    """Something that is printed or shown; what it looks like is said by its versions."""

    class Kind(models.TextChoices):
        """As the rules tell things apart; a playbook is «other» to them."""

        LEAFLET = "leaflet", _("leaflet")
        POSTER = "poster", _("poster")
        BADGE = "badge", _("badge")
        STICKER = "sticker", _("sticker")
        SHIRT = "shirt", _("shirt")
        PLAYBOOK = "playbook", _("playbook")

    name = models.TextField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.LEAFLET)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_design_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Artwork(CampaignRow):
    """
    A file that was sent in, by its digest.

    In the database and not beside it, so that a backup has it and the wall stands round it.
    """

    class Type(models.TextChoices):
        """What the file is by its content, whatever it is called."""

        PDF = "pdf", "PDF"
        PNG = "png", "PNG"
        JPEG = "jpg", "JPEG"

    name = models.TextField()
    type = models.CharField(max_length=4, choices=Type)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveIntegerField()
    pages = models.PositiveSmallIntegerField()
    content = models.BinaryField()
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "sha256"], name="one_artwork_a_digest")
        ]

    def __str__(self) -> str:
        return self.name


class Release(CampaignRow):
    """
    One version of a design.

    The database lets nobody change it: a correction is the next version.
    """

    class Medium(models.TextChoices):
        """Where it is seen."""

        PRINTED = "printed", _("printed")
        DIGITAL = "digital", _("shown on screens")

    class Paper(models.TextChoices):
        """What a made-up sheet is set on; artwork keeps its own size."""

        A4 = "a4", "A4"
        A5 = "a5", "A5"
        A6 = "a6", "A6"
        BADGE = "badge", _("badge, 90 × 55 mm")

    class Place(models.TextChoices):
        """Where the imprint stands on the first page."""

        FOOT = "foot", _("at the foot of the first page")
        HEAD = "head", _("at the head of the first page")

    class Uses(models.TextChoices):
        """Who may do what with it."""

        OWN = "own", _("this campaign only")
        ALLIES = "allies", _("this campaign and those it lends to")
        ANYBODY = "anybody", _("anybody, as the licence says")

    design = CampaignForeignKey(Design, on_delete=models.CASCADE, related_name="releases")
    version = models.PositiveIntegerField()
    headline = models.TextField(blank=True)
    text = models.TextField(blank=True)
    artwork = CampaignForeignKey(Artwork, on_delete=models.PROTECT, related_name="+", null=True)
    medium = models.CharField(max_length=8, choices=Medium, default=Medium.PRINTED)
    paper = models.CharField(max_length=8, choices=Paper, default=Paper.A5)
    pages = models.PositiveSmallIntegerField(default=1)
    language = models.CharField(max_length=12)
    licence = models.TextField(blank=True)
    uses = models.CharField(max_length=8, choices=Uses, default=Uses.OWN)
    paid = models.BooleanField(default=False)
    imprint_place = models.CharField(max_length=8, choices=Place, default=Place.FOOT)
    imprint_points = models.PositiveSmallIntegerField(default=8)
    expires_on = models.DateField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "design", "version"], name="one_release_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.design_id}, {self.version}"


class ReleaseImprint(ImprintFields, CampaignRow):
    """What this version says in one country where it is shown."""

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="imprints")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "release", "country"], name="one_block_a_country"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.country}"


class Quote(CampaignRow):
    """
    A statement that this version quotes.

    Parameters
    ----------
    statement
        The id of the record, as the ledger names it.
    proof_address
        The short address where anybody can check it; printed under the words.
    """

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="quotes")
    statement = models.TextField()
    words = models.TextField()
    proof_address = models.TextField()
    with_qr = models.BooleanField(default=False)
    whole_proof = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["campaign", "statement"], name="quote_by_statement"),
            models.Index(fields=["campaign", "release"], name="quote_by_release"),
        ]

    def __str__(self) -> str:
        return self.words


class Publication(CampaignRow):
    """This version may be printed and shown; an older one of its design is superseded by it."""

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="publications")
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "release"], name="one_publication_each")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} published"


class Withdrawal(CampaignRow):
    """This version must not be used any more."""

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="withdrawals")
    why = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "release"], name="one_withdrawal_each")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} withdrawn"


class WentOn(CampaignRow):
    """Somebody who may went past a finding, and said why; the finding stays as it was."""

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="went_on")
    country = models.CharField(max_length=2)
    rule = models.TextField()
    case = models.TextField()
    severity = models.CharField(max_length=6)
    role = models.CharField(max_length=12)
    reason = models.TextField()
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["campaign", "release", "country", "rule", "case"], name="gone_on_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.case}: {self.reason}"


class Exported(CampaignRow):
    """The print-ready file left, for one country; the same file again has the same digest."""

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="exports")
    country = models.CharField(max_length=2)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "release"], name="export_by_release")]

    def __str__(self) -> str:
        return f"{self.release_id} for {self.country}"


class Noted(CampaignRow):
    """What the rules said when a version was published or left as a file: for the record."""

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="noted")
    act = models.CharField(max_length=8)
    country = models.CharField(max_length=2)
    rule = models.TextField()
    case = models.TextField()
    severity = models.CharField(max_length=6)
    sentence = models.TextField()
    citation = models.TextField()
    source = models.TextField()
    read_on = models.DateField()
    on = models.DateField()
    by = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["campaign", "release"], name="noted_by_release")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.case}"


class StockPlace(CampaignRow):
    """A shelf, an office, a garage: where copies lie."""

    name = models.TextField()
    address = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_stock_place_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Holder(CampaignRow):
    """Who takes copies, by the name they are known by; a row of its own, so that one name can be taken out."""

    name = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "name"], name="one_holder_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class StockMove(CampaignRow):
    """Copies that were printed, given out, brought back or destroyed; added and never changed."""

    class Kind(models.TextChoices):
        """As ``core/materials`` counts."""

        PRINTED = "printed", _("printed")
        GIVEN_OUT = "given_out", _("given out")
        RETURNED = "returned", _("returned")
        DESTROYED = "destroyed", _("destroyed")

    release = CampaignForeignKey(Release, on_delete=models.CASCADE, related_name="moves")
    place = CampaignForeignKey(StockPlace, on_delete=models.PROTECT, related_name="moves")
    holder = CampaignForeignKey(Holder, on_delete=models.PROTECT, related_name="moves", null=True)
    kind = models.CharField(max_length=10, choices=Kind)
    count = models.PositiveIntegerField()
    form_id = models.UUIDField()
    at = models.DateTimeField(default=timezone.now)
    by = models.TextField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "form_id"], name="one_move_a_form")
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "release"], name="move_by_release")]

    def __str__(self) -> str:
        return f"{self.count} {self.kind}"
