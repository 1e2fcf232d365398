"""Every door of a walk is changed once, when somebody knocks: its page has room for that."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("outings", "0003_several_knocks")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE outings_turfdoor SET (fillfactor = 50)",
            "ALTER TABLE outings_turfdoor RESET (fillfactor)",
        ),
    ]
