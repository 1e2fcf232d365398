"""What stands in for the key to the campaign on tables that are filled by the million."""

from django.db import migrations

IS_THERE = """
CREATE FUNCTION campaign_is_there() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM campaigns_campaign
    WHERE id = nullif(current_setting('hustings.campaign', true), '')::uuid FOR KEY SHARE;
    IF NOT FOUND AND row_security_active(TG_RELID) THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('a row of %s belongs to a campaign that is not there', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$
"""

HAS_NO_ROWS = """
CREATE FUNCTION campaign_has_no_rows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    found_one boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE campaign_id = $1)', TG_ARGV[0])
    INTO found_one USING OLD.id;
    IF found_one THEN
        RAISE foreign_key_violation USING
            MESSAGE = format('the campaign still has rows in %s', TG_ARGV[0]);
    END IF;
    RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_the_web_role_may_work")]

    operations = [
        migrations.RunSQL(IS_THERE, "DROP FUNCTION campaign_is_there()"),
        migrations.RunSQL(HAS_NO_ROWS, "DROP FUNCTION campaign_has_no_rows()"),
    ]
