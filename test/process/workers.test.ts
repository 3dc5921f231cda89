import { setTimeout as elapse } from 'node:timers/promises';
import { connectDatabase } from '@keyward/server/database/connect-database';
import { describe, expect, test } from 'vitest';
import { restClient } from '../support/rest-client.ts';
import {
  createInstallation,
  descendants,
  isAlive,
  kill,
  type Served,
  until,
} from '../support/served-keyward.ts';
import { createTestDatabase } from '../support/test-database.ts';

const banners = (served: Served) => served.output().match(/Keyward is at/g)?.length ?? 0;

/** Two workers on a database of the test's own, so that their rows can be looked at. */
async function startWorkers(overrides: Record<string, string> = {}) {
  const stack = new AsyncDisposableStack();
  const { url } = stack.use(await createTestDatabase());
  const { database, close } = connectDatabase(url, 2);
  stack.defer(close);
  const installation = stack.use(
    await createInstallation({ DATABASE_URL: url, KEYWARD_WORKERS: '2', ...overrides }),
  );
  const bootstrap = JSON.parse((await installation.bootstrap()).stdout);
  const nodes = async () => (await database.execute('select id from authority_nodes')).length;
  return {
    installation,
    ...bootstrap,
    nodes,
    /** Returns when all workers serve: until then the death of one is the end of the start. */
    async start() {
      const served = await installation.start(process.execPath, 'server/src/main.ts');
      await until(() => banners(served) === 1, 'the banner');
      return served;
    },
    workers: (served: Served) => descendants(served.process.pid),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

describe('KEYWARD_WORKERS=2', { timeout: 90_000 }, () => {
  test('two nodes answer on one port, and a revocation that has returned is true on both', async () => {
    await using keyward = await startWorkers();
    const served = await keyward.start();
    expect(banners(served)).toBe(1);
    const rest = restClient(served.url, keyward.secret);
    for (let round = 0; round < 20; round += 1) {
      const { body: made } = await rest('POST', '/v1/keys', {
        body: { name: `round ${round}`, service: 'keyward', permissions: [] },
      });
      const ask = () => rest('POST', '/v1/keys/verify', { body: { key: made.secret } });
      const asked = () =>
        Promise.all(Array.from({ length: 8 }, async () => (await ask()).body.code));
      expect(new Set(await asked())).toEqual(new Set(['VALID']));
      const revoked = await rest('DELETE', `/v1/keys/${made.key.id}`);
      expect(revoked.body.receipt.nodes).toBe(2);
      expect(new Set(await asked())).toEqual(new Set(['REVOKED']));
    }
  });

  test('/metrics tells the figures of all workers together, whichever is asked', async () => {
    await using keyward = await startWorkers();
    const served = await keyward.start();
    const rest = restClient(served.url, keyward.secret);
    await Promise.all(
      Array.from({ length: 40 }, () =>
        rest('POST', '/v1/keys/verify', { body: { key: keyward.secret } }),
      ),
    );
    for (let scrape = 0; scrape < 4; scrape += 1) {
      const { text } = await rest('GET', '/metrics');
      expect(text).toMatch(/^keyward_leases 2$/m);
      expect(text).toMatch(/^keyward_verifications_total\{outcome="VALID"\} 80$/m);
    }
  });

  test('a worker that dies while the others are asked for its /metrics takes nothing with it', async () => {
    await using keyward = await startWorkers();
    const served = await keyward.start();
    const [silent = 0, asking = 0] = keyward.workers(served);
    kill(silent, 'SIGSTOP');
    // On connections of their own, of which the worker that still accepts gets some.
    const asked = Array.from({ length: 4 }, () =>
      fetch(`${served.url}/metrics`, { headers: { connection: 'close' } }).then(
        ({ status }) => status,
        () => 0,
      ),
    );
    // Nothing tells from outside that the figures are being asked for.
    await elapse(1_000);
    kill(asking, 'SIGKILL');
    await until(() => !keyward.workers(served).includes(asking), 'its end');
    kill(silent, 'SIGCONT');
    await Promise.all(asked);
    await until(() => keyward.workers(served).length === 2, 'another worker');
    expect(isAlive(served.process.pid ?? 0)).toBe(true);
    const rest = restClient(served.url, keyward.secret);
    const answer = await rest('POST', '/v1/keys/verify', { body: { key: keyward.secret } });
    expect(answer.body.code).toBe('VALID');
  });

  test('a worker that is killed is replaced, and the service goes on', async () => {
    await using keyward = await startWorkers();
    const served = await keyward.start();
    const [killed, other] = keyward.workers(served);
    kill(killed ?? 0, 'SIGKILL');
    const isReplaced = () => {
      const now = keyward.workers(served);
      return now.length === 2 && !now.includes(killed ?? 0) && now.includes(other ?? 0);
    };
    await until(isReplaced, 'another worker');
    const rest = restClient(served.url, keyward.secret);
    const answer = await rest('POST', '/v1/keys/verify', { body: { key: keyward.secret } });
    expect(answer.body.code).toBe('VALID');
    // That of the killed one is found dead once its lease has run out.
    await until(async () => (await keyward.nodes()) === 2, 'two nodes on the list');
  });

  test('SIGTERM loses no verification that was counted, and leaves no process and no node', async () => {
    await using keyward = await startWorkers();
    const first = await keyward.start();
    const everything = [first.process.pid, ...keyward.workers(first)];
    const rest = restClient(first.url, keyward.secret);
    const { body: made } = await rest('POST', '/v1/keys', {
      body: { name: 'counted', service: 'keyward', permissions: [] },
    });
    await Promise.all(
      Array.from({ length: 200 }, () =>
        rest('POST', '/v1/keys/verify', { body: { key: made.secret } }),
      ),
    );
    // To all of them at once, as a service manager sends it.
    for (const pid of everything) kill(pid, 'SIGTERM');
    await until(() => !everything.some(isAlive), 'every process to end');
    expect(await first.ended()).toBe(0);
    expect(await keyward.nodes()).toBe(0);

    const second = await keyward.start();
    const again = restClient(second.url, keyward.secret);
    const { body: key } = await again('GET', `/v1/keys/${made.key.id}`);
    expect(key.usage.totalRequests).toBe(200);
  });

  test('workers end when the process that started them is killed, and the database with it', async () => {
    await using keyward = await startWorkers({ DATABASE_URL: '' });
    const served = await keyward.start();
    const database = await keyward.installation.databasePid();
    const workers = keyward.workers(served);
    kill(served.process.pid, 'SIGKILL');
    await until(() => !workers.some(isAlive), 'every worker to end');
    await until(() => !isAlive(database ?? 0), 'the database to stop');
  });

  test('where no worker can start, nothing does, and it is said why', async () => {
    await using keyward = await startWorkers({ HOST: '192.0.2.1' });
    await expect(keyward.start()).rejects.toThrow(/ended with 1[\s\S]*192\.0\.2\.1/);
  });
});
