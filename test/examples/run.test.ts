import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startExample } from '../support/example.ts';
import { freePort } from '../support/free-port.ts';
import { run, until } from '../support/served-keyward.ts';
import { makeKey } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let environment: Record<string, string>;
beforeAll(async () => {
  keyward = await startTestKeyward();
  environment = { KEYWARD_URL: keyward.url, KEYWARD_KEY: keyward.bootstrap.secret, PORT: '' };
});
afterAll(() => keyward?.[Symbol.asyncDispose]());

const start = (args: string[], changes: Record<string, string> = {}) =>
  run(process.execPath, ['examples/run.ts', ...args], {
    ...process.env,
    ...environment,
    ...changes,
  });

describe('what cannot be started says why, and exits 1', () => {
  const nobody = 'http://127.0.0.1:9';
  test.each<[string, string[], Record<string, string>, RegExp]>([
    ['no name', [], {}, /one of hilt, hitkeep, hitl, h0p, heir/],
    [
      'an unknown name',
      ['hilt2'],
      {},
      /no example hilt2[\s\S]*one of hilt, hitkeep, hitl, h0p, heir/,
    ],
    ['a name of JavaScript’s', ['constructor'], {}, /no example constructor/],
    ['no key', ['hilt'], { KEYWARD_KEY: '' }, /Set KEYWARD_KEY/],
    ['a bad port', ['hilt'], { PORT: '70000' }, /PORT to a number from 0 to 65535/],
    [
      'nobody there',
      ['hilt'],
      { KEYWARD_URL: nobody },
      /cannot be reached at http:\/\/127\.0\.0\.1:9/,
    ],
    ['no address', ['hilt'], { KEYWARD_URL: 'keyward' }, /cannot be reached at keyward/],
    [
      'a wrong key',
      ['hilt'],
      { KEYWARD_KEY: 'kw_live_x' },
      /refused \(401\)[\s\S]*KEYWARD_KEY must be/,
    ],
  ])('%s', async (_, args, changes, message) => {
    const { code, stdout, stderr } = await start(args, changes);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/\n +at /);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('a key that is no operator’s', async () => {
    const { secret } = await makeKey(keyward);
    const { code, stdout, stderr } = await start(['hilt'], { KEYWARD_KEY: secret });
    expect(stderr).toMatch(/refused \(403\)[\s\S]*KEYWARD_KEY must be/);
    expect(stderr).not.toContain(secret);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });

  test('a port that is taken', async () => {
    const { port } = new URL(keyward.url);
    const { code, stdout, stderr } = await start(['hitl'], { PORT: port });
    expect(stderr).toMatch(new RegExp(`PORT ${port}: .*EADDRINUSE`));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});

test('it listens on the port that it is given', async () => {
  const port = await freePort();
  await using example = await startExample('hitl', { ...environment, PORT: String(port) });
  expect(example.url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(`${example.url}/v1/test`)).status).toBe(401);
});

test('all five stand beside each other in one Keyward', async () => {
  await using stack = new AsyncDisposableStack();
  for (const name of ['hilt', 'hitkeep', 'hitl', 'h0p', 'heir']) {
    const { url, credentials } = stack.use(await startExample(name, environment));
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
    expect(Object.values(credentials).every((value) => value !== '')).toBe(true);
  }
});

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  '%s to npm ends the example',
  async (signal) => {
    await using example = await startExample('hitl', environment, 'npm');
    example.process.kill(signal);
    await until(
      () =>
        fetch(example.url).then(
          () => false,
          () => true,
        ),
      'the example to end',
    );
  },
);
