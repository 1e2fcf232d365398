"""Volunteers and the links of their own pages."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0006_how_fine_new_rounds_are"),
        ("people", "0008_came_to_help"),
    ]

    operations = [
        migrations.CreateModel(
            name="Volunteer",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("joined_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("languages", models.JSONField(default=list)),
                ("wishes", models.JSONField(default=list)),
                ("times", models.JSONField(default=list)),
                (
                    "transport",
                    models.CharField(
                        choices=[
                            ("foot", "on foot"),
                            ("bicycle", "by bicycle"),
                            ("public", "by bus or train"),
                            ("car", "by car"),
                        ],
                        default="foot",
                        max_length=7,
                    ),
                ),
                ("no_stairs", models.BooleanField(default=False)),
                ("with_partner", models.BooleanField(default=False)),
                ("near", models.TextField(blank=True)),
                ("lon", models.FloatField(null=True)),
                ("lat", models.FloatField(null=True)),
                ("home_country", models.CharField(blank=True, max_length=2)),
                ("time_zone", models.TextField(default="UTC")),
                ("left_at", models.DateTimeField(null=True)),
                (
                    "brought_by",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="brought",
                        to="volunteers.volunteer",
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
                    "person",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="volunteers",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "-joined_at"], name="volunteer_by_time")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "person"), name="one_volunteer_a_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OwnPage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("secret_hash", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
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
                    "volunteer",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="own_pages",
                        to="volunteers.volunteer",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "secret_hash"), name="one_own_page_each"
                    )
                ]
            },
        ),
        BehindTheWall(
            "volunteers_volunteer",
            {"person_id": "people_person", "brought_by_id": "volunteers_volunteer"},
        ),
        BehindTheWall("volunteers_ownpage", {"volunteer_id": "volunteers_volunteer"}),
    ]
