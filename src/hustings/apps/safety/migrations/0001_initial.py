"""Checking in: offers, watches, signs, alerts and what organisers said."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0006_who_may_decide"),
        ("campaigns", "0005_a_country_and_how_long_copies_are_kept"),
        ("outings", "0003_several_knocks"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watch",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("every_minutes", models.PositiveSmallIntegerField()),
                ("answers_count", models.BooleanField()),
                ("began_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("kept_until", models.DateField()),
                ("ended_at", models.DateTimeField(null=True)),
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
                    "device",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="watches",
                        to="accounts.device",
                    ),
                ),
                (
                    "turf",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="outings.turf",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("campaign", "device", "turf"),
                        name="one_open_watch_a_walk",
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Sign",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("well", "all right"),
                            ("help", "needs help"),
                            ("done", "is done"),
                        ],
                        max_length=4,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "watch",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signs",
                        to="safety.watch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "watch", "at"], name="sign_by_watch")]
            },
        ),
        migrations.CreateModel(
            name="Alert",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[("overdue", "overdue"), ("help", "needs help")], max_length=7
                    ),
                ),
                ("since", models.DateTimeField()),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("mailed_at", models.DateTimeField(null=True)),
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
                    "watch",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerts",
                        to="safety.watch",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "watch", "kind", "since"), name="one_alert_a_silence"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("lead_phone", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.TextField(blank=True)),
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
                        condition=models.Q(("ended_at", None)),
                        fields=("campaign",),
                        name="one_open_offer_of_safety",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("note", models.TextField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
                ("taken_back_at", models.DateTimeField(null=True)),
                ("taken_back_by", models.TextField(blank=True)),
                (
                    "alert",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settlements",
                        to="safety.alert",
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
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("taken_back_at", None)),
                        fields=("campaign", "alert"),
                        name="one_settlement_an_alert",
                    )
                ],
            },
        ),
        BehindTheWall("safety_offer"),
        BehindTheWall("safety_watch", {"device_id": "accounts_device", "turf_id": "outings_turf"}),
        BehindTheWall("safety_sign", {"watch_id": "safety_watch"}),
        BehindTheWall("safety_alert", {"watch_id": "safety_watch"}),
        BehindTheWall("safety_settlement", {"alert_id": "safety_alert"}),
    ]
