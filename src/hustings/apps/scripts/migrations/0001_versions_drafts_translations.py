"""Versions of the script, the draft, translations; what campaigns said before becomes their first versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import hustings.apps.campaigns.rows
from hustings.apps.campaigns.walls import BehindTheWall, NamesMayBeTakenOut

if TYPE_CHECKING:
    from django.apps.registry import Apps as StateApps
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

EARLIER = """
insert into scripts_scriptversion
  (campaign_id, number, steps, text, support_as, choices, note, made_at, made_by)
select campaign_id, version, '[]', text, support_as, choices, '', first_shown_at, ''
from canvass_wording order by campaign_id, version
on conflict do nothing
"""
"""What was shown at a door; the table is above this room, and there where a campaign is."""
TODAY = """
insert into scripts_scriptversion
  (campaign_id, number, steps, text, support_as, choices, note, made_at, made_by)
select id, script_version, '[]', script_wording, support_as,
  case when support_as = 'parties' then parties else support_scale end, '', now(), ''
from campaigns_campaign
on conflict do nothing
"""


def keep_what_was_said(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each wording that was shown is a version of one step, and so is today's."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("select to_regclass('canvass_wording')")
        if cursor.fetchone()[0] is not None:
            cursor.execute(EARLIER)
        cursor.execute(TODAY)


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("campaigns", "0007_branches_and_retired_levels"),
    ]

    operations = [
        migrations.CreateModel(
            name="DraftEdit",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("steps", models.JSONField(default=list)),
                ("did", models.CharField(max_length=12)),
                ("step", models.TextField(blank=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("by_label", models.TextField()),
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScriptVersion",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                ("steps", models.JSONField(default=list)),
                ("text", models.TextField()),
                ("support_as", models.CharField(max_length=8)),
                ("choices", models.JSONField(default=list)),
                ("came_from", models.PositiveIntegerField(null=True)),
                ("note", models.TextField(blank=True)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField(blank=True)),
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
                        fields=("campaign", "number"), name="script_version_by_number"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="Translation",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("language", models.CharField(max_length=12)),
                ("texts", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("made_by", models.TextField(blank=True)),
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
                    "version",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="scripts.scriptversion",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["campaign", "version", "language"], name="translation_by_version"
                    )
                ]
            },
        ),
        migrations.CreateModel(
            name="TranslationCheck",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("checked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("checked_by", models.TextField(blank=True)),
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
                    "translation",
                    hustings.apps.campaigns.rows.CampaignForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="scripts.translation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("campaign", "translation"), name="checked_once")
                ]
            },
        ),
        BehindTheWall("scripts_draftedit"),
        BehindTheWall("scripts_scriptversion", append_only=True),
        BehindTheWall(
            "scripts_translation", {"version_id": "scripts_scriptversion"}, append_only=True
        ),
        BehindTheWall(
            "scripts_translationcheck", {"translation_id": "scripts_translation"}, append_only=True
        ),
        NamesMayBeTakenOut("scripts_scriptversion", ["note", "made_by"]),
        NamesMayBeTakenOut("scripts_translation", ["made_by"]),
        NamesMayBeTakenOut("scripts_translationcheck", ["checked_by"]),
        migrations.RunPython(keep_what_was_said, migrations.RunPython.noop),
    ]
