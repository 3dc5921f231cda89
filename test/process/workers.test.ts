import { setTimeout as elapse } from 'node:timers/promises';
import { connectDatabase } from '@keyward/server/database/connect-database';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

/** What starts two workers. */
async function installWorkers(settings: Record<string, string>) {
  const installation = await createInstallation({ KEYWARD_WORKERS: '2', ...settings });
  return {
    installation,
    /** Returns when all workers serve: until then the death of one is the end of the start. */
    async start() {
      const served = await installation.start(process.execPath, 'server/src/main.ts');
      await until(() => banners(served) === 1, 'the banner');
      return served;
    },
    [Symbol.asyncDispose]: () => installation[Symbol.asyncDispose](),
  };
}

const workersOf = (served: Served) => descendants(served.process.pid);

describe('KEYWARD_WORKERS=2', { timeout: 90_000 }, () => {
  const stack = new AsyncDisposableStack();
  let start: () => Promise<Served>;
  let served: Served;
  /** Of the key that bootstrap made. */
  let secret: string;
  let countNodes: () => Promise<number>;
  beforeAll(async () => {
    // Of the tests' own, so that its rows can be looked at.
    const { url } = stack.use(await createTestDatabase());
    const { database, close } = connectDatabase(url, 2);
    stack.defer(close);
    countNodes = async () => (await database.execute('select id from authority_nodes')).length;
    const workers = stack.use(await installWorkers({ DATABASE_URL: url }));
    ({ secret } = JSON.parse((await workers.installation.bootstrap()).stdout));
    ({ start } = workers);
    served = await start();
  }, 90_000);
  afterAll(() => stack[Symbol.asyncDispose]());

  const verifyItself = async () => {
    const rest = restClient(served.url, secret);
    return (await rest('POST', '/v1/keys/verify', { body: { key: secret } })).body.code;
  };

  const readMetric = async (name: string) => {
    const { text } = await restClient(served.url, secret)('GET', '/metrics');
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length));
  };
  /** What replaces a worker that died serves some time after it began. */
  const untilBothServe = () =>
    until(async () => (await readMetric('keyward_leases')) === 2, 'both workers to serve');

  test('two nodes answer on one port, and a revocation that has returned is true on both', async () => {
    expect(banners(served)).toBe(1);
    const rest = restClient(served.url, secret);
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
    const scrape = async () => {
      expect(await readMetric('keyward_leases')).toBe(2);
      return readMetric('keyward_verifications_total{outcome="VALID"}');
    };
    const before = await scrape();
    await Promise.all(Array.from({ length: 40 }, verifyItself));
    for (let round = 0; round < 4; round += 1) {
      // Each is asked by a key, and about one.
      expect(await scrape()).toBe(before + 80);
    }
  });

  test('a worker that dies while the others are asked for its /metrics takes nothing with it', async () => {
    const [silent = 0, asking = 0] = workersOf(served);
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
    await until(() => !workersOf(served).includes(asking), 'its end');
    kill(silent, 'SIGCONT');
    await Promise.all(asked);
    await untilBothServe();
    expect(isAlive(served.process.pid ?? 0)).toBe(true);
    expect(await verifyItself()).toBe('VALID');
  });

  test('a worker that is killed is replaced, and the service goes on', async () => {
    const [killed, other] = workersOf(served);
    kill(killed ?? 0, 'SIGKILL');
    const isReplaced = () => {
      const now = workersOf(served);
      return now.length === 2 && !now.includes(killed ?? 0) && now.includes(other ?? 0);
    };
    await until(isReplaced, 'another worker');
    expect(await verifyItself()).toBe('VALID');
    await untilBothServe();
    // The node of the killed one is found dead once its lease has run out.
    await until(async () => (await countNodes()) === 2, 'two nodes on the list');
  });

  test('SIGTERM loses no verification that was counted, and leaves no process and no node', async () => {
    const everything = [served.process.pid, ...workersOf(served)];
    const rest = restClient(served.url, secret);
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
    expect(await served.ended()).toBe(0);
    expect(await countNodes()).toBe(0);

    served = await start();
    const again = restClient(served.url, secret);
    const { body: key } = await again('GET', `/v1/keys/${made.key.id}`);
    expect(key.usage.totalRequests).toBe(200);
  });

  test('workers end when the process that started them is killed, and the database with it', async () => {
    await using own = await installWorkers({});
    const started = await own.start();
    const database = await own.installation.databasePid();
    const workers = workersOf(started);
    kill(started.process.pid, 'SIGKILL');
    await until(() => !workers.some(isAlive), 'every worker to end');
    await until(() => !isAlive(database ?? 0), 'the database to stop');
  });

  test('where no worker can start, nothing does, and it is said why', async () => {
    await using database = await createTestDatabase();
    await using nowhere = await installWorkers({ DATABASE_URL: database.url, HOST: '192.0.2.1' });
    await expect(nowhere.start()).rejects.toThrow(/ended with 1[\s\S]*192\.0\.2\.1/);
  });
});
