import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Cluster } from '../support/cluster.ts';
import { makeChange, makeKnownSubject, registeredNodes } from '../support/cluster-calls.ts';
import { startTestCluster } from '../support/test-cluster.ts';

const patience = { timeout: 15_000, interval: 50 };

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

test('a node that is stopped by its operator leaves the list, and nobody waits for it', async () => {
  const [revoker, , leaving] = cluster.nodes;
  const subject = await makeKnownSubject(cluster);
  expect(await leaving.terminate()).toBe(0);
  expect(await registeredNodes(cluster)).toHaveLength(2);
  const { receipt } = await makeChange(subject, revoker);
  expect(receipt.nodes).toBe(2);
  expect(receipt.waitedMs).toBeLessThan(cluster.leaseMilliseconds / 2);
  await leaving.restart();
});

test('a node that was killed holds revocations up until it is found dead', async () => {
  const [revoker, , killed] = cluster.nodes;
  expect(await registeredNodes(cluster)).toHaveLength(3);
  const first = await makeKnownSubject(cluster);
  const second = await makeKnownSubject(cluster);
  const since = performance.now();
  await killed.kill();
  await makeChange(first, revoker);
  expect(performance.now() - since).toBeGreaterThanOrEqual(cluster.leaseMilliseconds);
  await expect.poll(async () => (await registeredNodes(cluster)).length, patience).toBe(2);
  const after = await makeChange(second, revoker);
  expect(after.receipt.nodes).toBe(2);
  expect(after.receipt.waitedMs).toBeLessThan(cluster.leaseMilliseconds / 2);
  await killed.restart();
});

test('29: a revocation waits for the longest lease, and the node that has it refuses then', async () => {
  const [revoker, , old] = cluster.nodes;
  await old.terminate();
  await old.restart({ leaseSeconds: 3 });
  await expect.poll(async () => (await registeredNodes(cluster)).length, patience).toBe(3);
  const subject = await makeKnownSubject(cluster);
  const since = performance.now();
  old.proxy.set('black-hole');
  await makeChange(subject, revoker);
  // The node renewed at some time before, so that it may lose its lease a little earlier than all is waited out.
  expect(performance.now() - since).toBeGreaterThanOrEqual(3000);
  expect(await old.verify(subject)).toBe('503');
  old.proxy.set('pass');
  await old.terminate();
  await old.restart();
});

test('20: clocks that are two days wrong change no verdict: time is that of the database', async () => {
  const [right, behind, ahead] = cluster.nodes;
  const day = 86_400_000;
  await Promise.all([behind.terminate(), ahead.terminate()]);
  await Promise.all([
    behind.restart({ clockShiftMilliseconds: -2 * day }),
    ahead.restart({ clockShiftMilliseconds: 2 * day }),
  ]);
  const make = async (expiresInSeconds: number) => {
    const body = { name: 'timed', service: 'keyward', permissions: [], expiresInSeconds };
    return { secret: (await right.call('POST', '/v1/keys', { body })).body.secret as string };
  };
  const shared = await make(86_400);
  const rotating = await make(86_400);
  const { body } = await right.call('POST', '/v1/keys/identify', {
    body: { key: rotating.secret },
  });
  await right.call('POST', `/v1/keys/${body.id}/rotate`, { body: { graceSeconds: 2 } });
  for (const node of cluster.nodes) {
    expect(await node.verify(shared)).toBe('VALID');
    expect(await node.verify(rotating)).toBe('VALID');
  }
  // The grace of the older secret ends by itself, in the memory of every node at the same time.
  for (const node of cluster.nodes) {
    await expect.poll(() => node.verify(rotating), patience).toBe('RETIRED');
    expect(await node.verify(shared)).toBe('VALID');
  }
  const subject = await makeKnownSubject(cluster);
  const { receipt } = await makeChange(subject, ahead);
  expect(Math.abs(Date.parse(receipt.effectiveAt) - Date.now())).toBeLessThan(5000);
  expect(await behind.verify(subject)).toBe('REVOKED');
});

test('a removal that comes late, when the node is back, leaves it on the list', async () => {
  const [revoker, , back] = cluster.nodes;
  await back.restart();
  await expect.poll(async () => (await registeredNodes(cluster)).length, patience).toBe(3);
  const before = await registeredNodes(cluster);
  for (const id of before) {
    await cluster.database.execute(`delete from authority_nodes where id = '${id}'`);
  }
  await expect.poll(async () => (await registeredNodes(cluster)).length, patience).toBe(3);
  await cluster.ready();
  const subject = await makeKnownSubject(cluster);
  // As those would remove them who had counted so many renewals before.
  for (const id of before) {
    await cluster.database.execute(
      `delete from authority_nodes where id = '${id}' and renewals < 100`,
    );
  }
  const since = performance.now();
  back.pause();
  await makeChange(subject, revoker).finally(() => back.resume());
  expect(performance.now() - since).toBeGreaterThanOrEqual(cluster.leaseMilliseconds);
});
