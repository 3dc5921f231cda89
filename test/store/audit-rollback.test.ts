import { changePassword } from '@keyward/server/accounts/change-password';
import { confirmPassword } from '@keyward/server/accounts/confirm-password';
import { endOtherSessions } from '@keyward/server/accounts/end-sessions';
import { offerAuthenticator } from '@keyward/server/accounts/second-factor/manage-second-factor';
import { openSessions } from '@keyward/server/accounts/sessions';
import { signIn } from '@keyward/server/accounts/sign-in';
import { signOut } from '@keyward/server/accounts/sign-out';
import { signUp } from '@keyward/server/accounts/sign-up';
import { createKey } from '@keyward/server/keys/create-key';
import { hashRequest } from '@keyward/server/keys/find-idempotent-key';
import { revokeKey } from '@keyward/server/keys/revoke-key';
import { createOrganization } from '@keyward/server/organizations/create-organization';
import { setSecondFactor } from '@keyward/server/organizations/set-second-factor';
import { putService } from '@keyward/server/services/put-service';
import { setServiceStatus } from '@keyward/server/services/set-service-status';
import { servicePresets } from '@keyward/shared/service-presets';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  openSignInStage,
  type SignInStage,
  signInMutations,
} from '../support/sign-in-mutations.ts';
import {
  accountPassword,
  anotherSession,
  type SignedInContext,
  signUpSomebody,
} from '../support/signed-in-context.ts';
import {
  createTestStore,
  keyInput,
  type TestOrganization,
  type TestStore,
} from '../support/test-store.ts';
import { uniqueName } from '../support/unique-name.ts';

let store: TestStore;
let acme: TestOrganization;
let service: string;
let closing: string;
/** Of a session that stays until the last test. */
let cookies: string;
let ada: SignedInContext;
let ways: SignInStage;
const password = 'correct horse battery staple';
beforeAll(async () => {
  store = await createTestStore();
  acme = await store.organization();
  service = await store.service(servicePresets.analytics);
  closing = await store.service(servicePresets.analytics);
  const { actor } = await signUp(
    store.system,
    { email: 'stays@example.com', name: 'Ada', password },
    { policy: 'open', secure: false },
  );
  [cookies = ''] = (await openSessions(store.database, false).start(actor.userId)).split(';');
  ada = await signUpSomebody(store);
  await anotherSession(store, ada);
  ways = await openSignInStage(store);
  await store.sql`create function refuse_audit() returns trigger language plpgsql
    as $$ begin raise exception 'the audit log cannot be written'; end $$`;
});
afterAll(async () => {
  await ways[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

/** Every table but those of attempts, and of what is asked for once: used up whatever becomes of it. */
async function written() {
  const { guesses, passkey_ceremonies, provider_visits, ...tables } = await store.fingerprint();
  return tables;
}

/** When PostgreSQL refuses the event: as it is written, or not before the commit. */
const moments = [
  { when: 'as it is written', trigger: 'trigger refuse before insert', deferred: '' },
  {
    when: 'at the commit',
    trigger: 'constraint trigger refuse after insert',
    deferred: 'deferrable initially deferred',
  },
];

const intent = uniqueName('intent');
const slug = uniqueName('links');
const mutations: { what: string; events?: number; run: () => Promise<unknown> }[] = [
  { what: 'createKey', run: () => createKey(acme.admin, keyInput({ service })) },
  {
    what: 'createKey with an Idempotency-Key',
    run: () => {
      const input = keyInput({ service, name: 'Production' });
      const idempotency = { key: intent, requestHash: hashRequest(input) };
      return createKey(acme.admin, input, { idempotency });
    },
  },
  {
    what: 'createKey of a user key',
    run: () => createKey(acme.member, keyInput({ service, kind: 'user' })),
  },
  {
    what: 'revokeKey',
    run: async () => {
      const [row] = await store.sql<{ id: string }[]>`
        select id from keys where name = 'stays' and organization_id = ${acme.id}`;
      return revokeKey(acme.admin, row?.id ?? '');
    },
  },
  {
    what: 'putService, new',
    run: () => putService(store.system, slug, { preset: 'short-links' }),
  },
  {
    what: 'putService, again',
    run: () =>
      putService(store.system, service, {
        ...servicePresets.analytics,
        slug: service,
        name: 'New',
      }),
  },
  {
    what: 'setServiceStatus',
    run: () => setServiceStatus(store.system, closing, 'disabled'),
  },
  {
    what: 'createOrganization',
    run: () => createOrganization(store.as(acme.owner.actor), { name: 'Rolled back' }),
  },
  {
    what: 'signUp',
    run: () =>
      signUp(
        store.system,
        { email: `${uniqueName('ada')}@example.com`, name: 'Ada', password },
        { policy: 'open', secure: false },
      ),
  },
  {
    what: 'signIn',
    run: () => signIn(store.system, { email: 'stays@example.com', password }, false),
  },
  { what: 'setSecondFactor', run: () => setSecondFactor(acme.system, true) },
  { what: 'confirmPassword', run: () => confirmPassword(ada, accountPassword) },
  { what: 'offerAuthenticator', run: () => offerAuthenticator(ada) },
  { what: 'endOtherSessions', run: () => endOtherSessions(ada) },
  {
    what: 'changePassword',
    run: () => changePassword(ada, { present: accountPassword, next: 'another password' }, false),
  },
  { what: 'signOut', run: () => signOut(store.system, cookies, false) },
  ...signInMutations.map(({ run, ...facts }) => ({ ...facts, run: () => run(ways) })),
];

describe.each(moments)('when the audit event is refused $when', ({ trigger, deferred }) => {
  beforeAll(async () => {
    await createKey(acme.admin, keyInput({ service, name: 'stays' }));
    await store.sql.unsafe(
      `create ${trigger} on audit_events ${deferred} for each row execute function refuse_audit()`,
    );
  });
  afterAll(() => store.sql`drop trigger refuse on audit_events`);

  test.each(mutations)('16: $what fails and leaves nothing behind', async ({ run }) => {
    const before = await written();
    const error = await run().then(
      () => 'it went through',
      (reason: Error) => `${reason.message} ${String(reason.cause ?? '')}`,
    );
    expect(error).toContain('the audit log cannot be written');
    expect(await written()).toEqual(before);
  });
});

describe('once the audit log can be written again', () => {
  test.each(mutations)(
    '$what goes through, and its event is in the chain',
    async ({ run, events = 1 }) => {
      const [before] = await store.sql`select count(*)::int as events from audit_events`;
      await run();
      const [after] = await store.sql`select count(*)::int as events from audit_events`;
      expect(after?.events).toBe(before?.events + events);
    },
  );
});
