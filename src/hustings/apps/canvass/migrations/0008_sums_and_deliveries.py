"""Sums of walks that keep nothing finer, and what was delivered."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_who_may_decide"),
        ("campaigns", "0006_how_fine_new_rounds_are"),
        ("canvass", "0007_questions_holds_and_rulings"),
        ("outings", "0005_a_dial_and_poster_rounds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="canvassevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("no_answer", "No answer"),
                    ("no_access", "Could not get to the door"),
                    ("answered", "Answered"),
                    ("refused", "Refused"),
                    ("moved", "Moved"),
                    ("deceased", "Deceased"),
                    ("do_not_contact", "Do not contact"),
                    ("hostile", "Hostile"),
                    ("language", "Speaks another language"),
                    ("come_back", "Come back"),
                    ("delivered", "Delivered"),
                    ("part", "Delivered in part"),
                    ("not_delivered", "Not delivered"),
                    ("left_over", "Left over"),
                    ("undo", "Undone"),
                    ("spoken_to", "Somebody was spoken to"),
                ],
                max_length=14,
            ),
        ),
        migrations.CreateModel(
            name="CountedReport",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("report_id", models.UUIDField()),
                ("sequence", models.BigIntegerField()),
                ("says", models.BooleanField()),
                ("corrects", models.UUIDField(null=True)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("counts", "counted"),
                            ("over", "the walk was over for this phone"),
                            ("old", "it happened long before the walk was handed out"),
                            ("aside", "set aside"),
                        ],
                        default="counts",
                        max_length=6,
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
                    "device",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.device",
                    ),
                ),
                (
                    "turf",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outings.turf",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "device", "turf"], name="counted_by_phone"),
                    models.Index(
                        fields=["campaign", "corrects"], name="counted_by_what_it_corrects"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "report_id"), name="counted_once_each"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("report_id", models.UUIDField()),
                ("sequence", models.BigIntegerField()),
                ("door_id", models.BigIntegerField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("delivered", "Delivered"),
                            ("part", "Delivered in part"),
                            ("not_delivered", "Not delivered"),
                            ("left_over", "Left over"),
                            ("undo", "Undone"),
                        ],
                        max_length=14,
                    ),
                ),
                ("left_over", models.PositiveIntegerField(null=True)),
                ("occurred_at", models.DateTimeField()),
                ("received_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("corrects", models.UUIDField(null=True)),
                ("digest", models.BinaryField()),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.device",
                    ),
                ),
                (
                    "turf",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outings.turf",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "turf", "door_id"], name="delivery_by_door"),
                    models.Index(fields=["campaign", "device", "turf"], name="delivery_by_phone"),
                    models.Index(
                        fields=["campaign", "corrects"], name="delivery_by_what_it_corrects"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "report_id"), name="delivered_once_each"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("door_id__isnull", True),
                                ("kind", "left_over"),
                                ("left_over__isnull", False),
                            ),
                            models.Q(
                                models.Q(("kind", "left_over"), _negated=True),
                                ("left_over__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="how_many_goes_with_left_over",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("counts", "counted"),
                            ("over", "the walk was over for this phone"),
                            ("old", "it happened long before the walk was handed out"),
                            ("aside", "set aside"),
                        ],
                        default="counts",
                        max_length=6,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("no_answer", "No answer"),
                            ("no_access", "Could not get to the door"),
                            ("answered", "Answered"),
                            ("refused", "Refused"),
                            ("moved", "Moved"),
                            ("deceased", "Deceased"),
                            ("do_not_contact", "Do not contact"),
                            ("hostile", "Hostile"),
                            ("language", "Speaks another language"),
                            ("come_back", "Come back"),
                            ("delivered", "Delivered"),
                            ("part", "Delivered in part"),
                            ("not_delivered", "Not delivered"),
                            ("left_over", "Left over"),
                            ("undo", "Undone"),
                            ("spoken_to", "Somebody was spoken to"),
                        ],
                        max_length=14,
                    ),
                ),
                ("support", models.TextField(blank=True)),
                ("wording_version", models.PositiveIntegerField(default=0)),
                ("doors", models.PositiveIntegerField(default=0)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.device",
                    ),
                ),
                (
                    "turf",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="outings.turf",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "campaign",
                            "turf",
                            "device",
                            "day",
                            "standing",
                            "kind",
                            "support",
                            "wording_version",
                        ),
                        name="one_tally_each",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "answered"), ("support__gt", "")),
                            models.Q(
                                models.Q(("kind", "answered"), _negated=True), ("support", "")
                            ),
                            _connector="OR",
                        ),
                        name="a_tally_is_a_result_or_an_answer",
                    ),
                ],
            },
        ),
        migrations.AlterField(
            model_name="latereport", name="door_id", field=models.BigIntegerField(null=True)
        ),
        BehindTheWall(
            "canvass_countedreport", {"device_id": "accounts_device", "turf_id": "outings_turf"}
        ),
        BehindTheWall(
            "canvass_delivery",
            {
                "device_id": "accounts_device",
                "turf_id": "outings_turf",
                "door_id": "places_door",
            },
            append_only=True,
        ),
        BehindTheWall("canvass_tally", {"device_id": "accounts_device", "turf_id": "outings_turf"}),
    ]
