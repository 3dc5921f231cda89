import { newPassword, signInInput, signUpInput } from '@keyward/shared/accounts';
import { createKeyInput, createKeyOfKindInput, listKeysInput } from '@keyward/shared/keys';
import { createOrganizationInput } from '@keyward/shared/organizations';
import { verifyKeyInput } from '@keyward/shared/verification';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';

const aKey = { name: 'Production', service: 'short-links', permissions: ['shortLinks:read'] };
const aPassword = 'correct horse battery staple';

const contracts: { name: string; schema: z.ZodType; good: Record<string, unknown> }[] = [
  { name: 'createKeyInput', schema: createKeyInput, good: aKey },
  { name: 'createKeyOfKindInput', schema: createKeyOfKindInput, good: { ...aKey, kind: 'user' } },
  { name: 'listKeysInput', schema: listKeysInput, good: {} },
  { name: 'verifyKeyInput', schema: verifyKeyInput, good: { key: 'h0p_x' } },
  { name: 'createOrganizationInput', schema: createOrganizationInput, good: { name: 'Acme' } },
  {
    name: 'signUpInput',
    schema: signUpInput,
    good: { email: 'ada@example.com', name: 'Ada', password: aPassword },
  },
  { name: 'signInInput', schema: signInInput, good: { email: 'ada@example.com', password: 'x' } },
];

/** Parses what came as JSON, where `__proto__` is a name like any other. */
const fromJson = (text: string) => JSON.parse(text) as unknown;
const accepts = (schema: z.ZodType, input: unknown) => schema.safeParse(input).success;

describe.each(contracts)('$name', ({ schema, good }) => {
  test('takes what is well formed', () => {
    expect(accepts(schema, good)).toBe(true);
  });

  test.each(['organizationId', 'role', 'userId', 'isOperator', 'allOrganizations', 'constructor'])(
    'refuses the extra field %s',
    (field) => {
      expect(accepts(schema, { ...good, [field]: 'org_other' })).toBe(false);
    },
  );

  test('refuses __proto__', () => {
    const text = JSON.stringify(good).replace(/^{/, '{"__proto__":{"role":"owner"},');
    expect(accepts(schema, fromJson(text.replace(/,}$/, '}')))).toBe(false);
  });

  test.each([null, [], 'text', 1])('refuses %j, which is no object', (input) => {
    expect(accepts(schema, input)).toBe(false);
  });
});

describe('a name', () => {
  const named = (name: string) => createKeyInput.safeParse({ ...aKey, name });

  test.each([
    ['NUL', '\0'],
    ['a line break', '\n'],
    ['CRLF', '\r\n'],
    ['an escape', '\u001b'],
    ['delete', '\u007f'],
    ['a C1 control', '\u0085'],
    ['a lone high surrogate', '\ud800'],
    ['a lone low surrogate', '\udc00'],
    ['a right-to-left override', '\u202e'],
    ['a left-to-right embedding', '\u202a'],
    ['a right-to-left isolate', '\u2067'],
    ['a right-to-left mark', '\u200f'],
    ['an Arabic letter mark', '\u061c'],
    ['a line separator', '\u2028'],
    ['a paragraph separator', '\u2029'],
  ])('with %s inside is refused at its path', (_, character) => {
    const { error } = named(`Acme${character}Inc`);
    expect(error?.issues.map((issue) => issue.path)).toEqual([['name']]);
  });

  test('keeps every script, emoji and astral character, and loses white space around it', () => {
    for (const name of ['Ключ', '鍵 🔑', 'مفتاح', '𝒦ey', 'Zoë’s “bot” =1+1']) {
      expect(named(`  ${name}\n`).data?.name).toBe(name);
    }
  });

  test('has 1 to 100 characters', () => {
    expect(named('').success).toBe(false);
    expect(named('  \t ').success).toBe(false);
    expect(named('x'.repeat(100)).success).toBe(true);
    expect(named('x'.repeat(101)).success).toBe(false);
  });
});

describe('a new key', () => {
  test('fills in what was left out', () => {
    expect(createKeyInput.parse(aKey)).toEqual({
      ...aKey,
      environment: 'live',
      ipAllowlist: [],
      externalId: null,
      metadata: {},
    });
  });

  test('has expiresAt or expiresInSeconds, not both', () => {
    const expiresAt = '2099-01-01T00:00:00Z';
    expect(accepts(createKeyInput, { ...aKey, expiresAt })).toBe(true);
    expect(accepts(createKeyInput, { ...aKey, expiresAt: '2099-01-01T02:00:00+02:00' })).toBe(true);
    expect(accepts(createKeyInput, { ...aKey, expiresInSeconds: 1 })).toBe(true);
    const both = createKeyInput.safeParse({ ...aKey, expiresAt, expiresInSeconds: 1 });
    expect(both.error?.issues.map((issue) => issue.path)).toEqual([['expiresInSeconds']]);
  });

  test.each([
    ['expiresAt', ['tomorrow', '2099-01-01', '2099-01-01T00:00:00', '2099-02-30T00:00:00Z', 0]],
    ['expiresInSeconds', [0, -1, 1.5, '60', 101 * 365 * 86_400]],
    ['environment', ['staging', 'LIVE', '']],
    ['permissions', ['shortLinks:read', [''], ['*:*'], Array(201).fill('a:b')]],
    [
      'rateLimit',
      [{ limit: 0, windowSeconds: 1 }, { limit: 1 }, { limit: 1, windowSeconds: 2_678_401 }],
    ],
    ['ipAllowlist', [['localhost'], ['10.0.0.0/33'], Array(101).fill('10.0.0.1'), '10.0.0.1']],
    ['service', ['', 'a', 'Short-Links', 'short--links', '-short', "x'; drop table keys"]],
    ['externalId', ['', 'x'.repeat(201), 'a\nb', 7]],
  ])('refuses a bad %s', (field, values) => {
    const accepted = values.filter((value) => accepts(createKeyInput, { ...aKey, [field]: value }));
    expect(accepted).toEqual([]);
  });

  test('is a bot key by REST: a kind is not asked', () => {
    expect(accepts(createKeyInput, { ...aKey, kind: 'user' })).toBe(false);
    expect(accepts(createKeyOfKindInput, aKey)).toBe(false);
    expect(accepts(createKeyOfKindInput, { ...aKey, kind: 'admin' })).toBe(false);
  });
});

describe('a verification', () => {
  const asks = (input: object) => accepts(verifyKeyInput, { key: 'h0p_x', ...input });

  test('costs 0 to 1,000,000, whole', () => {
    expect([0, 1, 1_000_000].map((cost) => asks({ cost }))).toEqual([true, true, true]);
    expect([-1, 1_000_001, 1.5, '1', null].filter((cost) => asks({ cost }))).toEqual([]);
  });

  test('takes whatever a stranger presented as a key, and an address', () => {
    expect(asks({ key: '' })).toBe(false);
    expect(asks({ key: 'x'.repeat(513) })).toBe(true);
    expect(asks({ ip: '203.0.113.9' }) && asks({ ip: '2001:db8::1' })).toBe(true);
    expect(asks({ ip: '203.0.113.0/24' }) || asks({ ip: '0313.0.113.9' }) || asks({ ip: '' })).toBe(
      false,
    );
  });
});

describe('a list of keys', () => {
  test('has 50 a page, at most 200, and takes numbers as a query writes them', () => {
    expect(listKeysInput.parse({})).toEqual({ limit: 50 });
    expect(listKeysInput.parse({ limit: '200', unusedForDays: '30' })).toEqual({
      limit: 200,
      unusedForDays: 30,
    });
    expect(
      ['0', '201', '-1', '1.5', 'x', ''].filter((limit) => accepts(listKeysInput, { limit })),
    ).toEqual([]);
    expect(accepts(listKeysInput, { status: 'deleted' })).toBe(false);
  });
});

describe('an account', () => {
  test('has one spelling of its email', () => {
    const input = { email: ' Ada@Example.COM ', name: 'Ada', password: aPassword };
    expect(signUpInput.parse(input).email).toBe('ada@example.com');
    expect(signInInput.parse({ email: 'ADA@example.com', password: 'x' }).email).toBe(
      'ada@example.com',
    );
  });

  test('has a password of 8 to 200 characters, taken as typed', () => {
    expect(newPassword.parse('  spaces  ')).toBe('  spaces  ');
    expect(accepts(newPassword, '1234567')).toBe(false);
    expect(accepts(newPassword, 'x'.repeat(201))).toBe(false);
  });
});
