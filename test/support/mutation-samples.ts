import { createHash } from 'node:crypto';
import { pingWebhook } from '@keyward/server/webhooks/ping-webhook';
import { servicePresets } from '@keyward/shared/service-presets';
import { codeOfApp } from './authenticator.ts';
import { byOperator, byThemselves } from './by-whom.ts';
import { consoleClient } from './console-client.ts';
import type { MakeSample, MutationSample } from './mutation-sample.ts';
import { signInSamples } from './sign-in-samples.ts';
import {
  makeKey,
  makeMember,
  makeTenant,
  makeWebhook,
  removeWebhooks,
  type SignedIn,
  signInMember,
} from './tenants.ts';
import type { TestKeyward } from './test-keyward.ts';
import { uniqueName } from './unique-name.ts';

const newKey = { kind: 'bot', name: 'sample', service: 'keyward', permissions: [] };

function as(member: SignedIn, organizationId: string | undefined, input?: unknown): MutationSample {
  return {
    cookies: member.cookies(),
    actor: { type: 'user', id: member.user.id },
    ...(organizationId !== undefined && { organizationId }),
    ...(input !== undefined && { input }),
  };
}

/** By an admin of the operator's organization. */
const byAdmin =
  (makeInput: (keyward: TestKeyward, admin: SignedIn) => unknown): MakeSample =>
  async (keyward) => {
    const { organizationId } = keyward.bootstrap;
    const admin = await signInMember(keyward, { organizationId, role: 'owner' });
    return as(admin, organizationId, await makeInput(keyward, admin));
  };

const byAdminOnKey = (input: object = {}): MakeSample =>
  byAdmin(async (keyward) => ({ id: (await makeKey(keyward)).key.id, ...input }));

const byAdminOnWebhook = (input: object = {}): MakeSample =>
  byAdmin(async (keyward) => ({ id: (await makeWebhook(keyward)).id, ...input }));

async function rotating(keyward: TestKeyward, admin: SignedIn): Promise<string> {
  const { key } = await makeKey(keyward);
  const rotation = { graceSeconds: 60 };
  await admin.within(keyward.bootstrap.organizationId).keys.rotate.mutate({ id: key.id, rotation });
  return key.id;
}

const invite = (admin: SignedIn, { bootstrap }: TestKeyward, email: string) =>
  admin.within(bootstrap.organizationId).members.invite.mutate({ email, role: 'member' });

const newEmail = () => `${uniqueName('ida')}@example.com`;

async function turnOnSecondFactor(member: SignedIn): Promise<string> {
  const { secret } = await member.trpc.account.secondFactor.offer.mutate();
  await member.trpc.account.secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
  return secret;
}

/** By path: a call that succeeds. A mutation without one fails the test that walks all of them. */
export const mutationSamples: Readonly<Record<string, MakeSample>> = {
  ...signInSamples,
  'account.signUp': async () => ({
    cookies: null,
    input: { email: newEmail(), name: 'Ida', password: 'correct horse battery staple' },
  }),
  'account.signIn': async (keyward) => {
    const { user, password } = await makeMember(keyward, keyward.bootstrap);
    return {
      cookies: null,
      actor: { type: 'user', id: user.id },
      input: { email: user.email, password },
    };
  },
  'account.completeSignIn': async (keyward) => {
    const member = await signInMember(keyward, keyward.bootstrap);
    const secret = await turnOnSecondFactor(member);
    const { email, id } = member.user;
    const { trpc } = consoleClient(keyward.url);
    const { challenge } = await trpc.account.signIn.mutate({ email, password: member.password });
    // The code of this half minute was spent when it was turned on.
    const input = { challenge: challenge?.token, code: codeOfApp(secret, 1) };
    return { cookies: null, actor: { type: 'user', id }, input };
  },
  'account.signOut': byThemselves(() => ({})),
  'account.endSession': byThemselves(async (member, keyward) => {
    const another = consoleClient(keyward.url);
    const { email } = member.user;
    await another.trpc.account.signIn.mutate({ email, password: member.password });
    const sessions = await member.trpc.account.sessions.query();
    return { session: sessions.find(({ isThis }) => !isThis)?.session };
  }),
  'account.endOtherSessions': byThemselves(() => ({})),
  'account.signOutEverywhere': byThemselves(() => ({})),
  'account.confirmPassword': byThemselves(({ password }) => ({ password })),
  'account.changePassword': byThemselves(({ password }) => ({
    present: password,
    next: uniqueName('another password'),
  })),
  'account.secondFactor.offer': byThemselves(() => ({})),
  'account.secondFactor.turnOn': byThemselves(async (member) => {
    const { secret } = await member.trpc.account.secondFactor.offer.mutate();
    return { code: codeOfApp(secret) };
  }),
  'account.secondFactor.turnOff': byThemselves(async (member) => {
    await turnOnSecondFactor(member);
    return {};
  }),
  'account.secondFactor.renewRecoveryCodes': byThemselves(async (member) => {
    await turnOnSecondFactor(member);
    return {};
  }),
  'audit.export': byAdmin(() => ({ format: 'csv', action: 'key.' })),
  'audit.instance.export': byOperator(() => ({ format: 'ndjson' })),
  'invitations.accept': async (keyward) => {
    const { organizationId } = keyward.bootstrap;
    const admin = await signInMember(keyward, { organizationId, role: 'owner' });
    const { id: elsewhere } = await makeTenant(keyward);
    const invited = await signInMember(keyward, { organizationId: elsewhere });
    const { url } = await invite(admin, keyward, invited.user.email);
    return as(invited, undefined, { token: url.slice(url.indexOf('#') + 1) });
  },
  'invitations.cancel': byAdmin(async (keyward, admin) => ({
    id: (await invite(admin, keyward, newEmail())).id,
  })),
  'invitations.renew': byAdmin(async (keyward, admin) => ({
    id: (await invite(admin, keyward, newEmail())).id,
  })),
  'keys.keep': byAdminOnKey(),
  'keys.create': byAdmin(() => newKey),
  'keys.import': byAdmin(() => {
    const { kind: _kind, ...key } = newKey;
    const secretSha256 = createHash('sha256').update(uniqueName('made elsewhere')).digest('hex');
    return { keys: [{ ...key, secretSha256 }] };
  }),
  'keys.update': byAdminOnKey({ changes: { name: 'renamed' } }),
  'keys.revoke': byAdminOnKey(),
  'keys.rotate': byAdminOnKey({ rotation: { graceSeconds: 60 } }),
  'keys.endRotation': byAdmin(async (keyward, admin) => ({
    id: await rotating(keyward, admin),
    action: 'rollback',
  })),
  'keys.confirmStored': byAdmin(async (keyward, admin) => {
    const id = await rotating(keyward, admin);
    const { organizationId } = keyward.bootstrap;
    const key = await admin.within(organizationId).keys.get.query({ id });
    const [newest] = key.secrets.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    return { id, last4: newest?.last4 };
  }),
  'keys.handOver': byAdmin(async (keyward) => {
    const { organizationId } = keyward.bootstrap;
    const leaver = await signInMember(keyward, { organizationId });
    const { key } = await leaver
      .within(organizationId)
      .keys.create.mutate({ kind: 'user', name: 'mine', service: 'short-links', permissions: [] });
    return { id: key.id, name: uniqueName('in its place') };
  }),
  'members.changeRole': byAdmin(async (keyward) => ({
    userId: (await makeMember(keyward, keyward.bootstrap)).user.id,
    role: 'admin',
  })),
  'members.remove': byAdmin(async (keyward) => ({
    userId: (await makeMember(keyward, keyward.bootstrap)).user.id,
  })),
  'members.invite': byAdmin(() => ({ email: newEmail(), role: 'member' })),
  'organizations.create': byThemselves(() => ({ name: uniqueName('Initech') })),
  'organizations.update': byOperator(async (keyward) => ({
    id: (await makeTenant(keyward)).id,
    changes: { status: 'suspended' },
  })),
  'organizations.setGuardrails': byAdmin(() => ({ guardrails: { suspendAfterUnusedDays: 90 } })),
  // In an organization of its own: nobody could enter the others' afterwards.
  'organizations.setSecondFactor': async (keyward) => {
    const { id: organizationId } = await makeTenant(keyward);
    const owner = await signInMember(keyward, { organizationId, role: 'owner' });
    await turnOnSecondFactor(owner);
    return as(owner, organizationId, { isRequired: true });
  },
  'services.put': byOperator(() => ({
    slug: 'merchant',
    service: { ...servicePresets.merchant, name: uniqueName('Merchant') },
  })),
  'services.setStatus': byOperator(() => ({ slug: 'merchant', status: 'disabled' })),
  'webhooks.create': byAdmin(async (keyward) => {
    await removeWebhooks(keyward);
    return { url: 'https://hooks.example/keyward' };
  }),
  'webhooks.update': byAdminOnWebhook({ changes: { enabled: false } }),
  'webhooks.remove': byAdminOnWebhook(),
  'webhooks.rotateSecret': byAdminOnWebhook(),
  'webhooks.ping': byAdminOnWebhook(),
  'webhooks.redeliver': byAdmin(async (keyward) => {
    const webhook = await makeWebhook(keyward);
    return { id: (await pingWebhook(keyward.context, webhook.id)).id };
  }),
  'webhooks.redeliverFailed': byAdmin(async (keyward) => {
    const { id } = await makeWebhook(keyward);
    await keyward.database.execute(
      `insert into webhook_deliveries (id, organization_id, endpoint_id, event_id, event_type, body, status, queued_at)
        values ('whd_${id}', '${keyward.context.organizationId}', '${id}', 'evt_1', 'key.created', '{}', 'failed', now())`,
    );
    return { id };
  }),
};
