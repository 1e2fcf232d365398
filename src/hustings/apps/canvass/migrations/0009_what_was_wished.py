"""What somebody at a door wished for, and cards that were left; erased with what they said."""

from importlib import import_module

from django.db import migrations, models

_BEFORE = import_module("hustings.apps.canvass.migrations.0005_phones_that_were_away")
SINCE = _BEFORE.SINCE.replace(
    "language = '', come_back_at = NULL,",
    "language = '', come_back_at = NULL, wishes = '', wish_note = '',",
)


class Migration(migrations.Migration):
    dependencies = [("canvass", "0008_sums_and_deliveries")]

    operations = [
        migrations.AddField(
            model_name="canvassevent",
            name="card_left",
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name="canvassevent",
            name="wish_note",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddField(
            model_name="canvassevent",
            name="wishes",
            field=models.TextField(blank=True, db_default=""),
        ),
        migrations.AddIndex(
            model_name="canvassevent",
            index=models.Index(
                condition=models.Q(("wishes", ""), _negated=True) | models.Q(("kind", "come_back")),
                fields=["campaign", "happened_at"],
                name="event_with_a_wish",
            ),
        ),
        migrations.RunSQL(_BEFORE.heard(SINCE), _BEFORE.heard(_BEFORE.SINCE)),
    ]
