import { createKey } from '@keyward/server/keys/create-key';
import { endRotation } from '@keyward/server/keys/end-rotation';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { rotateKey } from '@keyward/server/keys/rotate-key';
import { updateKey } from '@keyward/server/keys/update-key';
import { acceptInvitation } from '@keyward/server/organizations/accept-invitation';
import { changeRole } from '@keyward/server/organizations/change-role';
import { inviteMember } from '@keyward/server/organizations/invite-member';
import { removeMember } from '@keyward/server/organizations/remove-member';
import { setGuardrails } from '@keyward/server/organizations/set-guardrails';
import { setSecondFactor } from '@keyward/server/organizations/set-second-factor';
import { updateOrganization } from '@keyward/server/organizations/update-organization';
import { writeUsage } from '@keyward/server/verification/usage/write-usage';
import { createWebhook } from '@keyward/server/webhooks/create-webhook';
import { tellOfTime } from '@keyward/server/webhooks/notices/tell-of-time';
import { tellOfTraffic } from '@keyward/server/webhooks/notices/tell-of-traffic';
import { tellOfUnused } from '@keyward/server/webhooks/notices/tell-of-unused';
import { updateWebhook } from '@keyward/server/webhooks/update-webhook';
import { guardrails } from '@keyward/shared/guardrails';
import type { Outcome } from '@keyward/shared/outcomes';
import { type WebhookEvent, webhookEvents } from '@keyward/shared/webhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyInput, type TestOrganization } from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';
import { loopback } from '../support/webhook-receiver.ts';
import {
  createWebhookStage,
  typesOf,
  type WebhookStage,
  waitFor,
} from '../support/webhook-stage.ts';

let stage: WebhookStage;
let running: AsyncDisposable;
beforeAll(async () => {
  stage = await createWebhookStage();
  running = await stage.run();
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

const keyOf = async (acme: TestOrganization) => (await stage.makeKey(acme)).key.id;

/** A key that was made long ago, and for which this is true of the database. */
async function agedKey(acme: TestOrganization, changes: string): Promise<void> {
  const id = await keyOf(acme);
  await stage.store.sql.unsafe(
    `update keys set created_at = now() - interval '90 days', ${changes} where id = '${id}'`,
  );
}

async function use(acme: TestOrganization, outcome: Outcome): Promise<void> {
  const keyId = await keyOf(acme);
  const [secret] = await stage.store.sql`select id from key_secrets where key_id = ${keyId}`;
  const address = '203.0.113.7';
  const event = { keyId, secretId: secret?.id, outcome, address, permissions: [], count: 1 };
  await writeUsage(stage.store.database, [{ keyId, counts: [event], addresses: new Map() }]);
  await tellOfTraffic(stage.store.system);
}

async function invite(acme: TestOrganization, email = `${uniqueName('mia')}@example.com`) {
  return (await inviteMember(acme.admin, { email: email.toLowerCase(), role: 'member' })).token;
}

/** What makes each event happen, once. An event that is added does not compile without its own. */
const doings: Readonly<Record<WebhookEvent, (acme: TestOrganization) => Promise<unknown>>> = {
  'key.created': keyOf,
  'key.updated': async (acme) => updateKey(acme.admin, await keyOf(acme), { name: 'renamed' }),
  'key.suspended': async (acme) =>
    updateKey(acme.admin, await keyOf(acme), { status: 'suspended' }),
  'key.resumed': async (acme) => {
    const id = await keyOf(acme);
    await updateKey(acme.admin, id, { status: 'suspended' });
    await updateKey(acme.admin, id, { status: 'active' });
  },
  'key.rotated': async (acme) => rotateKey(acme.admin, await keyOf(acme), { graceSeconds: 3_600 }),
  'key.rotation_finished': async (acme) => {
    const id = await keyOf(acme);
    await rotateKey(acme.admin, id, { graceSeconds: 3_600 });
    await endRotation(acme.admin, id, { action: 'finish' });
  },
  'key.revoked': async (acme) => revokeKey(acme.admin, await keyOf(acme)),
  'key.expiring': async (acme) => {
    await agedKey(acme, `expires_at = now() + interval '2 days'`);
    await tellOfTime(stage.store.system);
  },
  'key.expired': async (acme) => {
    // It is news to whoever listened before it expired.
    await stage.store.sql`update webhook_endpoints set created_at = now() - interval '1 hour'
      where organization_id = ${acme.id}`;
    await agedKey(acme, `expires_at = now() - interval '1 minute'`);
    await tellOfTime(stage.store.system);
  },
  'key.first_used': (acme) => use(acme, 'VALID'),
  'key.unused': async (acme) => {
    await agedKey(acme, `last_used_at = now() - interval '31 days'`);
    await tellOfUnused(stage.store.system);
  },
  'key.rate_limited': (acme) => use(acme, 'RATE_LIMITED'),
  'key.refused': (acme) => use(acme, 'IP_NOT_ALLOWED'),
  'member.invited': invite,
  'member.joined': async (acme) => {
    const actor = await stage.store.user();
    const token = await invite(acme, actor.email);
    await acceptInvitation(stage.store.as(actor), token);
  },
  'member.role_changed': (acme) => changeRole(acme.owner, acme.member.actor.userId, 'admin'),
  'member.removed': (acme) => removeMember(acme.admin, acme.member.actor.userId),
  'organization.updated': (acme) => rename(acme, { name: uniqueName('Renamed') }),
  'organization.suspended': (acme) => rename(acme, { status: 'suspended' }),
  'organization.resumed': async (acme) => {
    await rename(acme, { status: 'suspended' });
    await rename(acme, { status: 'active' });
  },
  'organization.guardrails_changed': (acme) =>
    setGuardrails(acme.admin, guardrails.parse({ suspendAfterUnusedDays: 7 })),
  'organization.second_factor_changed': (acme) => {
    const { actor, ...rest } = acme.admin;
    const session = { id: '', isFresh: true, hasSecondFactor: true };
    return setSecondFactor({ ...rest, actor: { ...actor, session } }, true);
  },
  'webhook.disabled': async (acme) => {
    const input = { url: 'https://hooks.example/', events: ['key.created' as const] };
    const { webhook } = await createWebhook(acme.admin, input, []);
    await updateWebhook(acme.admin, webhook.id, { enabled: false }, loopback);
  },
};

const rename = (acme: TestOrganization, changes: Parameters<typeof updateOrganization>[2]) =>
  updateOrganization(stage.store.system, acme.id, changes);

test.each(webhookEvents)(
  '%s is told to whoever asks for it, and nothing else is',
  async (event) => {
    const acme = await stage.store.organization();
    await using receiver = await stage.listen(acme, { events: [event] });
    await doings[event](acme);
    await expect.poll(() => typesOf(receiver), waitFor).toEqual([event]);
    const told = JSON.parse(receiver.received[0]?.body ?? '');
    expect(told.data).toMatchObject({ organization: { id: acme.id } });
    expect(told.data.key === null).toBe(!event.startsWith('key.'));
  },
);

const ofKeys = webhookEvents.filter((event) => event.startsWith('key.'));

test('each event of a key passes the filters of its kind and service, and no others', async () => {
  const acme = await stage.store.organization();
  await using wanted = await stage.listen(acme, { kinds: ['bot'], services: [stage.service] });
  await using otherKind = await stage.listen(acme, { kinds: ['user'], events: ofKeys });
  await using otherService = await stage.listen(acme, { services: ['keyward'], events: ofKeys });
  for (const event of ofKeys) await doings[event](acme);
  await expect
    .poll(() => [...new Set(typesOf(wanted))].sort(), waitFor)
    .toEqual([...ofKeys].sort());
  await createKey(acme.member, keyInput({ service: stage.service, kind: 'user' }));
  await createKey(acme.admin, keyInput({ service: 'keyward' }));
  // What comes last shows that nothing came before it.
  await expect.poll(() => typesOf(otherKind), waitFor).toEqual(['key.created']);
  await expect.poll(() => typesOf(otherService), waitFor).toEqual(['key.created']);
});

test('nothing of this went wrong on the server’s side', () => {
  expect(stage.failures).toEqual([]);
});
