import { judgeAuditEvent } from '@keyward/server/audit/judge-audit-event';
import { hashAuditEvent } from '@keyward/server/audit/record-audit-event';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const runs = { seed: 20_260_615, numRuns: 300 };

const event = {
  id: 'evt_01',
  chain: 'org_01',
  number: 7,
  at: new Date('2026-06-15T12:00:00.123Z'),
  actor: { type: 'user', id: 'usr_01', name: 'Ada' },
  action: 'key.created',
  data: {
    after: { name: 'Production', permissions: ['a:b', 'c:d'], metadata: { z: 1, a: [1, 2] } },
  },
  previousHash: 'ab',
};

/** The same value, with the names of every object in another order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reversed);
  }
  if (typeof value === 'object' && value !== null && !(value instanceof Date)) {
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([name, inner]) => [name, reversed(inner)]),
    );
  }
  return value;
}

const json = fc.dictionary(fc.string(), fc.jsonValue());

describe('the hash of an audit event', () => {
  test('is SHA-256 in hex, the same at each call', () => {
    expect(hashAuditEvent(event)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashAuditEvent(event)).toBe(hashAuditEvent(structuredClone(event)));
  });

  test('does not depend on the order of names, at any depth', () => {
    expect(hashAuditEvent(reversed(event) as typeof event)).toBe(hashAuditEvent(event));
    fc.assert(
      fc.property(json, (data) => {
        const turned = reversed({ ...event, data }) as typeof event;
        expect(hashAuditEvent(turned)).toBe(hashAuditEvent({ ...event, data }));
      }),
      runs,
    );
  });

  test('is the same for a time and for what JSON makes of it', () => {
    const written = JSON.parse(JSON.stringify(event)) as typeof event;
    expect(hashAuditEvent(written)).toBe(hashAuditEvent(event));
  });

  test('is another once anything in the event is another', () => {
    const changed = [
      { ...event, number: 8 },
      { ...event, at: new Date(event.at.getTime() + 1) },
      { ...event, action: 'key.revoked' },
      { ...event, actor: { ...event.actor, name: 'Eve' } },
      { ...event, data: { after: { ...event.data.after, permissions: ['c:d', 'a:b'] } } },
      { ...event, data: {} },
      { ...event, previousHash: 'ac' },
      { ...event, extra: null },
    ];
    const hashes = [event, ...changed].map(hashAuditEvent);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe('an event that is not what was recorded', () => {
  const long = {
    ...event,
    action: 'service.updated',
    targetType: 'service',
    targetId: 'svc_01',
    address: null,
    userAgent: null,
    requestId: 'req_01',
    number: 5000,
    data: { after: Array.from({ length: 1_000 }, (_, id) => ({ id, name: 'x'.repeat(80) })) },
  } as const;
  const judge = (number: number, hash: string) =>
    judgeAuditEvent({ number: number - 1, hash: 'ab' }, {
      ...long,
      number,
      hash,
    } as unknown as Parameters<typeof judgeAuditEvent>[1]);

  test('is told from one in the place of another, however far', () => {
    const hash = hashAuditEvent(long);
    expect(judge(5000, hash)).toBeNull();
    expect(judge(5001, hash)?.detail).toContain('stands event 5000');
    expect(judge(3001, hash)?.detail).toContain('stands event 5000');
    expect(judge(2999, hash)?.reason).toBe('changed');
  });

  test('keeps nobody waiting, however long it is', () => {
    const startedAt = performance.now();
    expect(judge(5000, 'changed')?.reason).toBe('changed');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});
