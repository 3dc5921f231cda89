DROP INDEX "keys_external_id";--> statement-breakpoint
CREATE INDEX "key_secrets_last4" ON "key_secrets" USING btree ("last4");--> statement-breakpoint
CREATE INDEX "keys_by_service" ON "keys" USING btree ("organization_id","service_id","id");--> statement-breakpoint
CREATE INDEX "keys_by_kind" ON "keys" USING btree ("organization_id","kind","id");--> statement-breakpoint
CREATE INDEX "keys_by_environment" ON "keys" USING btree ("organization_id","environment","id");--> statement-breakpoint
CREATE INDEX "keys_by_external_id" ON "keys" USING btree ("organization_id","external_id","id") WHERE "keys"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "keys_halted" ON "keys" USING btree ("organization_id",(case when "revoked_at" is null then 'suspended' else 'revoked' end),"id") WHERE ("keys"."revoked_at" is not null or "keys"."suspended_at" is not null);--> statement-breakpoint
CREATE INDEX "keys_unrevoked" ON "keys" USING btree ("organization_id","expires_at","id") WHERE "keys"."revoked_at" is null;--> statement-breakpoint
-- Room on each page for the counts that are written each second: such a version of a row then touches no index.
ALTER TABLE "keys" SET (fillfactor = 75);--> statement-breakpoint
ALTER TABLE "key_secrets" SET (fillfactor = 75);--> statement-breakpoint
-- For searches by a part of a name. Where the extension is not to be had, they read the organization's keys.
DO $$ BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX "keys_name_trigrams" ON "keys" USING gin ("name" gin_trgm_ops);
  CREATE INDEX "keys_external_id_trigrams" ON "keys" USING gin ("external_id" gin_trgm_ops);
EXCEPTION WHEN insufficient_privilege OR undefined_file OR undefined_object OR feature_not_supported THEN
  RAISE WARNING 'pg_trgm is not available, so searches by name are slow with very many keys: %', SQLERRM;
END $$;
