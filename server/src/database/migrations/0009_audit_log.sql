CREATE INDEX "audit_events_action" ON "audit_events" USING btree ("chain","action","number");--> statement-breakpoint
CREATE INDEX "audit_events_at" ON "audit_events" USING btree ("chain","at","number");--> statement-breakpoint
CREATE INDEX "audit_events_actor" ON "audit_events" USING btree ("chain",("actor" ->> 'id'),"number");--> statement-breakpoint
CREATE INDEX "audit_events_actor_type" ON "audit_events" USING btree ("chain",("actor" ->> 'type'),"number");--> statement-breakpoint
-- What was recorded stays: nobody who is only let in to the tables changes or removes an event, the role that
-- owns them included. Whoever may alter the table can still turn this off, and a look through the chain tells.
CREATE FUNCTION keep_audit_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Audit events are never changed or removed.' USING ERRCODE = 'insufficient_privilege';
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_events_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_events();--> statement-breakpoint
ALTER TABLE audit_events ENABLE ALWAYS TRIGGER audit_events_kept;--> statement-breakpoint
-- A head goes on by one event at a time, and takes the hash of the event that it tells of.
CREATE FUNCTION advance_audit_head() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.number = 1 AND NEW.hash = '' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.chain = OLD.chain THEN
    IF NEW.number = OLD.number + 1 AND NEW.hash = OLD.hash THEN
      RETURN NEW;
    END IF;
    IF NEW.number = OLD.number AND EXISTS (SELECT FROM audit_events AS event
        WHERE event.chain = NEW.chain AND event.number = NEW.number AND event.hash = NEW.hash) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'The head of an audit chain only goes on to its next event.'
    USING ERRCODE = 'insufficient_privilege';
END
$$;--> statement-breakpoint
CREATE TRIGGER audit_heads_advanced BEFORE INSERT OR UPDATE ON audit_heads
  FOR EACH ROW EXECUTE FUNCTION advance_audit_head();--> statement-breakpoint
ALTER TABLE audit_heads ENABLE ALWAYS TRIGGER audit_heads_advanced;--> statement-breakpoint
CREATE TRIGGER audit_heads_kept BEFORE DELETE OR TRUNCATE ON audit_heads
  FOR EACH STATEMENT EXECUTE FUNCTION keep_audit_events();--> statement-breakpoint
ALTER TABLE audit_heads ENABLE ALWAYS TRIGGER audit_heads_kept;
