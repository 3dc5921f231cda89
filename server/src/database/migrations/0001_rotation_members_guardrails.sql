CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"organization_id" text NOT NULL,
	"email" text NOT NULL,
	"role" text NOT NULL,
	"token_hash" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"accepted_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "key_permission_days" (
	"key_id" text NOT NULL,
	"permission" text NOT NULL,
	"day" date NOT NULL,
	CONSTRAINT "key_permission_days_key_id_permission_day_pk" PRIMARY KEY("key_id","permission","day")
);
--> statement-breakpoint
ALTER TABLE "key_secrets" ADD COLUMN "first_used_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "key_secrets" ADD COLUMN "retire_when_quiet_seconds" integer;--> statement-breakpoint
ALTER TABLE "organizations" ADD COLUMN "guardrails" jsonb DEFAULT '{"maximumLifetimeSeconds":null,"ipAllowlistRequiredFor":[],"suspendAfterUnusedDays":null}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_permission_days" ADD CONSTRAINT "key_permission_days_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "invitations_organization" ON "invitations" USING btree ("organization_id");--> statement-breakpoint
CREATE INDEX "key_secrets_quiet" ON "key_secrets" USING btree ("key_id") WHERE "key_secrets"."retire_when_quiet_seconds" is not null and "key_secrets"."retired_at" is null;