CREATE TABLE "exposure_reports" (
	"digest" "bytea" PRIMARY KEY NOT NULL,
	"signed_by" text NOT NULL,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_exposures" (
	"id" text PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"secret_id" text NOT NULL,
	"reporter" text NOT NULL,
	"url" text,
	"source" text,
	"at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "key_exposures_place" UNIQUE NULLS NOT DISTINCT("secret_id","reporter","url")
);
--> statement-breakpoint
ALTER TABLE "key_exposures" ADD CONSTRAINT "key_exposures_key_id_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "key_exposures" ADD CONSTRAINT "key_exposures_secret_id_key_secrets_id_fk" FOREIGN KEY ("secret_id") REFERENCES "public"."key_secrets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "key_exposures_key" ON "key_exposures" USING btree ("key_id","id");