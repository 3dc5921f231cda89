import { setTimeout as elapse } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { copyToAnotherServer } from '../support/another-server.ts';
import type { Cluster } from '../support/cluster.ts';
import { takeBackup } from '../support/cluster-backup.ts';
import {
  makeChange,
  makeKnownSubject,
  untilCommitted,
  verifyOnAll,
} from '../support/cluster-calls.ts';
import { startTestCluster } from '../support/test-cluster.ts';

const patience = { timeout: 10_000, interval: 25 };

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startTestCluster();
});
afterAll(() => cluster[Symbol.asyncDispose]());

test('17: when the database goes back to a backup, every node refuses every key and says why, until it is restarted', async () => {
  const { nodes } = cluster;
  const [first] = nodes;
  const revoked = await makeKnownSubject(cluster);
  const good = await makeKnownSubject(cluster);
  const backup = await takeBackup(cluster, inject('adminUrl'));
  await cluster.ready();
  await makeChange(revoked, first);

  const seen = new Set<string>();
  let isOver = false;
  const watches = nodes.map(async (node) => {
    while (!isOver) {
      seen.add(await node.verify(revoked));
      await elapse(5);
    }
  });
  await backup.restore();
  for (const node of nodes) {
    await expect.poll(() => node.log(), patience).toContain('went back from revision');
    expect(await node.isReady()).toBe(false);
  }
  expect(await verifyOnAll(cluster, good)).toEqual(['503', '503', '503']);
  // Time does not heal it: a lease and more is what an outage would take.
  await elapse(cluster.leaseMilliseconds * 1.5);
  expect(await verifyOnAll(cluster, good)).toEqual(['503', '503', '503']);
  isOver = true;
  await Promise.all(watches);
  expect(seen).not.toContain('VALID');

  for (const node of nodes) await node.restart();
  await cluster.ready();
  expect(await verifyOnAll(cluster, good)).toEqual(['VALID', 'VALID', 'VALID']);
});

test('17: a backup that has been changed past the lost revision is noticed by a node that was away', async () => {
  const [here, away, other] = cluster.nodes;
  const held = await makeKnownSubject(cluster);
  const others = await Promise.all(Array.from({ length: 6 }, () => makeKnownSubject(cluster)));
  const backup = await takeBackup(cluster, inject('adminUrl'));
  await cluster.ready();
  for (const subject of others.slice(0, 2)) await makeChange(subject, here);
  expect(await away.verify(held)).toBe('VALID');
  await other.terminate();

  away.proxy.set('cut');
  await backup.restore();
  away.proxy.set('cut');
  // The operator restarts a node. By it the history goes another way, and further than it had.
  await here.restart();
  const changes = [held, ...others.slice(2)].map((subject) => makeChange(subject, here));
  await Promise.all([held, ...others.slice(2)].map((subject) => untilCommitted(cluster, subject)));
  away.proxy.set('pass');
  await Promise.all(changes);
  // Until it has renewed, it trusts nothing that it knows, and asks the database each time.
  expect(await away.verify(held)).not.toBe('VALID');
  await expect.poll(() => away.verify(held), patience).toBe('503');
  await expect.poll(() => away.log(), patience).toContain('went back from revision');
  for (const node of [away, other]) await node.restart();
  await cluster.ready();
});

test('17: another server in the place of the database is alarmed, and no node is ready for the length of a lease', async () => {
  const { nodes } = cluster;
  const [first] = nodes;
  const kept = await makeKnownSubject(cluster);
  const revoked = await makeKnownSubject(cluster);
  await using another = await copyToAnotherServer(cluster.databaseUrl);
  for (const { proxy } of nodes) {
    proxy.redirect(another.url);
    proxy.set('cut');
    proxy.set('pass');
  }
  for (const node of nodes) {
    await expect.poll(() => node.log(), patience).toContain('The database is another server');
    expect(await node.isReady()).toBe(false);
  }
  await cluster.ready();
  await makeChange(revoked, first);
  expect(await verifyOnAll(cluster, revoked)).toEqual(['REVOKED', 'REVOKED', 'REVOKED']);
  expect(await verifyOnAll(cluster, kept)).toEqual(['VALID', 'VALID', 'VALID']);
  // Before the server that they speak to is gone.
  for (const node of nodes) await node.kill();
});
