import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restClient } from '../support/rest-client.ts';
import {
  createInstallation,
  descendants,
  isAlive,
  kill,
  run,
  type Served,
  until,
} from '../support/served-keyward.ts';

describe('one installation, from its first day on', { timeout: 90_000 }, () => {
  let installation: Awaited<ReturnType<typeof createInstallation>>;
  let made: { secret: string; keyId: string };
  beforeAll(async () => {
    installation = await createInstallation();
  });
  afterAll(() => installation[Symbol.asyncDispose]());

  const rest = (served: Served) => restClient(served.url, made.secret);

  async function expectStopped(everything: readonly number[]): Promise<void> {
    await until(() => !everything.some(isAlive), 'every process to end');
    expect(await installation.databasePid()).toBeNull();
  }

  test('keyward bootstrap works before the server has ever run, prints one line of JSON, and refuses a second time', async () => {
    const first = await installation.bootstrap();
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(1);
    made = JSON.parse(first.stdout);
    expect(Object.keys(made).sort()).toEqual(['keyId', 'organizationId', 'secret', 'userId']);
    const second = await installation.bootstrap('eve@example.com');
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain('has an operator already');
    expect(await installation.databasePid()).toBeNull();
  });

  test('npm start serves console and REST on one port, and Ctrl-C stops all of it, the database too', async () => {
    const served = await installation.start('npm', 'start');
    expect(served.output()).toContain(`Keyward is at ${served.url}`);
    const page = await fetch(served.url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<title>Keyward');
    const answer = await rest(served)('POST', '/v1/keys/verify', { body: { key: made.secret } });
    expect(answer.body.code).toBe('VALID');
    const everything = descendants(served.process.pid);
    expect(everything.length).toBeGreaterThan(2);
    expect(await installation.databasePid()).not.toBeNull();
    // A terminal sends the signal to the whole group.
    process.kill(-served.process.pid, 'SIGINT');
    await expectStopped(everything);
  });

  test('a second npm start has everything that the first had, and SIGTERM to npm stops all of it', async () => {
    const served = await installation.start('npm', 'start');
    const { body } = await rest(served)('GET', `/v1/keys/${made.keyId}`);
    // The one as the caller and the one as the key in question: counts are flushed at shutdown.
    expect(body.usage.totalRequests).toBeGreaterThanOrEqual(2);
    const everything = descendants(served.process.pid);
    kill(served.process.pid, 'SIGTERM');
    await expectStopped(everything);
  });

  test('npm run serve recovers by itself after kill -9 of every process, and leaves no database behind when the server alone is killed', async () => {
    const first = await installation.start('npm', 'run', 'serve');
    const database = await installation.databasePid();
    for (const pid of [first.process.pid, ...descendants(first.process.pid), database ?? 0]) {
      kill(pid, 'SIGKILL');
    }
    const second = await installation.start(process.execPath, 'server/src/main.ts');
    expect((await rest(second)('GET', '/v1/test')).body.code).toBe('VALID');
    const own = await installation.databasePid();
    expect(own).not.toBeNull();
    kill(second.process.pid, 'SIGKILL');
    await until(() => !isAlive(own ?? 0), 'the database to stop');
    await installation.start(process.execPath, 'server/src/main.ts');
  });
});

describe('what cannot be started says why', { timeout: 90_000 }, () => {
  test('which setting to change when the port stays taken', async () => {
    await using installation = await createInstallation();
    await using holder = createServer();
    await new Promise<void>((resolve) => holder.listen(installation.port, '127.0.0.1', resolve));
    const end = await run(process.execPath, ['server/src/main.ts'], installation.environment);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain(`Port ${installation.port} of 127.0.0.1 is taken`);
    expect(await installation.databasePid()).toBeNull();
  });

  test('every bad setting at once', async () => {
    await using installation = await createInstallation();
    const end = await run(process.execPath, ['server/src/main.ts'], {
      ...installation.environment,
      PORT: 'http',
      KEYWARD_SIGN_UP: 'sometimes',
    });
    expect(end.code).toBe(1);
    expect(end.stderr).toContain('PORT:');
    expect(end.stderr).toContain('KEYWARD_SIGN_UP:');
  });

  test('keyward bootstrap says what is missing', async () => {
    await using installation = await createInstallation();
    const end = await run(
      'npm',
      ['run', '--silent', 'keyward', '--', 'bootstrap', '--email', 'nobody'],
      installation.environment,
    );
    expect(end.code).toBe(1);
    expect(end.stdout).toBe('');
    expect(end.stderr).toContain('email');
  });
});
