import { setTimeout as elapse } from 'node:timers/promises';
import { driftMilliseconds } from '@keyward/server/verification/authority/settle-authority';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import {
  makeChange,
  makeKnownSubject,
  untilCommitted,
  verifyOnAll,
} from '../support/cluster-calls.ts';
import type { ClusterMember } from '../support/cluster-member.ts';
import type { Subject } from '../support/cluster-subjects.ts';
import { isAlive } from '../support/served-keyward.ts';
import { startTestCluster } from '../support/test-cluster.ts';

/** What a loaded machine may add to a wait. */
const slackMilliseconds = 1500;
/** Of a question to a database that hangs, by `withinDeadline`. */
const deadlineMilliseconds = 4000;

let cluster: Cluster;
let waitMilliseconds: number;
beforeAll(async () => {
  cluster = await startTestCluster();
  waitMilliseconds = cluster.leaseMilliseconds + driftMilliseconds;
});
afterAll(() => cluster[Symbol.asyncDispose]());
afterEach(async () => {
  for (const node of cluster.nodes) {
    node.proxy.set('pass');
    node.resume();
  }
  await cluster.ready();
});

const askThrice = (node: ClusterMember, subject: Subject) =>
  Promise.all([1, 2, 3].map(() => node.verifyAside(subject)));

test('2: a node that was stopped beyond its lease refuses what lay in its sockets', async () => {
  const [revoker, stopped] = cluster.nodes;
  for (let round = 0; round < 2; round += 1) {
    const subject = await makeKnownSubject(cluster);
    await askThrice(stopped, subject);
    stopped.pause();
    const { receipt } = await makeChange(subject, revoker);
    expect(receipt.waitedMs).toBeGreaterThanOrEqual(cluster.leaseMilliseconds);
    const asked = askThrice(stopped, subject);
    // By then they lie in its sockets, which nobody can see from outside.
    await elapse(50);
    stopped.resume();
    expect(await asked).not.toContain('VALID');
    await cluster.ready();
    expect(await verifyOnAll(cluster, subject)).toEqual(Array(3).fill('REVOKED'));
  }
});

test.each(['cut', 'black-hole'] as const)(
  '3: a node whose network is %s holds a revocation up for its lease and a margin, and refuses then',
  async (mode) => {
    const [revoker, lost, other] = cluster.nodes;
    const subject = await makeKnownSubject(cluster);
    lost.proxy.set(mode);
    const { milliseconds, receipt } = await makeChange(subject, revoker);
    expect(receipt.waitedMs).toBeGreaterThan(0);
    expect(milliseconds).toBeLessThan(waitMilliseconds + slackMilliseconds);
    expect(await lost.verify(subject)).toBe('503');
    expect(await lost.isReady()).toBe(false);
    expect(await other.verify(subject)).toBe('REVOKED');
  },
);

test.each(['cut', 'black-hole'] as const)(
  '4 and 30: with the database away (%s) verdicts stand until the lease ends, then 503 in time, and all comes back by itself',
  async (mode) => {
    const subject = await makeKnownSubject(cluster);
    const lostAt = performance.now();
    for (const { proxy } of cluster.nodes) proxy.set(mode);
    expect(await verifyOnAll(cluster, subject)).toEqual(['VALID', 'VALID', 'VALID']);
    const [node] = cluster.nodes;
    await expect.poll(() => node.isReady(), { timeout: 5000, interval: 20 }).toBe(false);
    expect(performance.now() - lostAt).toBeLessThan(waitMilliseconds + slackMilliseconds);
    const askedAt = performance.now();
    const refused = await node.call('POST', '/v1/keys/verify', { body: { key: subject.secret } });
    expect(refused.status).toBe(503);
    expect(refused.headers['retry-after']).toMatch(/^[1-9]\d*$/);
    expect(performance.now() - askedAt).toBeLessThan(deadlineMilliseconds + slackMilliseconds);
    for (const { proxy } of cluster.nodes) proxy.set('pass');
    await cluster.ready();
    const answers = () => verifyOnAll(cluster, subject);
    await expect.poll(answers, { timeout: 5000 }).toEqual(['VALID', 'VALID', 'VALID']);
  },
);

test.each(['cut off', 'stopped'] as const)(
  '7: the revoker is killed while it waits for a node that is %s; the same call elsewhere waits as well',
  async (state) => {
    const [revoker, lost, other] = cluster.nodes;
    const subject = await makeKnownSubject(cluster);
    await askThrice(lost, subject);
    if (state === 'stopped') lost.pause();
    else lost.proxy.set('cut');
    const first = makeChange(subject, revoker).catch((error) => error);
    await untilCommitted(cluster, subject);
    await revoker.kill();
    expect(await first).toBeInstanceOf(Error);
    const { receipt } = await makeChange(subject, other);
    expect(receipt.waitedMs).toBeGreaterThan(0);
    const asked = askThrice(lost, subject);
    await elapse(50);
    lost.resume();
    expect(await asked).not.toContain('VALID');
    expect(await other.verify(subject)).toBe('REVOKED');
    lost.proxy.set('pass');
    await revoker.restart();
  },
);

test.each(['remove member', 'finish rotation'] as const)(
  '7: %s whose revoker is killed, repeated elsewhere, is refused as made already when no node accepts the key',
  async (verb) => {
    const [revoker, lost, other] = cluster.nodes;
    const subject = await makeKnownSubject(cluster, verb);
    lost.pause();
    const first = makeChange(subject, revoker).catch(() => {});
    await untilCommitted(cluster, subject);
    await revoker.kill();
    await first;
    const { method, path, ...call } = subject.change;
    const again = await other.call(method, path, call);
    lost.resume();
    expect(again.status).toBe(verb === 'remove member' ? 404 : 409);
    expect(await lost.verify(subject)).not.toBe('VALID');
    await revoker.restart();
  },
);

test('4: what a limited key is refused for stands in memory too: nothing is asked of a database that is away', async () => {
  const [node] = cluster.nodes;
  const { body: made } = await node.call('POST', '/v1/keys', {
    body: {
      name: 'limited',
      service: 'keyward',
      permissions: [],
      rateLimit: { limit: 5, windowSeconds: 3600 },
    },
  });
  const ask = async () => {
    const { status, body } = await node.call('POST', '/v1/keys/verify', {
      body: { key: made.secret },
    });
    return [status, body.code, body.rateLimit?.remaining];
  };
  expect(await ask()).toEqual([200, 'VALID', 4]);
  await node.call('DELETE', `/v1/keys/${made.key.id}`);
  expect(await ask()).toEqual([200, 'REVOKED', 4]);
  node.proxy.set('cut');
  expect(await ask()).toEqual([200, 'REVOKED', 4]);
});

test('4: connections that are reset while they open do not end a node', async () => {
  const [node] = cluster.nodes;
  const { pid } = node;
  node.proxy.set('delay', 4);
  for (let round = 0; round < 12; round += 1) {
    node.proxy.set('cut');
    node.proxy.set('delay', 4);
    const asked = Array.from({ length: 10 }, () => node.call('GET', '/v1/keys').catch(() => null));
    // Another moment of their opening in each round; a pool tries again after half a second.
    await elapse(round % 2 === 0 ? 10 + 3 * round : 500 + 4 * round);
    node.proxy.set('cut');
    await Promise.all(asked);
  }
  node.proxy.set('pass');
  await node.ready();
  expect(isAlive(pid)).toBe(true);
});
