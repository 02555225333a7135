-- What the setting commit_delay_ms does: a transaction that has written waits before it commits, as
-- in Redshift's commit queue, whoever sends the COMMIT and however.
CREATE TABLE IF NOT EXISTS redshift_catalog.slow_commits (milliseconds float8 NOT NULL);

CREATE OR REPLACE FUNCTION redshift_catalog.wait_before_commit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_catalog.pg_sleep(NEW.milliseconds / 1000);
    RETURN NULL;
END
$$;

DROP TRIGGER IF EXISTS wait_before_commit ON redshift_catalog.slow_commits;
CREATE CONSTRAINT TRIGGER wait_before_commit AFTER INSERT ON redshift_catalog.slow_commits
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION redshift_catalog.wait_before_commit();

CREATE OR REPLACE FUNCTION redshift_catalog.slow_commit(milliseconds float8) RETURNS void
LANGUAGE sql SECURITY DEFINER AS 'INSERT INTO redshift_catalog.slow_commits VALUES (milliseconds)';
