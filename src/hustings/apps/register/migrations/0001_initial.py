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
        ("people", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportBatch",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("file_name", models.TextField()),
                ("size", models.BigIntegerField(default=0)),
                ("stored", models.TextField(blank=True)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("register", "register"),
                            ("update", "update to the register"),
                            ("absent", "absent voters"),
                            ("contacts", "contacts"),
                        ],
                        max_length=8,
                    ),
                ),
                ("layout", models.TextField(blank=True)),
                ("mapping", models.JSONField(null=True)),
                ("whole", models.BooleanField(default=False)),
                ("counts", models.JSONField(null=True)),
                ("homes_first", models.BigIntegerField(default=0)),
                ("homes_last", models.BigIntegerField(default=0)),
                ("job_id", models.BigIntegerField(null=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField()),
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
                "indexes": [models.Index(fields=["campaign", "-made_at"], name="batch_by_time")]
            },
        ),
        migrations.CreateModel(
            name="BeforeImage",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("table", models.TextField()),
                ("row_id", models.BigIntegerField()),
                ("before", models.JSONField(null=True)),
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
                    "batch",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="images",
                        to="register.importbatch",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["campaign", "batch", "table"], name="image_by_batch")
                ]
            },
        ),
        migrations.CreateModel(
            name="BatchState",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("uploaded", "uploaded"),
                            ("unrecognised", "needs its columns named"),
                            ("checked", "checked, nothing written yet"),
                            ("committed", "brought in"),
                            ("undone", "undone"),
                            ("dropped", "put aside"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by", models.TextField()),
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
                    "batch",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="states",
                        to="register.importbatch",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "batch", "id"], name="state_by_batch")]
            },
        ),
        migrations.CreateModel(
            name="ImportProblem",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=20)),
                ("row", models.BigIntegerField()),
                ("cell", models.TextField(blank=True)),
                (
                    "batch",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="problems",
                        to="register.importbatch",
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
                "indexes": [
                    models.Index(
                        fields=["campaign", "batch", "kind", "row"], name="problem_by_batch"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.TextField()),
                ("district", models.TextField(blank=True)),
                ("surname", models.TextField(blank=True)),
                ("forename", models.TextField(blank=True)),
                ("markers", models.TextField(blank=True)),
                ("attains", models.DateField(null=True)),
                ("born", models.DateField(null=True)),
                ("born_year", models.SmallIntegerField(null=True)),
                ("address", models.TextField(blank=True)),
                ("postcode", models.TextField(blank=True)),
                ("facts", models.JSONField(null=True)),
                ("added_in", models.BigIntegerField()),
                ("removed_in", models.BigIntegerField(null=True)),
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
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="register_entries",
                        to="people.person",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "person"], name="entry_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "number"), name="one_entry_a_number"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsentVote",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("postal", "by post"),
                            ("proxy", "by proxy"),
                            ("postal_proxy", "by proxy, by post"),
                        ],
                        max_length=12,
                    ),
                ),
                ("expires", models.DateField(null=True)),
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
                    "entry",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="absent_votes",
                        to="register.registerentry",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("campaign", "entry"), name="one_absent_vote_an_entry"
                    )
                ]
            },
        ),
        BehindTheWall("register_importbatch"),
        BehindTheWall("register_batchstate", {"batch_id": "register_importbatch"}),
        BehindTheWall("register_importproblem", {"batch_id": "register_importbatch"}),
        BehindTheWall("register_beforeimage", {"batch_id": "register_importbatch"}),
        BehindTheWall("register_registerentry", {"person_id": "people_person"}),
        BehindTheWall("register_absentvote", {"entry_id": "register_registerentry"}),
    ]
