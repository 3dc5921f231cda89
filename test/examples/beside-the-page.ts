import { expect, test } from 'vitest';
import { type ExampleStage, startExample } from '../support/example.ts';
import type { RestAnswer } from '../support/rest-client.ts';
import { type Case, type StandIns, sendDocumented } from './documented.ts';

export interface Guarded {
  name: string;
  stage(): ExampleStage;
  standIns: StandIns;
  /** A request that a good key is let in with. */
  request: Case['request'];
  /** Makes a key that `request` is let in with. */
  makeKey(): Promise<string>;
  /** What `request` writes in place of the key. */
  standIn: string;
  /** Holds an error of this status against the product's own envelope. */
  expectRefusal(answer: RestAnswer, status: number): void;
}

/** What every product owes its callers beside what its page says. */
export function testGuard(guarded: Guarded): void {
  const { stage, standIns, request, standIn, expectRefusal } = guarded;
  const send = (key: string) => sendDocumented(request, { ...standIns, [standIn]: key });

  test('a key that is revoked in Keyward is refused at the next request', async () => {
    const key = await guarded.makeKey();
    expect((await send(key)).status).toBe(200);
    const { id, call } = await stage().find(key);
    expect((await call('DELETE', `/v1/keys/${id}`)).status).toBe(200);
    expectRefusal(await send(key), 401);
  });

  test('a suspended key is refused, and let in again when it is resumed', async () => {
    const key = await guarded.makeKey();
    const { id, call } = await stage().find(key);
    await call('PATCH', `/v1/keys/${id}`, { status: 'suspended' });
    expectRefusal(await send(key), 401);
    await call('PATCH', `/v1/keys/${id}`, { status: 'active' });
    expect((await send(key)).status).toBe(200);
  });

  test('strings that are no keys are refused', async () => {
    for (const key of ['x', 'null', `${standIn}`, 'k'.repeat(513), 'hk_live_ü', '{"$ne":null}']) {
      expectRefusal(await send(key), 401);
    }
  });

  test('a key to Keyward itself opens nothing here', async () => {
    expectRefusal(await send(stage().keyward.bootstrap.secret), 401);
  });

  test('nobody passes while Keyward is gone, silent or lost, and all is well after', async () => {
    const key = await guarded.makeKey();
    for (const mode of ['cut', 'black-hole'] as const) {
      stage().proxy.set(mode);
      const started = performance.now();
      const answers = await Promise.all([send(key), send('no-key-at-all')]);
      expect(performance.now() - started).toBeLessThan(4_000);
      for (const answer of answers) {
        expectRefusal(answer, 503);
        expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      }
      stage().proxy.set('cut');
      stage().proxy.set('pass');
      expect((await send(key)).status).toBe(200);
    }
  });

  test('it answers what it has no route for, or cannot read, in its own envelope', async () => {
    const { url } = stage().example;
    expectRefusal(await sendDocumented({ method: 'GET', url: `${url}/nowhere` }, {}), 404);
    const headers = { 'Content-Type': 'application/json' };
    const broken = { method: 'POST', url: `${url}/nowhere`, headers, body: '{"name":' };
    expectRefusal(await sendDocumented(broken, {}), 400);
    const large = { ...broken, body: JSON.stringify({ name: 'n'.repeat(70_000) }) };
    expectRefusal(await sendDocumented(large, {}), 413);
  });

  test('it starts again beside itself, on what stands in Keyward already', async () => {
    await using second = await startExample(guarded.name, stage().environment);
    expect(Object.keys(second.credentials)).toEqual(Object.keys(stage().example.credentials));
    // The first goes on as it was.
    expect((await send(await guarded.makeKey())).status).toBe(200);
  });

  test('it prints one line, which alone holds secrets, and stops when it is told', async () => {
    const { example } = stage();
    example.process.kill('SIGTERM');
    const { code, stdout } = await example.ended;
    expect(code).toBe(0);
    expect(stdout).toBe(
      `${JSON.stringify({ url: example.url, credentials: example.credentials })}\n`,
    );
    expect(example.log()).toContain(`${guarded.name} listens at ${example.url}`);
    for (const secret of Object.values({ ...example.credentials, ...stage().environment })) {
      if (secret.length > 20 && !secret.startsWith('http')) {
        expect(example.log()).not.toContain(secret);
      }
    }
    expect(example.log()).not.toMatch(/[a-z0-9]+_[0-9A-Za-z]{38}/);
  });
}
