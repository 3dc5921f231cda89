import { explainKey, judgeKey, type KeyQuestion } from '@keyward/server/verification/judge-key';
import type { KeyFacts } from '@keyward/server/verification/key-facts';
import type { Role } from '@keyward/shared/organizations';
import { outcomes } from '@keyward/shared/outcomes';
import { gateNames } from '@keyward/shared/verification';
import { describe, expect, test } from 'vitest';
import { goodFacts, judgedAt, question } from '../support/key-facts.ts';

const past = new Date(judgedAt.getTime() - 1000);
const future = new Date(judgedAt.getTime() + 1000);
const millisecond = (offset: number) => new Date(judgedAt.getTime() + offset);

const judge = (facts: Partial<KeyFacts>, asked: Partial<KeyQuestion> = {}, now = judgedAt) =>
  judgeKey(goodFacts(facts), question(asked), now.getTime());

const secret = (changes: Partial<KeyFacts['secret']>) => ({ ...goodFacts().secret, ...changes });
const owner = (role: Role | null) => ({ id: 'usr_01', email: 'a@example.com', name: 'Ada', role });
const rule = { limit: 100, windowSeconds: 3600 };
const standing = (remaining: number) => ({ ...rule, remaining, resetAt: null });

/** One way to fail each gate, in the order in which the design judges them. */
const failures: readonly {
  outcome: (typeof outcomes)[number];
  gate: (typeof gateNames)[number];
  facts?: Partial<KeyFacts>;
  asked?: Partial<KeyQuestion>;
}[] = [
  {
    outcome: 'NOT_FOUND',
    gate: 'existence',
    asked: { asker: { organizationId: 'org_other', allOrganizations: false } },
  },
  { outcome: 'REVOKED', gate: 'revocation', facts: { revokedAt: past } },
  { outcome: 'RETIRED', gate: 'rotation', facts: { secret: secret({ retiredAt: past }) } },
  { outcome: 'EXPIRED', gate: 'expiry', facts: { expiresAt: past } },
  { outcome: 'SUSPENDED', gate: 'suspension', facts: { suspendedAt: past } },
  {
    outcome: 'ORGANIZATION_SUSPENDED',
    gate: 'organization',
    facts: { organization: { ...goodFacts().organization, status: 'suspended' } },
  },
  {
    outcome: 'SERVICE_DISABLED',
    gate: 'serviceStatus',
    facts: { service: { ...goodFacts().service, disabledAt: past } },
  },
  { outcome: 'WRONG_SERVICE', gate: 'service', asked: { service: 'contracts' } },
  {
    outcome: 'IP_NOT_ALLOWED',
    gate: 'ip',
    facts: { ipAllowlist: ['203.0.113.0/24'] },
    asked: { address: '198.51.100.1' },
  },
  {
    outcome: 'INSUFFICIENT_PERMISSIONS',
    gate: 'permission',
    asked: { permissions: ['shortLinks:delete'] },
  },
];

describe('the order of the gates', () => {
  test('the table below fails every gate but the rate limit, in the order of the design', () => {
    expect(failures.map((one) => one.outcome)).toEqual(outcomes.slice(1, -1));
    expect(failures.map((one) => one.gate)).toEqual(gateNames.slice(0, -1));
    expect(outcomes[0]).toBe('VALID');
    expect(outcomes.at(-1)).toBe('RATE_LIMITED');
    expect(gateNames.at(-1)).toBe('rateLimit');
  });

  test('a key that passes every gate is VALID', () => {
    expect(judge({})).toBe('VALID');
  });

  test.each(failures)(
    '$outcome is said of a key that fails $gate alone',
    ({ outcome, facts, asked }) => {
      expect(judge(facts ?? {}, asked)).toBe(outcome);
    },
  );

  const pairs = failures.flatMap((first, index) =>
    failures.slice(index + 1).map((second) => ({ first, second })),
  );
  test.each(pairs)(
    'a key that fails $first.gate and $second.gate is $first.outcome',
    ({ first, second }) => {
      const facts = { ...first.facts, ...second.facts };
      expect(judge(facts, { ...first.asked, ...second.asked })).toBe(first.outcome);
    },
  );

  test('a key that fails every gate at once names the first of them', () => {
    const facts = Object.assign({}, ...failures.map((one) => one.facts));
    const asked = Object.assign({}, ...failures.map((one) => one.asked));
    expect(judge(facts, asked)).toBe('NOT_FOUND');
    expect(judge(facts, { ...asked, asker: 'own' })).toBe('REVOKED');
  });
});

describe('who may learn of a key', () => {
  test('an unknown secret is NOT_FOUND', () => {
    expect(judgeKey(null, question(), judgedAt.getTime())).toBe('NOT_FOUND');
  });

  test.each(failures)('another organization’s key is NOT_FOUND, $gate or not', ({ facts }) => {
    const asker = { organizationId: 'org_other', allOrganizations: false };
    expect(judge(facts ?? {}, { asker })).toBe('NOT_FOUND');
  });

  test('an operator’s verifier learns of every organization’s keys', () => {
    const asker = { organizationId: 'org_other', allOrganizations: true };
    expect(judge({}, { asker })).toBe('VALID');
    expect(judge({ revokedAt: past }, { asker })).toBe('REVOKED');
  });

  test('a key may always learn of itself', () => {
    expect(judge({}, { asker: 'own' })).toBe('VALID');
  });
});

describe('time', () => {
  const boundary = [
    { when: 'a millisecond ago', at: millisecond(-1), isPast: true },
    { when: 'exactly now', at: judgedAt, isPast: true },
    { when: 'in a millisecond', at: millisecond(1), isPast: false },
  ];

  test.each(boundary)('a key that expires $when is expired: $isPast', ({ at, isPast }) => {
    expect(judge({ expiresAt: at })).toBe(isPast ? 'EXPIRED' : 'VALID');
  });

  test.each(boundary)('a secret that retires $when is retired: $isPast', ({ at, isPast }) => {
    expect(judge({ secret: secret({ retiresAt: at }) })).toBe(isPast ? 'RETIRED' : 'VALID');
  });

  test('a secret that was retired early stays retired before its time', () => {
    expect(judge({ secret: secret({ retiresAt: future, retiredAt: past }) })).toBe('RETIRED');
  });
});

describe('a user key', () => {
  const permissions = ['shortLinks:read', 'apiKeys:read', 'usage:read'] as const;
  const userKey = (role: Role | null) => ({
    kind: 'user' as const,
    owner: owner(role),
    permissions,
  });

  test.each(['owner', 'admin'] as const)(
    'keeps admin-only permissions while its owner is %s',
    (role) => {
      expect(judge(userKey(role), { permissions: ['apiKeys:read'] })).toBe('VALID');
    },
  );

  test('loses its admin-only permissions, and those alone, when its owner is demoted', () => {
    const asked = { permissions: ['apiKeys:read' as const] };
    expect(judge(userKey('member'), asked)).toBe('INSUFFICIENT_PERMISSIONS');
    expect(judge(userKey('member'), { permissions: ['shortLinks:read', 'usage:read'] })).toBe(
      'VALID',
    );
  });

  test('is REVOKED once its owner is no member', () => {
    expect(judge(userKey(null))).toBe('REVOKED');
  });

  test('explain says that a permission was granted and does not count', () => {
    const asked = question({ permissions: ['apiKeys:read'] });
    const gates = explainKey(goodFacts(userKey('member')), asked, judgedAt.getTime(), null);
    const permission = gates.find((one) => one.gate === 'permission');
    expect(permission?.passed).toBe(false);
    expect(permission?.detail).toContain('apiKeys:read was granted');
  });
});

describe('the IP gate', () => {
  test('a key with an allowlist is IP_NOT_ALLOWED where no address was given', () => {
    expect(judge({ ipAllowlist: ['0.0.0.0/0', '::/0'] })).toBe('IP_NOT_ALLOWED');
  });

  test('a key without an allowlist may come from nowhere', () => {
    expect(judge({ ipAllowlist: [] }, { address: null })).toBe('VALID');
  });
});

describe('the permission gate', () => {
  test('all of the permissions must hold', () => {
    const asked = { permissions: ['shortLinks:read', 'shortLinks:create'] as const };
    expect(judge({ permissions: ['shortLinks:read'] }, asked)).toBe('INSUFFICIENT_PERMISSIONS');
    expect(judge({ permissions: ['shortLinks:*'] }, asked)).toBe('VALID');
  });
});

describe('explain', () => {
  test('shows every gate in order, whatever failed', () => {
    const facts = goodFacts(Object.assign({}, ...failures.map((one) => one.facts)));
    const asked = question({
      ...Object.assign({}, ...failures.map((one) => one.asked)),
      asker: 'own',
    });
    const gates = explainKey(facts, asked, judgedAt.getTime(), { state: standing(0), cost: 1 });
    expect(gates.map((one) => one.gate)).toEqual([...gateNames]);
    expect(gates.map((one) => one.passed)).toEqual(gateNames.map((name) => name === 'existence'));
    for (const { detail } of gates) {
      expect(detail).toMatch(/\S.*\.$/);
    }
  });

  test.each(failures.slice(1))('shows $gate, and it alone, as failed', ({ gate, facts, asked }) => {
    const gates = explainKey(goodFacts(facts), question(asked), judgedAt.getTime(), null);
    expect(gates.filter((one) => !one.passed).map((one) => one.gate)).toEqual([gate]);
  });

  test('says of another organization’s key what it says of an unknown one', () => {
    const asked = question({ asker: { organizationId: 'org_other', allOrganizations: false } });
    const ofOthers = explainKey(goodFacts(), asked, judgedAt.getTime(), null);
    expect(ofOthers).toEqual(explainKey(null, asked, judgedAt.getTime(), null));
    expect(ofOthers.map((one) => [one.gate, one.passed])).toEqual([['existence', false]]);
  });

  test.each([
    { remaining: 5, cost: 5, passed: true },
    { remaining: 5, cost: 6, passed: false },
    { remaining: 0, cost: 0, passed: true },
  ])(
    '$cost of $remaining that remain passes the rate limit: $passed',
    ({ remaining, cost, passed }) => {
      const limit = { state: standing(remaining), cost };
      const gates = explainKey(goodFacts(), question(), judgedAt.getTime(), limit);
      expect(gates.at(-1)).toMatchObject({ gate: 'rateLimit', passed });
    },
  );
});
