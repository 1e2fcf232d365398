"""The tables of this room, behind the wall."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0002_the_web_role_may_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("address_key", models.TextField()),
                ("address", models.TextField()),
                ("postcode", models.TextField(blank=True)),
                ("uprn", models.TextField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "address_key"), name="one_household_an_address"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("surname", models.TextField(blank=True)),
                ("forename", models.TextField(blank=True)),
                ("name_key", models.TextField(blank=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("register", "the register"),
                            ("door", "a door"),
                            ("contacts", "a contacts file"),
                        ],
                        default="register",
                        max_length=8,
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "household",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="people.household",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "name_key"], name="person_by_name"),
                    models.Index(fields=["campaign", "household"], name="person_by_household"),
                ]
            },
        ),
        migrations.CreateModel(
            name="DoNotContact",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("channel", models.CharField(blank=True, max_length=5)),
                ("reason", models.TextField(blank=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "person",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refusals",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "person"], name="refusal_by_person")]
            },
        ),
        migrations.CreateModel(
            name="ContactPoint",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("phone", "telephone"), ("email", "e-mail")], max_length=5
                    ),
                ),
                ("value", models.TextField()),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("unknown", "not tried"),
                            ("ok", "works"),
                            ("wrong", "wrong person"),
                            ("disconnected", "disconnected"),
                            ("opted_out", "asked not to be reached here"),
                        ],
                        default="unknown",
                        max_length=12,
                    ),
                ),
                ("status_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("source", models.TextField(blank=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "person",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contact_points",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["campaign", "kind", "value"], name="contact_point_by_value"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "person", "kind", "value"),
                        name="one_contact_point_each",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "channel",
                    models.CharField(
                        choices=[("phone", "telephone"), ("email", "e-mail")], max_length=5
                    ),
                ),
                ("given", models.BooleanField()),
                ("source", models.TextField()),
                ("said_on", models.DateField(null=True)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="campaigns.campaign",
                    ),
                ),
                (
                    "person",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consents",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "person"], name="consent_by_person")]
            },
        ),
        BehindTheWall("people_household"),
        BehindTheWall("people_person", {"household_id": "people_household"}),
        BehindTheWall("people_contactpoint", {"person_id": "people_person"}),
        BehindTheWall("people_consent", {"person_id": "people_person"}),
        BehindTheWall("people_donotcontact", {"person_id": "people_person"}),
    ]
