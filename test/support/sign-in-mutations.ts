import { endSession, signOutEverywhere } from '@keyward/server/accounts/end-sessions';
import { removePasskey } from '@keyward/server/accounts/passkeys/manage-passkeys';
import { addPasskey, offerPasskey } from '@keyward/server/accounts/passkeys/register-passkey';
import { relyingPartyOf } from '@keyward/server/accounts/passkeys/relying-party';
import {
  confirmByPasskey,
  offerConfirmation,
  offerSignIn,
  signInByPasskey,
} from '@keyward/server/accounts/passkeys/sign-in-by-passkey';
import { makeResetLink } from '@keyward/server/accounts/password-reset/make-reset-link';
import { resetPassword } from '@keyward/server/accounts/password-reset/reset-password';
import {
  type BegunVisit,
  beginConfirmation,
  beginConnection,
  beginSignIn,
} from '@keyward/server/accounts/provider/begin-visit';
import { finishVisit } from '@keyward/server/accounts/provider/finish-visit';
import { disconnect } from '@keyward/server/accounts/provider/identities';
import { openProvider } from '@keyward/server/accounts/provider/provider';
import { completeSignIn } from '@keyward/server/accounts/second-factor/challenge';
import {
  offerAuthenticator,
  renewRecoveryCodes,
  turnOffSecondFactor,
  turnOnSecondFactor,
} from '@keyward/server/accounts/second-factor/manage-second-factor';
import { removeFactors } from '@keyward/server/accounts/second-factor/remove-factors';
import { signIn } from '@keyward/server/accounts/sign-in';
import { codeOfApp } from './authenticator.ts';
import { type Person, startIdentityProvider } from './identity-provider.ts';
import { createVisitor } from './provider-visit.ts';
import {
  accountPassword,
  anotherSession,
  type SignedInContext,
  signUpSomebody,
} from './signed-in-context.ts';
import type { TestStore } from './test-store.ts';
import { uniqueName } from './unique-name.ts';
import { createVirtualPasskey } from './virtual-passkey.ts';

const url = 'http://localhost:4400';
const party = relyingPartyOf(url) ?? { id: '', origin: '' };

const newPerson = (): Person => {
  const subject = uniqueName('sub');
  return { subject, email: `${subject.toLowerCase()}@example.com`, emailVerified: true };
};

async function registerPasskey(context: SignedInContext) {
  const passkey = createVirtualPasskey(url);
  const { options, token } = await offerPasskey(context, party);
  const response = passkey.create(options);
  await addPasskey(context, { response }, { party, token });
  return passkey;
}

async function turnOn(context: SignedInContext) {
  const { secret } = await offerAuthenticator(context);
  return (await turnOnSecondFactor(context, codeOfApp(secret))) ?? [];
}

/** Accounts with every way to sign in, and a provider, for the verbs below. */
export async function openSignInStage(store: TestStore) {
  const id = await startIdentityProvider();
  id.open({ redirectUri: `${url}/auth/callback` });
  const provider = openProvider(id.settings, url);
  const visit = async (
    { url: there, token }: BegunVisit,
    person: Person,
    actor: SignedInContext['actor'] | null,
  ) => {
    id.state.present = person;
    const back = await createVisitor().goUntil(there, provider.redirectUri);
    const { search } = new URL(back);
    const arrival = { provider, token, search, actor, policy: 'open', secure: false } as const;
    return finishVisit(store.system, arrival);
  };

  const unsecured = await signUpSomebody(store);
  const offered = (await offerAuthenticator(unsecured)).secret;
  const secured = await signUpSomebody(store);
  const [recoveryCode = ''] = await turnOn(secured);
  const { email } = secured.actor;
  const { challenge } = await signIn(
    store.system,
    { email, password: accountPassword },
    false,
  ).then((answer) => (answer.actor === null ? answer : { challenge: null }));
  const squatted = await signUpSomebody(store);
  await turnOn(squatted);
  const withPasskey = await signUpSomebody(store);
  const passkey = await registerPasskey(withPasskey);
  const connected = await signUpSomebody(store);
  const person = newPerson();
  await visit(await beginConnection(connected, provider), person, connected.actor);
  const forgetful = await signUpSomebody(store);
  const { token: resetToken } = await makeResetLink(store.system, forgetful.actor.email);
  const leaving = await signUpSomebody(store);
  const elsewhere = await anotherSession(store, leaving);

  return {
    ...{ store, id, provider, visit, unsecured, offered, secured, recoveryCode, challenge },
    ...{ squatted, withPasskey, passkey, connected, person, forgetful, resetToken, leaving },
    elsewhere,
    [Symbol.asyncDispose]: () => id[Symbol.asyncDispose](),
  };
}

export type SignInStage = Awaited<ReturnType<typeof openSignInStage>>;

interface SignInMutation {
  what: string;
  /** One, where it is not told. */
  events?: number;
  run(stage: SignInStage): Promise<unknown>;
}

/** In an order in which each can follow those before it. */
export const signInMutations: readonly SignInMutation[] = [
  {
    what: 'turnOnSecondFactor',
    run: ({ unsecured, offered }) => turnOnSecondFactor(unsecured, codeOfApp(offered)),
  },
  {
    what: 'completeSignIn',
    run: ({ store, challenge, recoveryCode: code }) =>
      completeSignIn(store.system, { challenge: challenge?.token ?? '', code }, false),
  },
  { what: 'renewRecoveryCodes', run: ({ secured }) => renewRecoveryCodes(secured) },
  { what: 'turnOffSecondFactor', run: ({ secured }) => turnOffSecondFactor(secured) },
  {
    what: 'removeFactors',
    run: ({ store, squatted }) =>
      removeFactors(store.system, squatted.actor.email, { baseUrl: url }),
  },
  { what: 'addPasskey', run: ({ withPasskey }) => registerPasskey(withPasskey) },
  {
    what: 'signInByPasskey',
    run: async ({ store, passkey }) => {
      const { options, token } = await offerSignIn(store.system, null, party);
      const given = { answer: passkey.get(options), challenge: null };
      return signInByPasskey(store.system, given, { party, token, secure: false });
    },
  },
  {
    what: 'confirmByPasskey',
    run: async ({ withPasskey, passkey }) => {
      const { options, token } = await offerConfirmation(withPasskey, party);
      return confirmByPasskey(withPasskey, passkey.get(options), { party, token });
    },
  },
  {
    what: 'removePasskey',
    run: ({ withPasskey, passkey, provider }) => removePasskey(withPasskey, passkey.id, provider),
  },
  {
    what: 'a visit to the provider that makes an account',
    events: 3,
    run: async ({ store, provider, visit }) => {
      const begun = await beginSignIn(store.system, provider, { invitation: null, returnTo: '/' });
      return visit(begun, newPerson(), null);
    },
  },
  {
    what: 'a visit to the provider that signs in',
    run: async ({ store, provider, person, visit }) => {
      const begun = await beginSignIn(store.system, provider, { invitation: null, returnTo: '/' });
      return visit(begun, person, null);
    },
  },
  {
    what: 'a visit to the provider that connects',
    run: async ({ unsecured, provider, visit }) =>
      visit(await beginConnection(unsecured, provider), newPerson(), unsecured.actor),
  },
  {
    what: 'a visit to the provider that confirms',
    run: async ({ connected, provider, person, visit }) =>
      visit(await beginConfirmation(connected, provider), person, connected.actor),
  },
  {
    what: 'disconnect',
    run: ({ connected, provider }) => disconnect(connected, provider.issuer, provider),
  },
  {
    what: 'makeResetLink',
    run: ({ store, leaving }) => makeResetLink(store.system, leaving.actor.email),
  },
  {
    what: 'resetPassword',
    run: ({ store, resetToken: token }) =>
      resetPassword(store.system, { token, password: 'another long password' }, { baseUrl: url }),
  },
  {
    what: 'endSession',
    run: ({ leaving, elsewhere }) => endSession(leaving, elsewhere.actor.session?.id ?? ''),
  },
  {
    what: 'signOutEverywhere',
    run: ({ leaving }) => signOutEverywhere(leaving, leaving.cookies, false),
  },
];
