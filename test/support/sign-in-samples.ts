import { makeResetLink } from '@keyward/server/accounts/password-reset/make-reset-link';
import { byOperator, byThemselves } from './by-whom.ts';
import { type ConsoleClient, consoleClient } from './console-client.ts';
import type { MakeSample } from './mutation-sample.ts';
import { makeMember, type SignedIn, signInMember } from './tenants.ts';
import { uniqueName } from './unique-name.ts';
import { createVirtualPasskey } from './virtual-passkey.ts';

const ofUser = ({ user }: SignedIn) => ({ type: 'user' as const, id: user.id });

async function addPasskey({ trpc }: ConsoleClient, url: string) {
  const passkey = createVirtualPasskey(url);
  const { options } = await trpc.account.passkeys.offer.mutate();
  await trpc.account.passkeys.add.mutate({ response: passkey.create(options) });
  return passkey;
}

/** Calls that succeed, of ways to sign in and of mail. */
export const signInSamples: Readonly<Record<string, MakeSample>> = {
  'account.passkeys.add': byThemselves(async ({ trpc }, { url }) => {
    const { options } = await trpc.account.passkeys.offer.mutate();
    return { response: createVirtualPasskey(url).create(options) };
  }),
  'account.passkeys.remove': byThemselves(async (member, { url }) => ({
    id: (await addPasskey(member, url)).id,
  })),
  'account.passkeys.confirm': byThemselves(async (member, { url }) => {
    const passkey = await addPasskey(member, url);
    const { options } = await member.trpc.account.passkeys.offerConfirmation.mutate();
    return { answer: passkey.get(options) };
  }),
  'account.passkeys.signIn': async (keyward) => {
    const member = await signInMember(keyward, keyward.bootstrap);
    const passkey = await addPasskey(member, keyward.url);
    const browser = consoleClient(keyward.url);
    const { options } = await browser.trpc.account.passkeys.offerSignIn.mutate({});
    const input = { answer: passkey.get(options) };
    return { cookies: browser.cookies(), actor: ofUser(member), input };
  },
  'account.provider.disconnect': byThemselves(async ({ user }, { database }) => {
    const issuer = 'https://id.example.com';
    await database.execute(`insert into identities (issuer, subject, user_id)
      values ('${issuer}', '${user.id}', '${user.id}')`);
    return { issuer };
  }),
  'account.password.makeResetLink': byOperator(async (keyward) => {
    const { user } = await makeMember(keyward, keyward.bootstrap);
    return { email: user.email };
  }),
  'account.secondFactor.removeFrom': byOperator(async (keyward) => {
    const member = await signInMember(keyward, keyward.bootstrap);
    await addPasskey(member, keyward.url);
    return { email: member.user.email };
  }),
  'account.password.reset': async (keyward) => {
    const { user } = await makeMember(keyward, keyward.bootstrap);
    const { token } = await makeResetLink(keyward.context, user.email);
    const input = { token, password: uniqueName('another password') };
    return { cookies: null, actor: { type: 'user', id: user.id }, input };
  },
  'invitations.mail': async (keyward) => {
    const { organizationId } = keyward.bootstrap;
    const admin = await signInMember(keyward, { organizationId, role: 'owner' });
    const email = `${uniqueName('ida')}@example.com`;
    const { id } = await admin
      .within(organizationId)
      .members.invite.mutate({ email, role: 'member' });
    return { cookies: admin.cookies(), actor: ofUser(admin), organizationId, input: { id } };
  },
};
