import { presentVerification, writeVerification } from '@keyward/server/rest/present-verification';
import type { KeyFacts } from '@keyward/server/verification/key-facts';
import { outcomes } from '@keyward/shared/outcomes';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { goodFacts } from '../support/key-facts.ts';

const text = fc.string({ unit: 'binary', maxLength: 20 });
const moment = fc.option(fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }));

const facts = fc.record({
  name: text,
  expiresAt: moment,
  externalId: fc.option(text, { nil: null }),
  metadata: fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean())),
  secret: fc.record({
    id: fc.constant('sec_01'),
    start: text,
    last4: text,
    retiresAt: moment,
    retiredAt: moment,
  }),
  organization: fc.record({
    id: fc.constant('org_01'),
    slug: fc.constant('acme'),
    name: text,
    status: fc.constantFrom('active', 'suspended'),
  }),
  owner: fc.option(
    fc.record({
      id: fc.constant('usr_01'),
      email: text,
      name: text,
      role: fc.constantFrom('owner', 'admin', 'member'),
    }),
  ),
});

const rateLimit = fc.option(
  fc.record({
    limit: fc.nat(),
    windowSeconds: fc.nat(),
    remaining: fc.nat(),
    resetAt: moment,
    resetAfterSeconds: fc.option(fc.nat()),
  }),
);

test('what is written of a verdict is what is presented, whatever a customer has written', () => {
  fc.assert(
    fc.property(facts, fc.constantFrom(...outcomes), rateLimit, (changes, outcome, limit) => {
      const verdict = {
        outcome,
        facts: outcome === 'NOT_FOUND' ? null : goodFacts(changes as Partial<KeyFacts>),
        rateLimit: limit,
      };
      const presented = JSON.stringify(presentVerification(verdict, 'req_01'));
      expect(writeVerification(verdict, 'req_01')).toBe(presented);
    }),
    { seed: 11 },
  );
});
