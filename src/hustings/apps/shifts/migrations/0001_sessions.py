"""Sessions, sign-ups, their steps, and what is sent about them."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0006_how_fine_new_rounds_are"),
        ("volunteers", "0001_came_to_help"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("doors", "doors"),
                            ("leaflets", "leaflets"),
                            ("calls", "telephone"),
                            ("stall", "street stall"),
                            ("training", "training"),
                            ("other", "something else"),
                        ],
                        default="doors",
                        max_length=8,
                    ),
                ),
                ("name", models.TextField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("time_zone", models.TextField()),
                ("place", models.TextField()),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("at_a_home", models.BooleanField(default=False)),
                ("contact_words", models.TextField(blank=True)),
                ("capacity", models.PositiveIntegerField(null=True)),
                ("sign_up_limit", models.PositiveIntegerField(null=True)),
                ("step_free", models.BooleanField(null=True)),
                ("toilets", models.BooleanField(null=True)),
                ("parking", models.BooleanField(null=True)),
                ("access_notes", models.TextField(blank=True)),
                ("sequence", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField()),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("cancelled_by", models.TextField(blank=True)),
                ("cancel_reason", models.TextField(blank=True)),
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
                    "contact",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="contact_of",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "starts_at"], name="session_by_start"),
                    models.Index(fields=["campaign", "ends_at"], name="session_by_end"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="session_ends_after_it_starts",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Edit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("before", models.JSONField()),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
                ("undone_at", models.DateTimeField(null=True)),
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
                    "session",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="edits",
                        to="shifts.session",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "session"], name="edit_by_session")]
            },
        ),
        migrations.CreateModel(
            name="SignUp",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("report_id", models.UUIDField(null=True)),
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
                    "session",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ups",
                        to="shifts.session",
                    ),
                ),
                (
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sign_ups",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "volunteer"], name="sign_up_by_volunteer")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "session", "volunteer"), name="one_sign_up_each"
                    ),
                    models.UniqueConstraint(
                        fields=("campaign", "session", "report_id"), name="one_arrival_a_report"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("booked", "has a place"),
                            ("place", "a place is free"),
                            ("confirm", "please confirm"),
                            ("day_before", "the day before"),
                            ("moved", "it changed"),
                            ("cancelled", "it is cancelled"),
                            ("restored", "it takes place after all"),
                        ],
                        max_length=10,
                    ),
                ),
                ("key", models.TextField()),
                ("was", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                (
                    "dropped",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("quiet", "only the night was left for it"),
                            ("no_address", "no e-mail address that may be written to"),
                            ("overtaken", "it was no longer so"),
                            ("failed", "the mail server refused it"),
                        ],
                        max_length=10,
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
                    "sign_up",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="shifts.signup",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("claimed_at", None), ("dropped", "")),
                        fields=["campaign", "made_at"],
                        name="message_that_waits",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "sign_up", "kind", "key"), name="one_message_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("offered", "asked"),
                            ("signed_up", "signed up"),
                            ("waiting", "waits for a place"),
                            ("confirmed", "confirmed"),
                            ("came", "came"),
                            ("did_not_come", "did not come"),
                            ("cancelled", "cannot come"),
                            ("chased", "rung up"),
                            ("undone", "taken back"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "who",
                    models.CharField(
                        choices=[
                            ("volunteer", "the volunteer"),
                            ("organiser", "an organiser"),
                            ("program", "the waiting list"),
                        ],
                        max_length=9,
                    ),
                ),
                ("by", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("starts_at", models.DateTimeField()),
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
                    "sign_up",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="shifts.signup",
                    ),
                ),
                (
                    "undoes",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="shifts.step",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "sign_up"], name="step_by_sign_up")]
            },
        ),
        BehindTheWall("shifts_session", {"contact_id": "volunteers_volunteer"}),
        BehindTheWall("shifts_edit", {"session_id": "shifts_session"}),
        BehindTheWall(
            "shifts_signup",
            {"session_id": "shifts_session", "volunteer_id": "volunteers_volunteer"},
        ),
        BehindTheWall("shifts_step", {"sign_up_id": "shifts_signup", "undoes_id": "shifts_step"}),
        BehindTheWall("shifts_message", {"sign_up_id": "shifts_signup"}),
    ]
