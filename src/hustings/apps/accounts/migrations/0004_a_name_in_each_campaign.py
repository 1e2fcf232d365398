from django.db import migrations, models


class Migration(migrations.Migration):
    """What somebody is called stands with the membership: no campaign learns a name from another."""

    dependencies = [("accounts", "0003_speaking_for_the_candidate")]
    operations = [
        migrations.AddField(
            "membership", "name", models.TextField(blank=True, default=""), preserve_default=False
        ),
        migrations.RunSQL(
            "update accounts_membership m set name = u.name from accounts_user u where u.id = m.user_id",
            migrations.RunSQL.noop,
        ),
        migrations.RemoveField("user", "name"),
    ]
