CREATE TABLE "key_addresses" (
	"key_id" text NOT NULL,
	"address" text NOT NULL,
	"valid_count" bigint NOT NULL,
	"refused_count" bigint NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"last_seen_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "key_addresses_key_id_address_pk" PRIMARY KEY("key_id","address")
);
--> statement-breakpoint
CREATE TABLE "organization_usage" (
	"organization_id" text NOT NULL,
	"hour" timestamp (3) with time zone NOT NULL,
	"outcome" text NOT NULL,
	"count" bigint NOT NULL,
	CONSTRAINT "organization_usage_organization_id_hour_outcome_pk" PRIMARY KEY("organization_id","hour","outcome")
);
--> statement-breakpoint
ALTER TABLE "keys" ADD COLUMN "reviewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "key_addresses" ADD CONSTRAINT "key_addresses_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "organization_usage" ADD CONSTRAINT "organization_usage_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_addresses_newest" ON "key_addresses" USING btree ("key_id","last_seen_at");--> statement-breakpoint
INSERT INTO "organization_usage" ("organization_id", "hour", "outcome", "count")
SELECT "keys"."organization_id", "hour", "outcome", sum("count")
FROM "key_usage" JOIN "keys" ON "keys"."id" = "key_usage"."key_id" GROUP BY 1, 2, 3;
