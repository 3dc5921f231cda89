import { createServer } from 'node:http';
import { describe, expect, test } from 'vitest';
import { restClient } from '../support/rest-client.ts';
import {
  createInstallation,
  descendants,
  isAlive,
  kill,
  run,
  until,
} from '../support/served-keyward.ts';

describe('npm start', { timeout: 90_000 }, () => {
  test('serves console and REST on one port, and SIGTERM to npm stops all of it, the database too', async () => {
    await using installation = await createInstallation();
    const served = await installation.start('npm', 'start');
    expect(served.output()).toContain(`Keyward is at ${served.url}`);

    const page = await fetch(served.url);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(await page.text()).toContain('<title>Keyward');
    const { secret } = JSON.parse((await installation.bootstrap()).stdout);
    const answer = await restClient(served.url, secret)('GET', '/v1/test');
    expect(answer.body.valid).toBe(true);

    const everything = descendants(served.process.pid);
    expect(everything.length).toBeGreaterThan(2);
    const database = await installation.databasePid();
    expect(database).not.toBeNull();
    kill(served.process.pid, 'SIGTERM');
    await until(() => !everything.some(isAlive), 'every process to end');
    expect(await installation.databasePid()).toBeNull();
  });

  test('stops cleanly on Ctrl-C, and a second start has everything that the first had', async () => {
    await using installation = await createInstallation();
    const first = await installation.start('npm', 'start');
    const { secret, keyId } = JSON.parse((await installation.bootstrap()).stdout);
    const rest = restClient(first.url, secret);
    await rest('POST', '/v1/keys/verify', { body: { key: secret } });
    const everything = descendants(first.process.pid);
    // A terminal sends the signal to the whole group.
    process.kill(-first.process.pid, 'SIGINT');
    await until(() => !everything.some(isAlive), 'every process to end');
    expect(await installation.databasePid()).toBeNull();

    await installation.start('npm', 'start');
    const { body } = await rest('GET', `/v1/keys/${keyId}`);
    // The one as the caller and the one as the key in question: counts are flushed at shutdown.
    expect(body.usage.totalRequests).toBeGreaterThanOrEqual(2);
  });
});

describe('npm run serve', { timeout: 90_000 }, () => {
  test('recovers by itself after kill -9 of every process', async () => {
    await using installation = await createInstallation();
    const { secret } = JSON.parse((await installation.bootstrap()).stdout);
    const first = await installation.start('npm', 'run', 'serve');
    const database = await installation.databasePid();
    const everything = [first.process.pid, ...descendants(first.process.pid), database ?? 0];
    for (const pid of everything) {
      kill(pid, 'SIGKILL');
    }
    const second = await installation.start('npm', 'run', 'serve');
    const answer = await restClient(second.url, secret)('GET', '/v1/test');
    expect(answer.body.code).toBe('VALID');
  });

  test('leaves no database behind when the server alone is killed', async () => {
    await using installation = await createInstallation();
    const served = await installation.start(process.execPath, 'server/src/main.ts');
    const database = await installation.databasePid();
    expect(database).not.toBeNull();
    kill(served.process.pid, 'SIGKILL');
    await until(() => !isAlive(database ?? 0), 'the database to stop');
    await installation.start(process.execPath, 'server/src/main.ts');
  });

  test('says which setting to change when the port stays taken', async () => {
    await using installation = await createInstallation();
    await using holder = createServer();
    await new Promise<void>((resolve) => holder.listen(installation.port, '127.0.0.1', resolve));
    const end = await run(process.execPath, ['server/src/main.ts'], installation.environment);
    expect(end.code).toBe(1);
    expect(end.stderr).toContain(`Port ${installation.port} of 127.0.0.1 is taken`);
    expect(await installation.databasePid()).toBeNull();
  });

  test('names every bad setting at once', async () => {
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
});

describe('keyward bootstrap', { timeout: 90_000 }, () => {
  test('works before the server has ever run, prints one line of JSON, and refuses a second time', async () => {
    await using installation = await createInstallation();
    const first = await installation.bootstrap();
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(Object.keys(JSON.parse(first.stdout)).sort()).toEqual([
      'keyId',
      'organizationId',
      'secret',
      'userId',
    ]);
    const second = await installation.bootstrap('eve@example.com');
    expect(second.code).toBe(1);
    expect(second.stdout).toBe('');
    expect(second.stderr).toContain('has an operator already');
    expect(await installation.databasePid()).toBeNull();
  });

  test('says what is missing', async () => {
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
