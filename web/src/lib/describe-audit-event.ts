import type { AuditAction, AuditEvent } from '@keyward/shared/audit';
import { auditChanges } from './audit-changes.ts';
import { numberAt, textAt, valueAt } from './audit-data.ts';
import { formatDuration } from './format-duration.ts';

type Data = AuditEvent['data'];

/** What was done, told after the name of who did it; `it` is what it was done to. */
const sentences: Readonly<Record<AuditAction, (it: string, data: Data) => string>> = {
  'account.authenticator_offered': () => 'began to set up an authenticator',
  'account.created': () => 'created their account',
  'account.other_sessions_ended': () => 'signed out everywhere else',
  'account.passkey_added': (_, data) => `added the passkey ${textAt(data, 'name') ?? ''}`.trim(),
  'account.passkey_removed': (_, data) =>
    `removed the passkey ${textAt(data, 'name') ?? ''}`.trim(),
  'account.password_changed': () => 'changed their password',
  'account.password_confirmed': (_, data) => {
    const by = textAt(data, 'by');
    return by === null
      ? 'confirmed their password'
      : `confirmed that it is them, by ${by === 'passkey' ? 'a passkey' : 'single sign-on'}`;
  },
  'account.password_reset': () => 'set a new password by a link',
  'account.provider_connected': (_, data) =>
    `connected single sign-on by ${textAt(data, 'issuer') ?? 'a provider'}`,
  'account.provider_disconnected': (_, data) =>
    `disconnected single sign-on by ${textAt(data, 'issuer') ?? 'a provider'}`,
  'account.recovery_codes_renewed': () => 'made new recovery codes',
  'account.reset_link_made': (_, data) =>
    `${textAt(data, 'by') === 'mail' ? 'mailed' : 'made'} a link to set a new password for ${textAt(data, 'email') ?? 'somebody'}`,
  'account.second_factor_off': () => 'turned their second factor off',
  'account.second_factor_on': () => 'turned a second factor on',
  'account.second_factors_removed': (_, data) =>
    `removed the second factors of ${textAt(data, 'email') ?? 'somebody'}`,
  'account.session_ended': (_, data) =>
    `signed out of their session on ${textAt(data, 'device') ?? 'another device'}`,
  'account.signed_in': (_, data) => {
    const by = textAt(data, 'by');
    if (textAt(data, 'secondFactor') === 'recovery_code') {
      return 'signed in by a recovery code';
    }
    return by === null
      ? 'signed in'
      : `signed in by ${by === 'passkey' ? 'a passkey' : 'single sign-on'}`;
  },
  'account.signed_out': () => 'signed out',
  'account.signed_out_everywhere': () => 'signed out everywhere',
  'audit.exported': (_, data) =>
    textAt(data, 'format') === 'csv'
      ? 'exported the audit log as CSV'
      : 'exported the audit log as NDJSON',
  'invitation.accepted': () => 'opened an invitation, as a member already',
  'invitation.cancelled': (_, data) =>
    `took back the invitation of ${textAt(data, 'email') ?? 'somebody'}${describeEnding(textAt(data, 'because'))}`,
  'invitation.mailed': (_, data) =>
    `mailed the invitation to ${textAt(data, 'email') ?? 'somebody'} again`,
  'key.created': (it, data) => {
    const from = textAt(data, 'handedOverFrom', 'name');
    return from === null ? `created ${it}` : `created ${it} to take over from ${from}`;
  },
  'key.exposed': describeExposure,
  'key.handed_over': (it, data) =>
    `handed the work of ${it} over to the bot key ${textAt(data, 'name') ?? ''}`.trim(),
  'key.imported': (it) => `imported ${it}, whose secret was made elsewhere`,
  'key.resumed': (it) => `resumed ${it}`,
  'key.reviewed': (it) => `reviewed ${it}, and said that it is still needed`,
  'key.revoked': (it, data) =>
    textAt(data, 'because') === 'member.removed'
      ? `revoked ${it}, because its owner left the organization`
      : `revoked ${it}`,
  'key.rotated': describeRotation,
  'key.rotation_finished': (it, data) => {
    const retired = secretOf(data, 'retired');
    const why = valueAt(data, 'quiet') === true ? ', which had been quiet for long enough' : '';
    return `finished the rotation of ${it} and retired the older secret${retired}${why}`;
  },
  'key.rotation_rolled_back': (it, data) =>
    `rolled the rotation of ${it} back and retired the newer secret${secretOf(data, 'retired')}`,
  'key.secret_stored': (it, data) =>
    `said that the newer secret of ${it}${secretOf(data, 'last4')} is stored`,
  'key.suspended': describeSuspension,
  'key.updated': (it, data) => describeUpdate(it, data),
  'member.invited': (_, data) =>
    `invited ${textAt(data, 'email') ?? 'somebody'}${asRole(textAt(data, 'role'))}`,
  'member.joined': (_, data) => `joined the organization${asRole(textAt(data, 'role'))}`,
  'member.removed': (it, data) => {
    const keys = valueAt(data, 'revokedKeys');
    const count = Array.isArray(keys) ? keys.length : 0;
    const what = count === 0 ? '' : `, with ${count === 1 ? 'one key' : `${count} keys`}`;
    return `removed ${it} from the organization${what}`;
  },
  'member.role_changed': (it, data) => {
    const from = textAt(data, 'before', 'role');
    const to = textAt(data, 'after', 'role');
    return `changed the role of ${it} from ${from ?? 'none'} to ${to ?? 'none'}`;
  },
  'organization.created': (it) => `created ${it}`,
  'organization.guardrails_changed': () => 'changed the guardrails',
  'organization.resumed': (it) => `resumed ${it}`,
  'organization.second_factor_changed': (_, data) =>
    valueAt(data, 'after', 'requiresSecondFactor') === true
      ? 'asked every member for a second factor'
      : 'stopped asking members for a second factor',
  'organization.suspended': (it) => `suspended ${it}`,
  'organization.updated': (it, data) => describeUpdate(it, data),
  'service.created': (it) => `added ${it} to the catalog`,
  'service.disabled': (it) => `disabled ${it}`,
  'service.enabled': (it) => `enabled ${it}`,
  'service.updated': (it, data) => describeUpdate(it, data),
  'webhook.created': (it) => `added ${it}`,
  'webhook.disabled': (it, data) => {
    const because = textAt(data, 'because');
    return because === null ? `disabled ${it}` : `disabled ${it}: ${because}`;
  },
  'webhook.enabled': (it) => `enabled ${it}`,
  'webhook.pinged': (it) => `sent a test message to ${it}`,
  'webhook.redelivered': (it, data) => {
    const count = numberAt(data, 'count');
    return count === null || count === 1
      ? `sent a message to ${it} again`
      : `sent ${count} messages to ${it} again`;
  },
  'webhook.removed': (it) => `removed ${it}`,
  'webhook.secret_rotated': (it) => `gave ${it} another secret`,
  'webhook.updated': (it, data) => describeUpdate(it, data),
};

/** Every action that there is a sentence for, in the order of their names. */
export const toldActions: readonly string[] = Object.keys(sentences);

function describeExposure(it: string, data: Data): string {
  const place = textAt(data, 'url') ?? textAt(data, 'source');
  return `reported a secret of ${it}${secretOf(data, 'last4')} as exposed${place === null ? '' : ` at ${place}`}`;
}

function describeSuspension(it: string, data: Data): string {
  switch (textAt(data, 'because')) {
    case 'unused':
      return `suspended ${it}, which had not been used for as long as the guardrails allow`;
    case 'exposed':
      return `suspended ${it}, because its secret was exposed`;
    default:
      return `suspended ${it}`;
  }
}

/** What happened, in a plain sentence that goes on after who did it. */
export function describeAuditEvent(
  { action, data }: Pick<AuditEvent, 'action' | 'data'>,
  target: string,
): string {
  // A server that is newer than this page may tell of what it has no sentence for.
  const sentence: ((it: string, told: Data) => string) | undefined = sentences[action];
  return sentence?.(target, data) ?? `did ${action} to ${target}`;
}

function describeRotation(it: string, data: Data): string {
  const secret = secretOf(data, 'last4');
  const grace = numberAt(data, 'graceSeconds');
  const quiet = numberAt(data, 'retireWhenQuietSeconds');
  const older =
    quiet !== null
      ? `the older one retires once it has been quiet for ${formatDuration(quiet)}`
      : `the older one stays good for ${formatDuration(grace ?? 0)}`;
  return `rotated ${it}: it has a second secret${secret}, and ${older}`;
}

const list = new Intl.ListFormat('en', { type: 'conjunction' });

function describeUpdate(it: string, data: Data): string {
  const changed = auditChanges(data).map(({ label }) => label.toLowerCase());
  return changed.length === 0
    ? `saved ${it} as it was`
    : `changed the ${list.format(changed)} of ${it}`;
}

function secretOf(data: Data, name: string): string {
  const last4 = textAt(data, name);
  return last4 === null ? '' : ` (…${last4})`;
}

/** Why an invitation ended, where somebody else's doing ended it. */
function describeEnding(because: string | null): string {
  switch (because) {
    case 'invitation.renewed':
      return ', for a new one';
    case 'member.joined':
      return ', as they have joined';
    default:
      return '';
  }
}

function asRole(role: string | null): string {
  if (role === null) {
    return '';
  }
  return ` as ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${role}`;
}
