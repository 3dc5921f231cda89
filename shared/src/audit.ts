import { z } from 'zod';
import { idParameter } from './ids.ts';
import { createdBy } from './keys.ts';
import { timestamp } from './text.ts';
import { wholeNumberOr } from './whole-number.ts';

/** Everything that is recorded. The console has a sentence for each: lib/describe-audit-event.ts. */
export const auditActions = [
  'account.authenticator_offered',
  'account.created',
  'account.other_sessions_ended',
  'account.passkey_added',
  'account.passkey_removed',
  'account.password_changed',
  'account.password_confirmed',
  'account.password_reset',
  'account.provider_connected',
  'account.provider_disconnected',
  'account.recovery_codes_renewed',
  'account.reset_link_made',
  'account.second_factor_off',
  'account.second_factor_on',
  'account.second_factors_removed',
  'account.session_ended',
  'account.signed_in',
  'account.signed_out',
  'account.signed_out_everywhere',
  'audit.exported',
  'invitation.accepted',
  'invitation.cancelled',
  'invitation.mailed',
  'key.created',
  'key.exposed',
  'key.handed_over',
  'key.imported',
  'key.resumed',
  'key.reviewed',
  'key.revoked',
  'key.rotated',
  'key.rotation_finished',
  'key.rotation_rolled_back',
  'key.secret_stored',
  'key.suspended',
  'key.updated',
  'member.invited',
  'member.joined',
  'member.removed',
  'member.role_changed',
  'organization.created',
  'organization.guardrails_changed',
  'organization.resumed',
  'organization.second_factor_changed',
  'organization.suspended',
  'organization.updated',
  'service.created',
  'service.disabled',
  'service.enabled',
  'service.updated',
  'webhook.created',
  'webhook.disabled',
  'webhook.enabled',
  'webhook.pinged',
  'webhook.redelivered',
  'webhook.removed',
  'webhook.secret_rotated',
  'webhook.updated',
] as const;

export type AuditAction = (typeof auditActions)[number];

export const auditTargetTypes = [
  'invitation',
  'key',
  'organization',
  'service',
  'user',
  'webhook',
] as const;

export type AuditTargetType = (typeof auditTargetTypes)[number];

/** By what authority somebody acted: `operator` is a person or a key that runs the instance. */
export const auditActorTypes = ['user', 'operator', 'key', 'system'] as const;

/**
 * Who did something. An operator is a `user` where they are a member, and where they act for themselves;
 * so is an operator's key a `key` within its own organization.
 */
export const auditActor = createdBy.extend({ type: z.enum(auditActorTypes) });

export type AuditActorType = (typeof auditActorTypes)[number];

export type AuditActor = z.infer<typeof auditActor>;

/** One change, as it was recorded with it. Never a secret. */
export const auditEvent = z
  .strictObject({
    id: z.string(),
    /** Of the organization's events, without gaps. */
    number: z.int(),
    at: timestamp,
    actor: auditActor,
    action: z.enum(auditActions),
    targetType: z.enum(auditTargetTypes),
    targetId: z.string(),
    /** What changed, as `{before, after}`, or what was made. */
    data: z.record(z.string(), z.json()),
    address: z.string().nullable(),
    userAgent: z.string().nullable(),
    requestId: z.string(),
  })
  .meta({ id: 'AuditEvent' });

export type AuditEvent = z.infer<typeof auditEvent>;

const moment = z.iso.datetime({
  offset: true,
  error: 'Write a time in ISO 8601, such as 2027-01-31T00:00:00Z.',
});

/** `key.` for all that begin with it. */
export const auditActionPrefixes = [
  ...new Set(auditActions.map((action) => action.slice(0, action.indexOf('.') + 1))),
];

/** Filters of a list of events. `from` belongs to it, `to` does not. */
export const auditEventsQuery = z.strictObject({
  action: z
    .enum(
      [...auditActions, ...auditActionPrefixes],
      'Write an action, such as key.revoked, or how several begin, such as key.',
    )
    .optional(),
  actorId: idParameter.optional(),
  targetId: idParameter.optional(),
  from: moment.optional(),
  to: moment.optional(),
  limit: wholeNumberOr(50, 1, 200),
  cursor: z
    .string()
    .regex(/^[1-9]\d{0,14}$/, 'Send the nextCursor of the page before, unchanged.')
    .optional(),
});

/** The console asks for several targets at once: a key, and the member whose key it is. */
export const listAuditEventsInput = auditEventsQuery.extend({
  actorType: z.enum(auditActorTypes).optional(),
  targetType: z.enum(auditTargetTypes).optional(),
  targetId: z.union([idParameter, z.array(idParameter).min(1).max(10)]).optional(),
});

/** The same without its pages: what an export picks. */
export const auditFilters = listAuditEventsInput.omit({ limit: true, cursor: true });

export type AuditFilters = z.infer<typeof auditFilters>;

export type ListAuditEventsInput = z.infer<typeof listAuditEventsInput>;

export const auditEventPage = z
  .strictObject({ data: z.array(auditEvent), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditEventPage' });

export type AuditEventPage = z.infer<typeof auditEventPage>;
