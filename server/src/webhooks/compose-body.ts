import type { AuditActor } from '@keyward/shared/audit';
import type { KeyKind } from '@keyward/shared/service-profile';

/** What tells a key apart. What can change of it stands in the change. */
export interface ToldKey {
  id: string;
  name: string;
  kind: KeyKind;
  service: string;
  environment: string;
  tier: string;
  externalId: string | null;
  userId: string | null;
}

export interface ToldEvent {
  id: string;
  type: string;
  at: Date;
  organizationId: string;
  actor: AuditActor;
  target: { type: string; id: string };
  /** Null where the event is about no key. */
  key: ToldKey | null;
  /** As the audit event has it: what was before and what is after. Never a secret. */
  change: Record<string, unknown>;
}

/**
 * The body of a message. Its text is kept and sent as it is, since a signature covers each byte.
 * @see Standard Webhooks 1.0.0, "Payload structure"
 */
export function composeBody({ id, type, at, ...event }: ToldEvent): string {
  const { organizationId, actor, target, key, change } = event;
  return JSON.stringify({
    id,
    type,
    timestamp: at.toISOString(),
    data: { organization: { id: organizationId }, actor, target, key, change },
  });
}
