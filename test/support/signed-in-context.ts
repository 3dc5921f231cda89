import { openSessions } from '@keyward/server/accounts/sessions';
import { signUp } from '@keyward/server/accounts/sign-up';
import type { Context, UserActor } from '@keyward/server/context';
import { signUpInput } from '@keyward/shared/accounts';
import type { TestStore } from './test-store.ts';
import { uniqueName } from './unique-name.ts';

export const accountPassword = 'correct horse battery staple';

export interface SignedInContext extends Context {
  actor: UserActor;
  /** As a browser sends them back. */
  cookies: string;
}

/** What a browser sends back of a cookie that was set. */
export const sentBack = (cookie: string): string => cookie.split(';')[0] ?? '';

/** A context as a face makes it of these cookies. */
export async function contextOf(store: TestStore, cookies: string): Promise<SignedInContext> {
  const found = await openSessions(store.database, false).find(cookies);
  if (found === null) {
    throw new Error('These cookies open no session.');
  }
  return { ...store.system, actor: found.actor, cookies };
}

/** Somebody with a new account, in its first session. */
export async function signUpSomebody(store: TestStore): Promise<SignedInContext> {
  const email = `${uniqueName('ada')}@example.com`;
  const { cookie } = await signUp(
    store.system,
    signUpInput.parse({ email, name: 'Ada Lovelace', password: accountPassword }),
    { policy: 'open', secure: false },
  );
  return contextOf(store, sentBack(cookie));
}

/** Another session of the same person, as of another browser. */
export async function anotherSession(
  store: TestStore,
  { actor }: SignedInContext,
  userAgent = 'another browser',
): Promise<SignedInContext> {
  const place = { address: '198.51.100.7', userAgent };
  const cookie = await openSessions(store.database, false).start(actor.userId, place);
  return contextOf(store, sentBack(cookie));
}

/** The same session, whose password was given more than 15 minutes ago. */
export async function stale(store: TestStore, { cookies, actor }: SignedInContext) {
  await store.sql`update sessions set confirmed_at = now() - interval '15 minutes'
    where id_hash = ${actor.session?.id ?? ''}`;
  return contextOf(store, cookies);
}
