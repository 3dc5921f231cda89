DROP INDEX "authority_nodes_renewed";--> statement-breakpoint
ALTER TABLE "authority_nodes" ADD COLUMN "renewals" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "authority_revision" ADD COLUMN "has_imports" boolean DEFAULT false NOT NULL;--> statement-breakpoint
-- Instances that imported keys before say so; the rest may refuse noise by its form.
UPDATE "authority_revision" SET "has_imports" = true
  WHERE EXISTS (SELECT FROM "audit_events" WHERE "action" = 'key.imported');--> statement-breakpoint
-- Counts a change of what nodes hold in memory, and tells them. The one way to make such a change is
-- changeAuthority(), which waits for every node; this refuses all others, so that no verb can forget it.
CREATE FUNCTION record_authority_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  next bigint;
BEGIN
  IF current_setting('keyward.changes_authority', true) IS DISTINCT FROM 'on' THEN
    RAISE EXCEPTION 'Nodes hold this row of % in memory: change it through changeAuthority().', TG_TABLE_NAME
      USING HINT = 'By hand: SET keyward.changes_authority = ''on''; every node then knows within its lease.';
  END IF;
  UPDATE authority_revision SET revision = revision + 1 RETURNING revision INTO STRICT next;
  INSERT INTO authority_changes (revision, subject, subject_id)
    VALUES (next, TG_ARGV[0], coalesce(to_jsonb(OLD), to_jsonb(NEW)) ->> TG_ARGV[1]);
  PERFORM pg_notify('keyward_authority', next::text);
  RETURN NULL;
END
$$;--> statement-breakpoint
-- Deferred to the end of the transaction, so that the counter's lock is taken last and held shortest.
CREATE CONSTRAINT TRIGGER keys_authority
  AFTER DELETE OR UPDATE OF id, organization_id, service_id, kind, user_id, environment, tier, name, permissions,
    rate_limit, ip_allowlist, expires_at, suspended_at, revoked_at, external_id, metadata, all_organizations
  ON keys DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_authority_change('key', 'id');--> statement-breakpoint
CREATE CONSTRAINT TRIGGER key_secrets_authority
  AFTER DELETE OR UPDATE OF id, key_id, secret_hash, start, last4, retires_at, retired_at
  ON key_secrets DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_authority_change('key', 'key_id');--> statement-breakpoint
CREATE CONSTRAINT TRIGGER memberships_authority
  AFTER DELETE OR UPDATE ON memberships DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_authority_change('user', 'user_id');--> statement-breakpoint
CREATE CONSTRAINT TRIGGER users_authority
  AFTER DELETE OR UPDATE OF id, email, name ON users DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_authority_change('user', 'id');--> statement-breakpoint
CREATE CONSTRAINT TRIGGER organizations_authority
  AFTER DELETE OR UPDATE OF id, slug, name, status ON organizations DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_authority_change('organization', 'id');--> statement-breakpoint
-- A new service too: nodes hold the catalog as a whole.
CREATE CONSTRAINT TRIGGER services_authority
  AFTER INSERT OR DELETE OR UPDATE OF id, slug, profile, disabled_at ON services DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_authority_change('service', 'id');--> statement-breakpoint
CREATE CONSTRAINT TRIGGER imports_authority
  AFTER UPDATE OF has_imports ON authority_revision DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION record_authority_change('instance', 'only');
