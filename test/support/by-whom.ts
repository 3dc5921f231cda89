import { consoleClient } from './console-client.ts';
import type { MakeSample } from './mutation-sample.ts';
import { type SignedIn, signInMember } from './tenants.ts';
import { operatorPassword, type TestKeyward } from './test-keyward.ts';

/** By somebody on their own account. */
export const byThemselves =
  (makeInput: (member: SignedIn, keyward: TestKeyward) => unknown): MakeSample =>
  async (keyward) => {
    const member = await signInMember(keyward, keyward.bootstrap);
    const input = await makeInput(member, keyward);
    // Asked for last: some of what was made on the way has set a cookie.
    return { cookies: member.cookies(), actor: { type: 'user', id: member.user.id }, input };
  };

/** By the operator, wherever they are a member or none. */
export const byOperator =
  (makeInput: (keyward: TestKeyward) => unknown): MakeSample =>
  async (keyward) => {
    const { email, userId } = keyward.bootstrap;
    const operator = consoleClient(keyward.url);
    await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
    const actor = { type: 'operator' as const, id: userId };
    return { cookies: operator.cookies(), actor, input: await makeInput(keyward) };
  };
